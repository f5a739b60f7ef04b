#include "compiler/adopt/raise_part.h"

#include "compiler/adopt/path.h"

#include <algorithm>

namespace virga::adopt {

namespace {

/// `a.b` is within `a`, and is `a.b`.
bool within(std::string_view path, std::string_view outer) {
  return path.starts_with(outer) && (path.size() == outer.size() || path[outer.size()] == '.' || path[outer.size()] == '[');
}

}  // namespace

bool stays_raw(const RaiseRequest& request, const Part& part, std::string_view property) {
  const std::string head = part.resource->id + "#";
  for (auto it = request.raw.lower_bound(head); it != request.raw.end() && it->starts_with(head); ++it) {
    const std::string_view kept = std::string_view(*it).substr(head.size());
    if (within(property, kept) || within(kept, property)) return true;
  }
  return false;
}

bool stays_unsaid(const RaiseRequest& request, const Part& part, std::string_view attribute) {
  return request.raw.contains(part.resource->id + "~" + std::string(attribute.substr(0, attribute.find('.'))));
}

bool fits(const Row& row, const cloud::Object& properties) {
  return std::all_of(row.fixed.begin(), row.fixed.end(), [&](std::string_view fixed) {
    const std::size_t at = fixed.find('=');
    const cloud::Value* said = find(properties, fixed.substr(0, at));
    const auto* list = said == nullptr ? nullptr : said->get<cloud::Values>();
    if (list != nullptr && list->size() == 1) said = &list->front();  // one item needs no list
    return said != nullptr && said->get<std::string>() != nullptr && *said->get<std::string>() == fixed.substr(at + 1);
  });
}

bool says_item(const Part& part, const Within& within, const std::string& id, const std::string& type) {
  if (part.row == nullptr || within.shape != Within::Shape::typed) return false;
  const std::string one = std::string(within.path) + "[" + std::string(within.type) + "=" + type + "].";
  const cloud::Value* known = find(part.resource->properties, one + std::string(within.id));
  if (known == nullptr || !(*known == cloud::Value(id))) return false;  // another one of the type
  return std::any_of(part.row->says.begin(), part.row->says.end(), [&](const catalog::Said& said) {
    const std::string_view record = said.attribute.substr(0, said.attribute.find('.'));
    const bool told =
        said_of(part.draft.attributes, said.attribute) != nullptr || said_of(part.draft.attributes, record) != nullptr;
    return told && said.property.starts_with(one) && find(part.resource->properties, said.property) != nullptr;
  });
}

std::string member(const cloud::Object& item, std::string_view name) {
  const cloud::Value* v = item.find(name);
  return v == nullptr || v->get<std::string>() == nullptr ? std::string() : *v->get<std::string>();
}

void collect_references(const cloud::Value& value, std::vector<std::string>& out) {
  if (const auto* ref = value.get<cloud::Ref>()) out.push_back(ref->resource);
  if (const auto* att = value.get<cloud::GetAtt>()) out.push_back(att->resource);
  if (const auto* list = value.get<cloud::Values>())
    for (const cloud::Value& v : *list) collect_references(v, out);
  if (const auto* object = value.get<cloud::Object>())
    for (const cloud::Member& m : object->members) collect_references(m.value, out);
  if (const auto* text = value.get<Box<cloud::Concat>>())
    for (const cloud::Value& v : (*text)->parts) collect_references(v, out);
  if (const auto* choice = value.get<Box<cloud::If>>()) {
    collect_references((*choice)->then, out);
    collect_references((*choice)->otherwise, out);
  }
  if (const auto* call = value.get<Box<cloud::Call>>()) collect_references((*call)->argument, out);
}

std::string kind_of(std::string_view port) { return std::string(port.substr(0, port.find('.'))); }
std::string port_name(std::string_view port) { return std::string(port.substr(port.find('.') + 1)); }

void say(Said& said, const std::string& name, const std::string& value) {
  if (said_of(said, name) == nullptr) said.emplace_back(name, value);
}

Said as_records(const Said& flat) {
  Said out;
  for (const auto& [name, value] : flat) {
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) {
      out.emplace_back(name, value);
      continue;
    }
    const std::string head = name.substr(0, dot), entry = name.substr(dot + 1) + " = " + value;
    const auto known = std::find_if(out.begin(), out.end(), [&](const auto& p) { return p.first == head; });
    if (known == out.end()) out.emplace_back(head, "{ " + entry + " }");
    else known->second.insert(known->second.size() - 1, entry + " ");
  }
  return out;
}

}  // namespace virga::adopt
