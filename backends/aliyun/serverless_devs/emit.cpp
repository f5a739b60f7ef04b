#include "backends/aliyun/serverless_devs/emit.h"

#include "backends/aliyun/backend.h"
#include "backends/aliyun/ros.h"
#include "backends/aliyun/serverless_devs/layout.h"
#include "backends/terraform/names.h"
#include "compiler/cloud/dump.h"
#include "compiler/cloud/template.h"
#include "compiler/cloud/yaml_writer.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aliyun::serverless_devs {

using cloud::Document;
using cloud::Value;

namespace {

bool is_empty(const cloud::Stack& s) {
  return s.resources.empty() && s.outputs.empty() && s.parameters.empty() && s.conditions.empty() && s.description.empty();
}

std::string write(const Document& document, std::string_view banner) {
  cloud::YamlOptions options{.header = {}, .spaced_sections = true};
  while (!banner.empty()) {
    const std::size_t end = banner.find('\n');
    options.header.emplace_back(banner.substr(0, end));
    banner.remove_prefix(end == std::string_view::npos ? banner.size() : end + 1);
  }
  return cloud::write_yaml(document, options);
}

}  // namespace

void Emitter::cannot(const std::string& resource, std::string what, std::string why) {
  unsaid.push_back({resource, std::move(what), std::move(why)});
}

cloud::Files Emitter::run(std::string_view banner) {
  for (cloud::Stack* part : {&before_, &after_}) part->cloud = stack_.cloud;
  fold_units();
  divide_outputs();
  fill_after();
  fill_before();
  check();
  cloud::Files files;
  files[std::string(kMain)] = write(main(), banner);
  if (!is_empty(before_)) files[template_file(kBefore)] = write(cloud::to_document(before_, dialect()), banner);
  if (!is_empty(after_)) files[template_file(kAfter)] = write(cloud::to_document(after_, dialect()), banner);
  return files;
}

void Emitter::fold_units() {
  for (const Unit& u : division_.units()) {
    const auto fold = [&](const cloud::Resource& r) {
      Folded folded = Fold(division_).run(r);
      for (Problem& p : folded.problems) cannot(r.id, std::move(p.what), std::move(p.why));
      wires_.merge(folded.wires);
      return std::move(folded.props);
    };
    Document props = Document::map({{std::string(kRegion), "${vars." + std::string(kRegion) + "}"}});
    Document own = fold(*u.resource);
    for (Document::Entry& entry : *own.as_map()) props.set(entry.key, std::move(entry.value));
    for (const Type& type : table().types) {
      for (const cloud::Resource* part : u.parts) {
        if (part->type != type.type) continue;
        if (type.listed) props[type.part].append(fold(*part));
        else props.set(type.part, fold(*part));
        std::size_t index = 0;
        if (type.listed) index = props[type.part].as_list()->size() - 1;
        if (part->id != usual_id(type, *u.resource, *part)) names_[part->id] = path_of(type, *u.resource, index);
      }
    }
    units_.push_back(std::move(props));
  }
}

/// Names that would be taken for others when they are read back, and the size of the templates.
void Emitter::check() {
  for (const cloud::StackOutput& o : stack_.outputs) {
    if (is_wire(o.name, o.value)) cannot("", "an output that is named `" + o.name + "`");
    if (!o.export_name.empty()) cannot("", "the export `" + o.export_name + "` of the output `" + o.name + "`");
  }
  for (const cloud::StackParameter& p : stack_.parameters) {
    if (brought_.contains(p.name) || p.name == kRegion || p.name == kOwn)
      cannot("", "a parameter that is named `" + p.name + "`");
    if (!environment_expression(p.name, p.fallback ? &*p.fallback : nullptr))
      cannot("", "the default " + cloud::to_text(*p.fallback) + " of the parameter `" + p.name + "`",
             "Serverless Devs ends an expression at a bracket or a quote");
  }
  for (const Unit& u : division_.units()) {
    const std::string name = terraform::to_name(u.resource->id);
    if (name == kBefore || name == kAfter) cannot(u.resource->id, "a resource that is named `" + u.resource->id + "`");
  }
  const catalog::Fact& most = catalog().fact("ros.stack.resources.max");
  for (const auto& [part, file] : {std::pair(&before_, kBefore), std::pair(&after_, kAfter)}) {
    if (static_cast<double>(part->resources.size()) > most.value)
      cannot("", fmt::format("the {} resources of `{}`", part->resources.size(), template_file(file)),
             fmt::format("a template of ROS holds {} at most", most.value));
  }
}

Document Emitter::companion(std::string_view name, const Document& parameters) const {
  Document props = Document::map({{std::string(kRegion), "${vars." + std::string(kRegion) + "}"}});
  props.set("name", stack_.name + "-" + std::string(name));
  props.set("template", "./" + template_file(name));
  if (!parameters.as_map()->empty()) props.set("parameters", parameters);
  return Document::map({{"component", kRos}, {"props", std::move(props)}});
}

Document Emitter::main() {
  Document resources = Document::map();
  const auto given = [&](const cloud::Stack& part) {
    Document out = Document::map();
    for (const cloud::StackParameter& p : part.parameters) {
      const auto from = brought_.find(p.name);
      out.set(p.name, from != brought_.end() ? from->second : "${vars." + p.name + "}");
    }
    return out;
  };
  if (!is_empty(before_)) resources.set(kBefore, companion(kBefore, given(before_)));
  for (std::size_t i = 0; i < units_.size(); ++i) {
    const cloud::Resource& r = *division_.units()[i].resource;
    resources.set(terraform::to_name(r.id),
                  Document::map({{"component", table().find(r.type)->component}, {"props", std::move(units_[i])}}));
  }
  if (!is_empty(after_)) resources.set(kAfter, companion(kAfter, given(after_)));
  Document out = Document::map({{"edition", "3.0.0"}, {"name", stack_.name}, {"access", "default"}});
  out.set("vars", vars());
  out.set("resources", std::move(resources));
  return out;
}

Document Emitter::vars() {
  Document out = Document::map();
  out.set(kRegion, stack_.region.empty() ? *environment_expression(kRegion, nullptr) : stack_.region);
  for (const cloud::StackParameter& p : stack_.parameters)
    out.set(p.name, environment_expression(p.name, p.fallback ? &*p.fallback : nullptr).value_or(""));
  Document own = Document::map(), names = Document::map(), waits = Document::map();
  for (const auto& [id, path] : names_) names.set(id, path);
  for (const cloud::Resource& r : stack_.resources) {
    const Place place = division_.place(r.id);
    Document list = Document::list();
    for (const std::string& id : r.depends_on) {
      if (place == Place::app || (place == Place::after && division_.place(id) != Place::after)) list.append(id);
    }
    if (!list.as_list()->empty()) waits.set(r.id, std::move(list));
  }
  if (!names.as_map()->empty()) own.set(kNames, std::move(names));
  if (!waits.as_map()->empty()) own.set(kWaits, std::move(waits));
  if (!own.as_map()->empty()) out.set(kOwn, std::move(own));
  return out;
}

}  // namespace virga::aliyun::serverless_devs
