#include "compiler/adopt/raise_attributes.h"

#include "compiler/adopt/convert_parts.h"
#include "compiler/adopt/path.h"

#include <algorithm>

namespace virga::adopt {
namespace {

/// `partition.name` is an entry of a record.
const AttributeSpec* entry_of(const AttributeSpec& spec, std::string_view path) {
  if (path.find('.') == std::string_view::npos) return &spec;
  const std::string_view inner = path.substr(path.find('.') + 1);
  for (const AttributeSpec& a : spec.type.fields) {
    if (a.name == inner) return &a;
  }
  return nullptr;
}

/// A record that need not be there, and of which nothing has to be said when it is.
bool is_optional_record(const AttributeSpec& spec) {
  return spec.type.optional && !spec.type.fields.empty() &&
         std::none_of(spec.type.fields.begin(), spec.type.fields.end(), [](const AttributeSpec& a) { return a.required(); });
}

std::string default_of(const AttributeSpec& spec) { return spec.value ? to_text(*spec.value) : std::string(); }

/// What is meant where a property is left out, as the attribute's type writes it.
std::string unsaid(const catalog::Said& said, const AttributeSpec& spec) {
  return spec.type.tag == Type::Tag::string && !said.unsaid.empty() ? in_quotes(said.unsaid) : std::string(said.unsaid);
}

}  // namespace

const AttributeSpec* AttributeReader::spec(const Kind& kind, std::string_view path) const {
  const AttributeSpec* found = nullptr;
  const std::string_view head = path.substr(0, path.find('.'));
  for (const AttributeSpec& a : kind.attributes) {
    if (a.name == head && (a.cloud.empty() || a.cloud == q_.catalog.cloud)) found = &a;
  }
  return found == nullptr ? nullptr : entry_of(*found, path);
}

const AttributeSpec* AttributeReader::property(const Row& row, std::string_view path) const {
  const auto look = [&](std::string_view port, syntax::PortSide side) -> const AttributeSpec* {
    const auto kind = q_.kinds.find(kind_of(port));
    if (kind == q_.kinds.end()) return nullptr;
    // Routes of every method say the same.
    const PortSpec* known = kind->second.port(port_name(port) == "route" ? "GET" : port_name(port), side);
    if (known == nullptr) return nullptr;
    for (const AttributeSpec& a : known->properties) {
      if (a.name == path.substr(0, path.find('.'))) return entry_of(a, path);
    }
    return nullptr;
  };
  const AttributeSpec* found = look(row.from, syntax::PortSide::source);
  return found != nullptr ? found : look(row.to, syntax::PortSide::target);
}

void AttributeReader::read(const catalog::Said& said, const AttributeSpec& spec, const std::string& name,
                           cloud::Object& rest, Said& all, Said& on, bool alone) const {
  Said& to = spec.cloud.empty() ? all : on;
  const std::optional<std::string> property = resolved(said.property, [&](std::string_view path) {
    const std::string* known = said_of(all, path);
    const bool is = known != nullptr && known->size() > 2 && known->front() == '"';
    return is ? known->substr(1, known->size() - 2) : std::string();
  });
  if (!property) return;
  const cloud::Value* value = property->empty() ? nullptr : find(rest, *property);
  if (value == nullptr) {
    if (!said.unsaid.empty() && default_of(spec) != unsaid(said, spec)) say(to, name, unsaid(said, spec));
    return;
  }
  if (const std::string_view written_when_absent = when_absent(said.as); !written_when_absent.empty()) {
    if (*value == cloud::Value(written_when_absent)) take(rest, *property);
    return;
  }
  std::string_view as = said.as;
  const std::optional<Besides> more = besides(as);
  const cloud::Value* besides_it = more ? find(rest, more->property) : nullptr;
  if (more && (besides_it == nullptr || !(*besides_it == constant(more->value)))) return;
  Type type = spec.type;
  type.optional = false;
  const std::optional<std::string> text = to_attribute(*value, as, type, words_.reading());
  if (!text) {  // it stays in the engine's words; other clouds get a parameter's default, and of a map what can be said
    const cloud::Value* usual = fallback_of(*value);
    const cloud::Value known = usual == nullptr ? sayable(*value, as, type) : *usual;
    const bool any = known.get<cloud::Null>() == nullptr;
    const auto guess = any ? to_attribute(known, as, type, words_.reading()) : std::nullopt;
    if (guess) say(to, name, *guess);
    return;
  }
  take(rest, *property);
  if (more) take(rest, more->property);
  // Records get the defaults of their entries. What the engine means as well where it is left out, and is written, was
  // said.
  const bool written =
      name.find('.') != std::string::npos || (!said.unsaid.empty() && default_of(spec) != unsaid(said, spec));
  if (*text != default_of(spec) || !written || alone) say(to, name, *text);
}

cloud::Value AttributeReader::sayable(const cloud::Value& value, std::string_view as, const Type& type) const {
  const auto* map = type.tag == Type::Tag::map ? value.get<cloud::Object>() : nullptr;
  cloud::Object out;
  for (std::size_t i = 0; map != nullptr && i < map->members.size(); ++i) {
    const cloud::Member& m = map->members[i];
    if (to_attribute(cloud::object({{m.key, m.value}}), as, type, words_.reading())) out.set(m.key, m.value);
  }
  return out.members.empty() ? cloud::Value() : cloud::Value(std::move(out));
}

const cloud::Value* AttributeReader::fallback_of(const cloud::Value& value) const {
  const auto* p = value.get<cloud::Parameter>();
  if (p == nullptr) return nullptr;
  for (const cloud::StackParameter& known : q_.stack.parameters) {
    if (known.name == p->name && known.fallback) return &*known.fallback;
  }
  return nullptr;
}

/// `reaches`: the only node of the attribute's kind to which a property refers, which stays in the engine's words.
/// `stands folder`, `stands Word`: what a node needs and the template keeps elsewhere gets a place, for other clouds; here
/// the engine's own words count. `text`: the file that a text of the template is. `else WORD`: for other clouds that word
/// stands in for what is no word of the language.
bool AttributeReader::stand_in(const catalog::Said& said, const AttributeSpec& spec, Part& part) {
  std::string_view as = said.as;
  const bool file = as == "text";
  const std::string name(said.attribute);
  if (as == kReaches) {
    const cloud::Value* value = find(part.rest, said.property);
    const std::string node = value == nullptr ? std::string() : words_.only_node(*value, spec.type.name);
    if (!node.empty()) say(part.draft.attributes, name, node);
    return true;
  }
  if (begins(as, "else ")) {
    const bool known = said_of(part.draft.attributes, name) != nullptr || said_of(part.draft.attributes, "image") != nullptr;
    if (known || find(part.rest, said.property) == nullptr) return true;
    say(part.draft.attributes, name, std::string(as));
    part.stands.insert(name);
    return true;
  }
  if (!file && !as.starts_with("stands ")) return false;
  as.remove_prefix(file ? 0 : 7);
  if (said_of(part.draft.attributes, name) != nullptr || said_of(part.draft.attributes, "image") != nullptr) return true;
  const std::string folder = "./code/" + part.draft.name;
  const cloud::Value* value = said.property.empty() ? nullptr : find(part.rest, said.property);
  if (file) {
    const auto* text = value == nullptr ? nullptr : value->get<std::string>();
    if (text == nullptr) return true;
    const std::string* runtime = said_of(part.draft.attributes, "runtime");
    const bool python = runtime != nullptr && runtime->starts_with("python");
    files[part.resource->id] = {folder.substr(2) + (python ? "/index.py" : "/index.js"), *text};
  } else if (as != "folder") {
    if (value == nullptr || !(*value == constant(as))) return true;
  }
  say(part.draft.attributes, name, in_quotes(as == "folder" || file ? folder : part.draft.name));
  part.stands.insert(name);
  return true;
}

/// What would be written for an attribute that only stands in for something is not there.
void AttributeReader::without_stand_ins(Part& part) {
  for (const catalog::Said& said : part.row->says) {
    if (!part.stands.contains(std::string(said.attribute)) || said.property.empty()) continue;
    if (said.as == "text" || said.as.starts_with("stands ") || said.as.starts_with("else ")) continue;
    if (find(part.resource->properties, said.property) == nullptr) put(part.rest, said.property, cloud::Value());
  }
}

std::string AttributeReader::missing(const Kind& kind, const Said& attributes) {
  const auto given = [&](std::string_view name) {
    const std::string record = std::string(name) + ".";
    return std::any_of(attributes.begin(), attributes.end(),
                       [&](const auto& p) { return p.first == name || p.first.starts_with(record); });
  };
  for (const AttributeSpec& a : kind.attributes) {
    if (!a.cloud.empty() || given(a.name)) continue;
    if (a.required()) return a.name;
    if (a.instead.empty()) continue;
    const bool other = std::any_of(a.instead.begin(), a.instead.end(), [&](const syntax::Name& n) { return given(n.text); });
    if (!other) return a.name;
  }
  return {};
}

std::string AttributeReader::read(Part& part) {
  const Kind& kind = q_.kinds.find(part.row->kind)->second;
  part.rest = part.resource->properties;
  part.draft.attributes.clear();
  part.draft.on.clear();
  part.stands.clear();
  for (const std::string_view fixed : part.row->fixed) take(part.rest, fixed.substr(0, fixed.find('=')));
  for (const catalog::Said& said : part.row->says) {
    const AttributeSpec* known = spec(kind, said.attribute);
    if (known == nullptr || stays_unsaid(q_, part, said.attribute) || stand_in(said, *known, part)) continue;
    cloud::Object copy = part.rest;  // what stays in the engine's words counts there, and the attribute on other clouds
    std::string_view as = said.as;
    const std::optional<Besides> more = besides(as);
    const bool kept = stays_raw(q_, part, said.property) || (more && stays_raw(q_, part, more->property));
    read(said, *known, std::string(said.attribute), kept ? copy : part.rest, part.draft.attributes, part.draft.on,
         is_optional_record(*spec(kind, said.attribute.substr(0, said.attribute.find('.')))));
  }
  without_stand_ins(part);
  return missing(kind, part.draft.attributes);
}

}  // namespace virga::adopt
