#include "compiler/cloud/stack.h"

#include <algorithm>

namespace virga::cloud {

// ---- objects and values

const Value* Object::find(std::string_view key) const {
  for (const Member& m : members) {
    if (m.key == key) return &m.value;
  }
  return nullptr;
}

Value* Object::find(std::string_view key) {
  for (Member& m : members) {
    if (m.key == key) return &m.value;
  }
  return nullptr;
}

Object& Object::set(std::string key, Value value) {
  if (Value* old = find(key)) {
    *old = std::move(value);
  } else {
    members.push_back({std::move(key), std::move(value)});
  }
  return *this;
}

bool operator==(const Object& a, const Object& b) {
  if (a.members.size() != b.members.size()) return false;
  for (std::size_t i = 0; i < a.members.size(); ++i) {
    const Member& m = a.members[i];
    // Almost always both are in the same order; only then is the search skipped.
    const Value* other = b.members[i].key == m.key ? &b.members[i].value : b.find(m.key);
    if (other == nullptr || !(m.value == *other)) return false;
  }
  return true;
}

namespace {

/// A whole number is the same number whether it was written `3` or `3.0`.
std::optional<double> as_number(const Value& v) {
  if (const auto* n = v.get<std::int64_t>()) return static_cast<double>(*n);
  if (const auto* n = v.get<double>()) return *n;
  return std::nullopt;
}

}  // namespace

bool operator==(const Value& a, const Value& b) {
  if (a.data.index() != b.data.index()) {
    const auto x = as_number(a), y = as_number(b);
    return x && y && *x == *y;
  }
  return a.data == b.data;
}

bool operator==(const Concat& a, const Concat& b) { return a.parts == b.parts; }
bool operator==(const If& a, const If& b) {
  return a.condition == b.condition && a.then == b.then && a.otherwise == b.otherwise;
}
bool operator==(const Call& a, const Call& b) { return a.function == b.function && a.argument == b.argument; }

namespace {

/// The text of a scalar inside a longer text; nothing for what is known only at deployment.
std::optional<std::string> literal_text(const Value& v) {
  if (const auto* s = v.get<std::string>()) return *s;
  if (const auto* b = v.get<bool>()) return std::string(*b ? "true" : "false");
  if (const auto* n = v.get<std::int64_t>()) return std::to_string(*n);
  if (const auto* d = v.get<double>()) return virga::to_text(*d);
  return std::nullopt;
}

void append_parts(Values& out, Values parts) {
  for (Value& part : parts) {
    if (const auto* inner = part.get<Box<Concat>>()) {
      append_parts(out, (*inner)->parts);
    } else if (auto text = literal_text(part)) {
      if (text->empty()) continue;
      auto* last = out.empty() ? nullptr : out.back().get<std::string>();
      if (last != nullptr) {
        *last += *text;
      } else {
        out.emplace_back(std::move(*text));
      }
    } else {
      out.push_back(std::move(part));
    }
  }
}

}  // namespace

Value concat(Values parts) {
  Values flat;
  append_parts(flat, std::move(parts));
  if (flat.empty()) return std::string();
  if (flat.size() == 1) return std::move(flat.front());
  return Box<Concat>(Concat{std::move(flat)});
}

Object object(std::initializer_list<Member> members) {
  Object o;
  o.members.assign(members);
  return o;
}

// ---- the parts of a stack

bool operator==(const Resource& a, const Resource& b) {
  return a.id == b.id && a.type == b.type && a.properties == b.properties && a.depends_on == b.depends_on &&
         a.condition == b.condition && a.on_removal == b.on_removal && a.on_replace == b.on_replace &&
         a.metadata == b.metadata && a.more == b.more;
}

bool operator==(const StackParameter& a, const StackParameter& b) {
  return a.name == b.name && a.type == b.type && a.description == b.description && a.fallback == b.fallback &&
         a.secret == b.secret && a.allowed == b.allowed && a.pattern == b.pattern && a.min == b.min && a.max == b.max &&
         a.min_length == b.min_length && a.max_length == b.max_length && a.more == b.more;
}

bool operator==(const StackOutput& a, const StackOutput& b) {
  return a.name == b.name && a.description == b.description && a.value == b.value && a.export_name == b.export_name &&
         a.condition == b.condition && a.more == b.more;
}

bool operator==(const Condition& a, const Condition& b) { return a.name == b.name && a.expression == b.expression; }

const Resource* Stack::find(std::string_view id) const {
  const auto at = std::find_if(resources.begin(), resources.end(), [&](const Resource& r) { return r.id == id; });
  return at == resources.end() ? nullptr : &*at;
}

Resource* Stack::find(std::string_view id) {
  const auto at = std::find_if(resources.begin(), resources.end(), [&](const Resource& r) { return r.id == id; });
  return at == resources.end() ? nullptr : &*at;
}

bool operator==(const Stack& a, const Stack& b) { return difference(a, b).empty(); }

}  // namespace virga::cloud
