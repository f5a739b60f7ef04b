// The first difference of two stacks in words. Equality of stacks is "no difference", so that the two can't disagree.
#include "compiler/cloud/dump.h"
#include "compiler/cloud/stack.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::cloud {
namespace {

std::string differs(const std::string& where, const Value& a, const Value& b) {
  return fmt::format("{}: {} and {}", where, to_text(a), to_text(b));
}

std::string between(const std::string& where, const Value& a, const Value& b);

std::string between(const std::string& where, const Object& a, const Object& b) {
  for (const Member& m : a.members) {
    const std::string here = where + "." + m.key;
    const Value* other = b.find(m.key);
    if (other == nullptr) return fmt::format("{}: only in the first", here);
    if (std::string found = between(here, m.value, *other); !found.empty()) return found;
  }
  for (const Member& m : b.members) {
    if (a.find(m.key) == nullptr) return fmt::format("{}.{}: only in the second", where, m.key);
  }
  return {};
}

std::string between(const std::string& where, const Values& a, const Values& b) {
  if (a.size() != b.size()) return fmt::format("{}: {} items and {}", where, a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::string found = between(fmt::format("{}[{}]", where, i), a[i], b[i]); !found.empty()) return found;
  }
  return {};
}

std::string between(const std::string& where, const Value& a, const Value& b) {
  if (a == b) return {};
  if (a.get<Object>() != nullptr && b.get<Object>() != nullptr) return between(where, *a.get<Object>(), *b.get<Object>());
  if (a.get<Values>() != nullptr && b.get<Values>() != nullptr) return between(where, *a.get<Values>(), *b.get<Values>());
  return differs(where, a, b);
}

Object described(const Resource& r) {
  Object o;
  o.set("Type", r.type).set("Properties", r.properties);
  Values depends(r.depends_on.begin(), r.depends_on.end());
  o.set("depends_on", std::move(depends)).set("condition", r.condition);
  o.set("on_removal", static_cast<int>(r.on_removal)).set("on_replace", static_cast<int>(r.on_replace));
  o.set("metadata", r.metadata).set("more", r.more);
  return o;
}

template <class T>
Value maybe(const std::optional<T>& v) {
  return v ? Value(*v) : Value();
}

Object described(const StackParameter& p) {
  return object({{"type", p.type},
                 {"description", p.description},
                 {"default", maybe(p.fallback)},
                 {"secret", p.secret},
                 {"allowed", p.allowed},
                 {"pattern", p.pattern},
                 {"min", maybe(p.min)},
                 {"max", maybe(p.max)},
                 {"min_length", maybe(p.min_length)},
                 {"max_length", maybe(p.max_length)},
                 {"more", p.more}});
}

Object described(const StackOutput& o) {
  return object({{"description", o.description},
                 {"value", o.value},
                 {"export", o.export_name},
                 {"condition", o.condition},
                 {"more", o.more}});
}

Object described(const Condition& c) { return object({{"expression", c.expression}}); }

const std::string& name_of(const Resource& r) { return r.id; }
template <class T>
const std::string& name_of(const T& part) {
  return part.name;
}

template <class Parts>
std::string between_parts(std::string_view section, const Parts& a, const Parts& b) {
  const auto find = [](const Parts& parts, const std::string& name) {
    return std::find_if(parts.begin(), parts.end(), [&](const auto& p) { return name_of(p) == name; });
  };
  for (const auto& part : a) {
    const std::string where = fmt::format("{}.{}", section, name_of(part));
    const auto other = find(b, name_of(part));
    if (other == b.end()) return fmt::format("{}: only in the first", where);
    if (part == *other) continue;
    if (std::string found = between(where, described(part), described(*other)); !found.empty()) return found;
  }
  for (const auto& part : b) {
    if (find(a, name_of(part)) == a.end()) return fmt::format("{}.{}: only in the second", section, name_of(part));
  }
  if (a.size() != b.size()) return fmt::format("{}: a name occurs twice", section);
  return {};
}

}  // namespace

std::string difference(const Stack& a, const Stack& b) {
  if (a.cloud != b.cloud) return differs("cloud", a.cloud, b.cloud);
  if (a.description != b.description) return differs("description", a.description, b.description);
  for (std::string found :
       {between_parts("parameters", a.parameters, b.parameters), between_parts("conditions", a.conditions, b.conditions),
        between_parts("resources", a.resources, b.resources), between_parts("outputs", a.outputs, b.outputs)}) {
    if (!found.empty()) return found;
  }
  return between("sections", a.sections, b.sections);
}

}  // namespace virga::cloud
