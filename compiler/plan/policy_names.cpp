#include "compiler/plan/policy_names.h"

#include <algorithm>
#include <charconv>

namespace virga::plan {
namespace {

constexpr int kDeepest = 16;  // references to references; only a circle is deeper
constexpr std::size_t kMostNames = 200;  // of one pattern; beyond them `*` is shorter, and says the same to a reader

/// A name as a part of a pattern: what would mean something there stands for any one letter.
std::string plain(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool means = c == '*' || c == '?' || c == '$' || c == '{' || c == '}' || static_cast<unsigned char>(c) < 0x20;
    out += means ? '?' : c;
  }
  return out;
}

/// `a` and `b` put together: no slash twice between them, for names that are paths, and no `*` after another.
std::string joined(std::string a, std::string_view b) {
  if (a.ends_with('/') && b.starts_with('/')) b.remove_prefix(1);
  while (a.ends_with('*') && b.starts_with('*')) b.remove_prefix(1);
  return a.append(b);
}

void collect(const cloud::Value& value, std::string_view path, std::vector<const cloud::Value*>& out) {
  if (const auto* list = value.get<cloud::Values>()) {
    for (const cloud::Value& item : *list) collect(item, path, out);
    return;
  }
  if (path.empty()) {
    if (value.get<cloud::Null>() == nullptr) out.push_back(&value);
    return;
  }
  const auto* object = value.get<cloud::Object>();
  const std::string_view key = path.substr(0, path.find('.'));
  const cloud::Value* inner = object == nullptr ? nullptr : object->find(key);
  if (inner != nullptr) collect(*inner, path.substr(std::min(path.size(), key.size() + 1)), out);
}

}  // namespace

std::vector<const cloud::Value*> values_at(const cloud::Object& object, std::string_view path) {
  std::vector<const cloud::Value*> out;
  const std::string_view key = path.substr(0, path.find('.'));
  if (const cloud::Value* inner = object.find(key)) collect(*inner, path.substr(std::min(path.size(), key.size() + 1)), out);
  return out;
}

PolicyNames::PolicyNames(const PolicyRequest& request, const catalog::Catalog& catalog)
    : request_(request), catalog_(catalog) {
  for (const auto& units : {request.wanted, request.standing}) {
    for (const cloud::Unit& unit : units) units_.emplace(unit.address, &unit);
  }
}

std::vector<std::string> PolicyNames::of(std::span<const std::string_view> patterns, const cloud::Unit* unit) {
  std::vector<std::string> out;
  for (const bool whatever : {false, true}) {
    for (const std::string_view pattern : patterns) {
      for (std::string& name : expand(pattern, unit, whatever, 0)) out.push_back(std::move(name));
    }
    if (!out.empty()) break;
  }
  return out;
}

std::vector<std::string> PolicyNames::expand(std::string_view pattern, const cloud::Unit* unit, bool whatever, int depth) {
  std::vector<std::string> out{""};
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{'), close = pattern.find('}');
    if (open == std::string_view::npos || close == std::string_view::npos || open != 0) {
      const std::string_view rest = pattern.substr(0, open);
      for (std::string& name : out) name = joined(std::move(name), rest);
      pattern.remove_prefix(rest.size());
      if (open == std::string_view::npos || close == std::string_view::npos) break;
      continue;
    }
    const std::vector<std::string> words = word(pattern.substr(1, close - 1), unit, whatever, depth);
    pattern.remove_prefix(close + 1);
    std::vector<std::string> longer;
    if (out.size() * words.size() > kMostNames) {
      for (const std::string& name : out) longer.push_back(joined(name, "*"));
    } else {
      for (const std::string& name : out) {
        for (const std::string& w : words) {
          // A whole name where a part of one is expected: somebody said it, and it stands for itself.
          const std::string begin = name.substr(0, name.find(':') + 1);
          const bool whole = begin.size() > 1 && w.starts_with(begin);
          longer.push_back(whole ? w : joined(name, w));
        }
      }
    }
    out = std::move(longer);
  }
  return out;
}

