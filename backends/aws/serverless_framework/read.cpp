// The whole way: a file, its variables, the template of the framework, and the stack that it is.
#include "backends/aws/sam/sam.h"
#include "backends/aws/serverless_framework/service.h"
#include "compiler/cloud/template.h"
#include "compiler/cloud/template_reader.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

namespace codes = diag::codes;

/// Without what is null: the framework takes it out of properties at the very end.
void drop_nulls(Document& value) {
  if (auto* map = value.as_map()) {
    std::erase_if(*map, [](const Document::Entry& entry) { return entry.value.is_null(); });
    for (Document::Entry& entry : *map) drop_nulls(entry.value);
  } else if (auto* list = value.as_list()) {
    for (Document& item : *list) drop_nulls(item);
  }
}

/// `extensions`: laid over resources of the framework, where `Resources` would be merged into them.
void extend(Document& resources, const Document& extensions, diag::Sink& sink) {
  for (const Document::Entry& entry : entries(&extensions)) {
    Document* resource = resources.find(entry.key);
    if (resource == nullptr) {
      sink.report(entry.key_span, codes::TemplateShape, "extensions." + entry.key, "a resource of the service");
      continue;
    }
    for (const Document::Entry& part : entries(&entry.value)) {
      if (part.key == "Properties" || part.key == "Metadata") {
        for (const Document::Entry& one : entries(&part.value)) (*resource)[part.key].set(one.key, one.value);
      } else if (part.key == "DependsOn") {
        Document all(as_items(resource->find("DependsOn")));
        for (const Document& id : as_items(&part.value)) all.append(id);
        resource->set("DependsOn", std::move(all));
      } else {
        resource->set(part.key, part.value);
      }
    }
  }
}

Document exported(const Service& service, Document::Map outputs) {
  for (Document::Entry& entry : outputs) {
    const Document name = text({"sls-", service.prefix(), "-", entry.key});
    // A name that only a deployment knows can't be said of an export.
    if (name.as_string() != nullptr) entry.value.set("Export", Document::map({{"Name", name}}));
  }
  return outputs;
}

/// Merges what the service says itself. An index: a template may have thousands of resources.
void merge_sections(Document& whole, const Document& said, diag::Sink& sink) {
  for (const Document::Entry& section : entries(&said)) {
    if (section.key == "extensions" || section.value.is_null()) continue;
    if (section.value.as_map() == nullptr && section.key != "Description" && section.key != "AWSTemplateFormatVersion") {
      sink.report(section.value.span, codes::TemplateShape, "resources." + section.key, "a map");
      continue;
    }
    Document* known = whole.find(section.key);
    if (known == nullptr || known->as_map() == nullptr) {
      whole.set(section.key, section.value);
      continue;
    }
    std::map<std::string, std::size_t, std::less<>> places;
    for (std::size_t i = 0; i < known->as_map()->size(); ++i) places.emplace((*known->as_map())[i].key, i);
    for (const Document::Entry& entry : *section.value.as_map()) {
      const auto [place, is_new] = places.emplace(entry.key, known->as_map()->size());
      if (is_new) known->as_map()->push_back(entry);
      else merge((*known->as_map())[place->second].value, entry.value);
    }
  }
}

cloud::Stack to_stack(Template& made, const Variables& variables) {
  const Service& service = made.service;
  Document whole = Document::map({{"Description", "The AWS CloudFormation template for this Serverless application"}});
  whole.set("Parameters", variables.parameters());
  whole.set("Resources", made.take_resources());
  whole.set("Outputs", exported(service, made.take_outputs()));
  merge_sections(whole, service.resources, made.sink);
  if (const Document* extensions = service.resources.find("extensions"))
    extend(*whole.find("Resources"), *extensions, made.sink);
  for (Document::Entry& resource : *whole.find("Resources")->as_map()) {
    if (Document* properties = resource.value.find("Properties")) drop_nulls(*properties);
  }
  cloud::Stack stack = cloud::to_stack(whole, sam::dialect(), made.sink);
  const Document* name = service.setting("stackName");
  const Document prefix = service.prefix();
  stack.name = name != nullptr && name->is_scalar() ? name->text()
               : prefix.is_scalar()                 ? prefix.text()
                                                    : service.name.text();
  stack.region = service.region;
  return stack;
}

}  // namespace

bool is_service(const SourceFile& file) {
  diag::Sink nothing;
  const std::optional<Document> root = cloud::read_template(file, nothing);
  return root && root->find("service") != nullptr && root->find("provider") != nullptr;
}

std::optional<cloud::Stack> read_serverless(const SourceFile& main, const cloud::NamedFiles& files, diag::Sink& sink,
                                            const Options& options) {
  std::optional<Document> root = cloud::read_template(main, sink);
  if (!root) return std::nullopt;
  spell_out(*root, sink);
  Variables variables(*root, files, options, sink);
  std::optional<Service> service = read_service(*root, variables, options, sink);
  if (!service) return std::nullopt;
  report_unknown(*root, *service, sink);
  Template made(*service, sink);
  add_core(made);
  add_role(made);
  add_layers(made);
  add_functions(made, service->functions);
  for (void (*add)(Template&) :
       {add_schedules, add_buckets, add_rest_api, add_websocket, add_topics, add_streams, add_load_balancers, add_alexa,
        add_iot, add_cloudwatch_events, add_cloudwatch_logs, add_user_pools, add_event_bridge, add_queues, add_http_api})
    add(made);
  return to_stack(made, variables);
}

}  // namespace virga::aws::serverless_framework
