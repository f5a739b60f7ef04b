#include "backends/aliyun/serverless_devs/read.h"

#include "backends/aliyun/ros.h"
#include "backends/aliyun/serverless_devs/layout.h"
#include "backends/terraform/names.h"
#include "compiler/cloud/template_reader.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>

namespace virga::aliyun::serverless_devs {

using cloud::Document;
using cloud::Value;
namespace codes = diag::codes;

namespace {

constexpr std::string_view kSections[] = {"access", "edition", "resources", "template", "vars"};

/// Maps go into each other; of everything else the later one stands.
void put_over(Document& base, const Document& over) {
  if (base.as_map() == nullptr || over.as_map() == nullptr) {
    base = over;
    return;
  }
  for (const Document::Entry& entry : *over.as_map()) {
    if (Document* known = base.find(entry.key)) put_over(*known, entry.value);
    else base.as_map()->push_back(entry);
  }
}

/// `devsapp/fc3@0.1.22` → `fc3`
std::string component_name(const Document& said) {
  const std::string text = said.text();
  return file_name(std::string_view(text).substr(0, text.find('@')));
}

}  // namespace

void Reader::shape(const Document& at, const std::string& what, const char* expected) {
  sink_.report(at.span, codes::TemplateShape, what, expected);
}

cloud::Stack Reader::run(std::span<const SourceFile* const> files) {
  std::optional<Document> app;
  for (const SourceFile* file : files) {
    std::optional<Document> document = cloud::read_template(*file, sink_);
    if (!document) continue;
    if (!app && document->find("resources") != nullptr) app = std::move(document);
    else templates_.push_back({file_name(file->path), std::move(*document)});
  }
  stack_.cloud = dialect().cloud;
  if (app) main(*app);
  else if (!sink_.has_errors() && !files.empty()) shape({}, "resources", "there");
  return std::move(stack_);
}

void Reader::main(const Document& document) {
  resources_ = document.find("resources");
  vars_ = document.find("vars");
  bases_ = document.find("template");
  for (const Document::Entry& entry : *document.as_map()) {
    if (entry.key == "name") stack_.name = entry.value.text();
    else if (std::find(std::begin(kSections), std::end(kSections), entry.key) == std::end(kSections))
      sink_.report(entry.key_span, codes::TemplateSectionIgnored, entry.key);
  }
  if (resources_->as_map() == nullptr) return shape(*resources_, "resources", "a map");
  if (vars_ != nullptr && vars_->as_map() == nullptr) return shape(*vars_, "vars", "a map");
  if (const Document* own = vars_ == nullptr ? nullptr : vars_->find(kOwn)) notes(*own);
  if (const Document* region = vars_ == nullptr ? nullptr : vars_->find(kRegion);
      region != nullptr && region->as_string() != nullptr && is_plain(*region->as_string()))
    stack_.region = *region->as_string();

  // Templates first: what they declare and give is what the rest refers to.
  for (const Document::Entry& entry : *resources_->as_map()) {
    const Document* component = entry.value.find("component");
    const Document* props = entry.value.find("props");
    if (component != nullptr && props != nullptr && component_name(*component) == kRos) companion(entry.key, *props);
  }
  for (const Companion& c : companions_) {
    for (const cloud::StackParameter& p : c.stack.parameters) {
      const bool known = std::any_of(stack_.parameters.begin(), stack_.parameters.end(),
                                     [&](const cloud::StackParameter& other) { return other.name == p.name; });
      const Document* given = c.parameters == nullptr ? nullptr : c.parameters->find(p.name);
      const bool brought = given != nullptr && given->text() != "${vars." + p.name + "}";
      if (!known && !brought) stack_.parameters.push_back(p);
    }
  }
  for (const Document::Entry& entry : *resources_->as_map()) resource(entry);
  for (Companion& c : companions_) merge(c);
  std::move(made_.begin(), made_.end(), std::back_inserter(stack_.resources));
  waits();
}

/// What Virga notes for itself: the ids of parts, and what waits for what without a reference.
void Reader::notes(const Document& own) {
  const Document* names = own.find(kNames);
  if (names != nullptr && names->as_map() != nullptr) {
    for (const Document::Entry& entry : *names->as_map()) names_[entry.value.text()] = entry.key;
  }
  const Document* waits = own.find(kWaits);
  if (waits == nullptr || waits->as_map() == nullptr) return;
  for (const Document::Entry& entry : *waits->as_map()) {
    if (entry.value.as_list() == nullptr) continue;
    for (const Document& id : *entry.value.as_list()) waits_[entry.key].push_back(id.text());
  }
}

void Reader::waits() {
  for (cloud::Resource& r : stack_.resources) {
    const auto found = waits_.find(r.id);
    if (found == waits_.end()) continue;
    r.depends_on.insert(r.depends_on.end(), found->second.begin(), found->second.end());
    std::sort(r.depends_on.begin(), r.depends_on.end());
  }
}

void Reader::resource(const Document::Entry& entry) {
  for (const Document::Entry& field : entry.value.as_map() == nullptr ? Document::Map{} : *entry.value.as_map()) {
    if (field.key != "component" && field.key != "props" && field.key != "extend")
      sink_.report(field.key_span, codes::TemplateKeyIgnored, field.key, entry.key);
  }
  const Document* component = entry.value.find("component");
  const Document* props = entry.value.find("props");
  if (component == nullptr || props == nullptr || props->as_map() == nullptr)
    return shape(entry.value, entry.key, "a component with its props");
  const std::string name = component_name(*component);
  if (name == kRos) return;
  const Type* type = table().find_component(name);
  if (type == nullptr) {
    sink_.report(component->span, codes::TemplateExpression, name);
    return;
  }
  Document whole = entry.value;
  whole.set("props", extended(entry.value, *props));
  this_ = &whole;
  unit(entry.key, *type, *whole.find("props"));
  this_ = nullptr;
}

/// `extend: { name: base, ignore: [timeout] }`: the properties of a `template` of the application, and over them its own.
Document Reader::extended(const Document& resource, const Document& props) {
  const Document* extend = resource.find("extend");
  const Document* name = extend == nullptr ? nullptr : extend->find("name");
  if (name == nullptr) return props;
  const Document* base = bases_ == nullptr ? nullptr : bases_->find(name->text());
  if (base == nullptr || base->as_map() == nullptr) {
    shape(*name, "template." + name->text(), "there");
    return props;
  }
  Document out = *base;
  const Document* ignored = extend->find("ignore");
  for (const Document& key : ignored == nullptr || ignored->as_list() == nullptr ? Document::List{} : *ignored->as_list())
    out.erase(key.text());
  put_over(out, props);
  return out;
}

void Reader::unit(const std::string& name, const Type& type, const Document& props) {
  cloud::Resource r;
  r.id = terraform::to_id(name);
  r.type = type.type;
  Document own = Document::map();
  std::vector<std::pair<const Type*, const Document*>> parts;
  for (const Document::Entry& entry : *props.as_map()) {
    const auto part = std::find_if(table().types.begin(), table().types.end(),
                                   [&](const Type& t) { return t.owner_type == type.type && t.part == entry.key; });
    if (part != table().types.end()) parts.emplace_back(&*part, &entry.value);
    else if (entry.key != kRegion) own.as_map()->push_back(entry);
  }
  r.properties = rows(type, type.rows, own, name);
  made_.push_back(r);
  for (const auto& [part_type, said] : parts) {
    if (!part_type->listed) {
      part(*part_type, r, *said, 0);
    } else if (const auto* list = said->as_list()) {
      for (std::size_t i = 0; i < list->size(); ++i) part(*part_type, r, (*list)[i], i);
    } else {
      shape(*said, std::string(part_type->part), "a list");
    }
  }
}

void Reader::part(const Type& type, const cloud::Resource& owner, const Document& said, std::size_t index) {
  const std::string path = path_of(type, owner, index);
  if (said.as_map() == nullptr) return shape(said, path, "a map");
  cloud::Resource r;
  r.type = type.type;
  r.properties.set(std::string(type.owner_property), cloud::GetAtt{owner.id, std::string(type.owner_property)});
  for (cloud::Member& m : rows(type, type.rows, said, path).members) r.properties.set(std::move(m.key), std::move(m.value));
  const auto noted = names_.find(path);
  r.id = noted != names_.end() ? noted->second : usual_id(type, owner, r);
  if (r.id.empty()) r.id = owner.id + "X" + std::to_string(made_.size());
  made_.push_back(std::move(r));
}

cloud::Object Reader::rows(const Type& type, std::span<const Row> rows, const Document& map, const std::string& of) {
  cloud::Object out;
  const bool top = rows.data() == type.rows.data();
  for (const Document::Entry& entry : *map.as_map()) {
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [&](const Row& row) { return row.shape != Shape::implied && row.to == entry.key; });
    const auto always =
        std::find_if(type.always.begin(), type.always.end(), [&](const Always& a) { return top && a.key == entry.key; });
    if (always != type.always.end() && to_document(always->value) == entry.value) continue;
    const bool nested = found != rows.end() && (found->shape == Shape::object || found->shape == Shape::objects);
    // `logConfig: auto`: the component would make something up, which no stack can say.
    if (found == rows.end() || (nested && entry.value.is_scalar()))
      sink_.report(entry.key_span, codes::TemplateKeyIgnored, entry.key, of);
    else out.set(std::string(found->property), row(type, *found, entry.value, of + "." + entry.key));
  }
  for (const Row& row : rows) {
    if (row.shape != Shape::implied) continue;
    const Document literal = to_document(row.literal);
    out.set(std::string(row.property), cloud::from_document(literal, dialect(), {}));
  }
  return out;
}

Value Reader::row(const Type& type, const Row& row, const Document& said, const std::string& of) {
  switch (row.shape) {
    case Shape::path:
      if (const auto* path = said.as_string()) return path->starts_with("./") ? path->substr(2) : *path;
      [[fallthrough]];
    case Shape::object:
      if (said.as_map() != nullptr) return rows(type, row.of, said, of);
      break;
    case Shape::objects: {
      const auto* list = said.as_list();
      if (list == nullptr) break;
      cloud::Values out;
      for (const Document& item : *list) {
        if (item.as_map() != nullptr) out.emplace_back(rows(type, row.of, item, of));
        else shape(item, of, "a list of maps");
      }
      return out;
    }
    case Shape::value:
    case Shape::texts: return value(said);
    case Shape::implied: break;
  }
  sink_.report(said.span, codes::TemplateExpression, said.is_scalar() ? said.text() : of);
  return {};
}

}  // namespace virga::aliyun::serverless_devs