std::vector<std::string> PolicyNames::word(std::string_view name, const cloud::Unit* unit, bool whatever, int depth) {
  if (name == "account") {
    account = true;
    return {"*"};
  }
  if (name == "region") {
    region = region || request_.region.empty();
    return {request_.region.empty() ? "*" : plain(request_.region)};
  }
  if (name == "stack" || name.starts_with("stack:")) return {short_word(name, request_.stack)};
  if (unit == nullptr) return {"*"};
  if (name == "id" || name.starts_with("id:"))
    return {short_word(name, unit->resource.empty() ? unit->address : unit->resource)};
  const std::vector<const cloud::Value*> values = values_at(unit->properties, name);
  const catalog::DeployerRow* row = catalog_.deployer_of(unit->type);
  if (values.empty()) {
    if (row != nullptr && name == row->name) return {name_of(*unit, depth + 1)};
    if (whatever) return {"*"};
    return {};
  }
  std::vector<std::string> out;
  for (const cloud::Value* value : values) {
    out.push_back(text(*value, depth + 1));
    if (out.back() == "*") nameless.insert(unit->address);
  }
  return out;
}

/// `{stack:20}`: the whole word and a dash, or of a longer one so many letters and `*`.
std::string PolicyNames::short_word(std::string_view name, const std::string& value) const {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return plain(value);
  std::size_t most = 0;
  std::from_chars(name.data() + colon + 1, name.data() + name.size(), most);
  return value.size() > most ? plain(value.substr(0, most)) + "*" : plain(value) + "-";
}

std::string PolicyNames::name_of(const cloud::Unit& unit, int depth) {
  const catalog::DeployerRow* row = catalog_.deployer_of(unit.type);
  if (row != nullptr && depth < kDeepest) {
    const auto values = row->name.empty() ? std::vector<const cloud::Value*>{} : values_at(unit.properties, row->name);
    if (values.size() == 1) return text(*values.front(), depth + 1);
    if (values.empty() && !row->unnamed.empty()) {
      auto names = expand(row->unnamed, &unit, true, depth + 1);
      if (names.size() == 1) return std::move(names.front());
    }
  }
  nameless.insert(unit.address);
  return "*";
}

std::string PolicyNames::text(const cloud::Value& value, int depth) {
  if (depth > kDeepest) return "*";
  if (const auto* s = value.get<std::string>()) return plain(*s);
  if (const auto* n = value.get<std::int64_t>()) return std::to_string(*n);
  const auto* ref = value.get<cloud::Ref>();
  const auto* get = value.get<cloud::GetAtt>();
  if (ref != nullptr || get != nullptr) {
    const auto found = units_.find(ref != nullptr ? ref->resource : get->resource);
    return found == units_.end() ? "*" : name_of(*found->second, depth + 1);
  }
  if (const auto* concat = value.get<Box<cloud::Concat>>()) {
    std::string out;
    for (const cloud::Value& part : (*concat)->parts) out = joined(std::move(out), text(part, depth + 1));
    return out;
  }
  if (const auto* pseudo = value.get<cloud::Pseudo>()) {
    if (*pseudo == cloud::Pseudo::stack_name) return plain(request_.stack);
    if (*pseudo == cloud::Pseudo::region && !request_.region.empty()) return plain(request_.region);
  }
  return "*";
}

std::vector<std::string> PolicyNames::roles(std::string_view property, const cloud::Unit& unit) {
  std::vector<std::string> out;
  for (const cloud::Value* value : values_at(unit.properties, property)) {
    const auto* ref = value->get<cloud::Ref>();
    const auto* get = value->get<cloud::GetAtt>();
    const auto found =
        ref == nullptr && get == nullptr ? units_.end() : units_.find(ref != nullptr ? ref->resource : get->resource);
    const catalog::DeployerRow* row = found == units_.end() ? nullptr : catalog_.deployer_of(found->second->type);
    if (row == nullptr || row->needs.empty()) {
      out.push_back(text(*value, 0));
      if (out.back() == "*") nameless.insert(unit.address);
    } else {
      for (std::string& name : of(row->needs.front().on, found->second)) out.push_back(std::move(name));
    }
  }
  return out;
}

}  // namespace virga::plan
