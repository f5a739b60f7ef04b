// Terraform's own record of what stands → units, to be held against those that are wanted.
#include "backends/terraform/format.h"
#include "backends/terraform/standing.h"
#include "compiler/diagnostics/codes.h"

#include <map>

namespace virga::terraform {
namespace {

/// What stands and can be read, by address.
using Stands = std::map<std::string, Standing>;

Stands values_in(const Json& state) {
  Stands out;
  for (Standing& one : standing_in(state)) {
    std::string address = one.address();
    if (one.values != nullptr) out.insert_or_assign(std::move(address), std::move(one));
  }
  return out;
}

/// What Terraform takes for `address`: itself, or the first of several that became one, which it moves by itself.
Stands::iterator standing_as(Stands& stands, const std::string& address) {
  const auto found = stands.find(address);
  return found != stands.end() ? found : stands.find(address + "[0]");
}

constexpr int kDeepest = 100;

cloud::Value plain(const Json& j, int depth) {
  if (depth > kDeepest || j.is_null()) return {};
  if (j.is_boolean()) return j.get<bool>();
  if (j.is_number_integer()) return j.get<std::int64_t>();
  if (j.is_number()) return j.get<double>();
  if (j.is_string()) return j.get<std::string>();
  if (j.is_array()) {
    cloud::Values out;
    for (const Json& item : j) out.push_back(plain(item, depth + 1));
    return out;
  }
  cloud::Object out;
  for (const auto& [key, item] : j.items()) out.set(key, plain(item, depth + 1));
  return out;
}

bool is_plain(const cloud::Value& value) {
  return value.get<std::string>() != nullptr || value.get<bool>() != nullptr || value.get<std::int64_t>() != nullptr ||
         value.get<double>() != nullptr;
}

/// Terraform keeps numbers and flags as texts now and then, and 1.0 for 1.
bool means_the_same(const cloud::Value& wanted, const Json& stands) {
  if (const auto* text = wanted.get<std::string>()) return stands.is_string() && stands.get<std::string>() == *text;
  if (const auto* flag = wanted.get<bool>()) {
    if (stands.is_string()) return stands.get<std::string>() == (*flag ? "true" : "false");
    return stands.is_boolean() && stands.get<bool>() == *flag;
  }
  const double number =
      wanted.get<double>() != nullptr ? *wanted.get<double>() : static_cast<double>(*wanted.get<std::int64_t>());
  if (stands.is_string()) return stands.get<std::string>() == fmt::format("{}", number);
  return stands.is_number() && stands.get<double>() == number;
}

cloud::Value seen(const cloud::Value& wanted, const Json& stands, int depth);

/// Sets have no order: whether each item that is wanted stands there, wherever.
bool all_stand(const cloud::Values& wanted, const Json& stands, int depth) {
  if (wanted.size() != stands.size()) return false;
  std::vector<bool> used(stands.size(), false);
  for (const cloud::Value& item : wanted) {
    std::size_t at = 0;
    while (at < stands.size() && (used[at] || !(seen(item, stands[at], depth) == item))) ++at;
    if (at == stands.size()) return false;
    used[at] = true;
  }
  return true;
}

/// The wanted value as it stands: what is said of it, and no more.
cloud::Value seen(const cloud::Value& wanted, const Json& stands, int depth) {
  if (depth > kDeepest) return wanted;
  if (is_plain(wanted)) {
    if (means_the_same(wanted, stands)) return wanted;
    const bool said = stands.is_primitive() && !stands.is_null();
    return said ? plain(stands, depth) : cloud::Value();
  }
  if (const auto* object = wanted.get<cloud::Object>()) {
    cloud::Object out;
    for (const cloud::Member& m : object->members) {
      const Json* inner = member(stands, m.key);
      if (inner != nullptr) out.set(m.key, seen(m.value, *inner, depth + 1));
    }
    return out;
  }
  if (const auto* list = wanted.get<cloud::Values>()) {
    if (!stands.is_array()) return cloud::Values{};
    if (all_stand(*list, stands, depth + 1)) return wanted;
    cloud::Values out;
    for (std::size_t i = 0; i < stands.size(); ++i)
      out.push_back(i < list->size() ? seen((*list)[i], stands[i], depth + 1) : plain(stands[i], depth + 1));
    return out;
  }
  return wanted;  // a reference stands there as an id, which says nothing here
}

}  // namespace

bool Format::is_record(const SourceFile& file) const {
  const Json state = Json::parse(file.text, nullptr, false);
  if (!state.is_object()) return false;
  const bool shown = state.contains("format_version") && (state.contains("values") || state.contains("terraform_version"));
  return shown || (state.contains("terraform_version") && state.contains("resources"));
}

std::vector<cloud::Unit> Format::recorded(const SourceFile& file, std::span<const cloud::Unit> wanted, diag::Sink&) const {
  const Json state = Json::parse(file.text, nullptr, false);
  Stands stands = values_in(state);
  std::vector<cloud::Unit> out;
  for (const cloud::Unit& unit : wanted) {
    const auto found = standing_as(stands, unit.address);
    if (found == stands.end()) continue;
    cloud::Unit known = unit;
    for (cloud::Member& m : known.properties.members) {
      if (m.key == "lifecycle") continue;  // Terraform's own, of which no state tells
      const Json* value = member(*found->second.values, m.key);
      m.value = value == nullptr ? cloud::Value() : seen(m.value, *value, 0);
    }
    out.push_back(std::move(known));
    stands.erase(found);
  }
  for (const auto& [address, left] : stands) {
    cloud::Unit unit;
    unit.address = unit.resource = address;
    unit.type = left.type;
    out.push_back(std::move(unit));
  }
  return out;
}

}  // namespace virga::terraform
