// Patterns of the catalogue → names on the cloud, as far as a plan knows them. Where it does not, `*` stands.
#pragma once

#include "compiler/plan/policy.h"

#include <map>
#include <set>

namespace virga::plan {

class PolicyNames {
 public:
  PolicyNames(const PolicyRequest& request, const catalog::Catalog& catalog);

  /// All that the patterns mean for a unit; null for the engine itself. A pattern that is about a property which the unit
  /// does not say is about nothing, unless nothing else is left.
  [[nodiscard]] std::vector<std::string> of(std::span<const std::string_view> patterns, const cloud::Unit* unit);
  /// The names of the roles that a property hands on.
  [[nodiscard]] std::vector<std::string> roles(std::string_view property, const cloud::Unit& unit);

  bool account = false;  ///< `*` stood for the account somewhere
  bool region = false;  ///< … for the region
  std::set<std::string> nameless;  ///< addresses of units that have a name which is known only afterwards

 private:
  std::vector<std::string> expand(std::string_view pattern, const cloud::Unit* unit, bool whatever, int depth);
  std::vector<std::string> word(std::string_view name, const cloud::Unit* unit, bool whatever, int depth);
  std::string text(const cloud::Value& value, int depth);
  std::string name_of(const cloud::Unit& unit, int depth);
  std::string short_word(std::string_view name, const std::string& value) const;

  const PolicyRequest& request_;
  const catalog::Catalog& catalog_;
  std::map<std::string_view, const cloud::Unit*> units_;
};

/// The values that a path leads to, through objects and all items of lists.
[[nodiscard]] std::vector<const cloud::Value*> values_at(const cloud::Object& object, std::string_view path);

}  // namespace virga::plan
