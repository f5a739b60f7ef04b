#include "compiler/plan/plan.h"

#include <unordered_map>

namespace virga::plan {
namespace {

std::vector<std::string> texts(const cloud::Value& value) {
  std::vector<std::string> out;
  for (const cloud::Value& item : *value.get<cloud::Values>()) out.push_back(*item.get<std::string>());
  return out;
}

/// Puts a value where the path leads to, or takes away what is there. What the path leads through stands: it did before.
void put(cloud::Object& object, const Change& change) {
  cloud::Value whole(std::move(object));
  cloud::Value* at = &whole;
  for (std::size_t i = 0; i + 1 < change.path.size(); ++i) {
    if (const auto* key = std::get_if<std::string>(&change.path[i])) at = at->get<cloud::Object>()->find(*key);
    else at = &(*at->get<cloud::Values>())[std::get<std::size_t>(change.path[i])];
  }
  if (const auto* key = std::get_if<std::string>(&change.path.back())) {
    auto& members = at->get<cloud::Object>()->members;
    if (change.after) at->get<cloud::Object>()->set(*key, *change.after);
    else std::erase_if(members, [&](const cloud::Member& m) { return m.key == *key; });
  } else {
    (*at->get<cloud::Values>())[std::get<std::size_t>(change.path.back())] = *change.after;
  }
  object = std::move(*whole.get<cloud::Object>());
}

cloud::Unit changed(const UnitChange& change) {
  cloud::Unit unit = *change.before;
  unit.type = change.after->type;
  for (const Change& c : change.changes) {
    const auto* first = std::get_if<std::string>(&c.path.front());
    if (first != nullptr && *first == kDependsOn) unit.depends_on = texts(*c.after);
    else if (first != nullptr && *first == kOnRemoval) unit.on_removal = on_removal_of(*c.after->get<std::string>());
    else if (first != nullptr && *first == kOnReplace) unit.on_replace = on_removal_of(*c.after->get<std::string>());
    else put(unit.properties, c);
  }
  return unit;
}

}  // namespace

std::vector<cloud::Unit> apply(std::span<const cloud::Unit> standing, const StackPlan& plan) {
  std::unordered_map<std::string_view, const UnitChange*> by_address;
  for (const UnitChange& change : plan.changes) by_address.emplace(change.unit().address, &change);
  std::vector<cloud::Unit> out;
  for (const cloud::Unit& unit : standing) {
    const auto found = by_address.find(unit.address);
    if (found == by_address.end()) out.push_back(unit);
    else if (found->second->action != Action::remove) out.push_back(changed(*found->second));
  }
  for (const UnitChange& change : plan.changes) {
    if (change.action == Action::create) out.push_back(*change.after);
  }
  return out;
}

}  // namespace virga::plan
