// What a plan does besides: to data, to whoever calls, and what the engine will refuse.
#include "compiler/cloud/dump.h"
#include "compiler/cloud/naming.h"
#include "compiler/plan/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace virga::plan {
namespace {

/// Stands for a change and for no other: what became what.
std::string mark_of(const UnitChange& change) {
  constexpr std::size_t kDigits = 12;
  std::string text = fmt::format("{} {} {}\n", word(change.action), change.before->address, change.before->type);
  text += cloud::to_text(cloud::Value(change.before->properties)) + "\n";
  for (const Change& c : change.changes) {
    if (c.weight != Weight::in_place && c.after) text += fmt::format("{} {}\n", to_text(c.path), cloud::to_text(*c.after));
  }
  return cloud::short_hash(text, kDigits);
}

/// Whether the path leads to `true`.
bool is_set(const cloud::Value& value, std::string_view path) {
  if (path.empty()) return value.get<bool>() != nullptr && *value.get<bool>();
  const std::string_view part = path.substr(0, path.find('.'));
  const std::string_view rest = path.substr(std::min(path.size(), part.size() + 1));
  if (const auto* list = value.get<cloud::Values>())
    return std::any_of(list->begin(), list->end(), [&](const cloud::Value& v) { return is_set(v, rest); });
  const auto* object = value.get<cloud::Object>();
  const cloud::Value* inner = object == nullptr ? nullptr : object->find(part);
  return inner != nullptr && is_set(*inner, rest);
}

/// Replacements that the engine would not carry out.
void find_refusals(UnitChange& change, const catalog::EngineRow& engine, const catalog::Catalog& catalog) {
  const auto refuse = [&](std::string why) { change.effects.push_back({Effect::Kind::refused, std::move(why)}); };
  if (engine.keeps_types && change.before->type != change.after->type) {
    refuse(fmt::format("the engine takes no other type under the same address, where {} stands", change.before->type));
    return;
  }
  if (engine.named == catalog::EngineRow::Named::refused) {
    const cloud::Value* before = own_name(*change.before, catalog);
    const cloud::Value* after = own_name(*change.after, catalog);
    if (before != nullptr && after != nullptr && *before == *after)
      refuse("the engine makes the new one before the old one goes, and both would be called " + cloud::to_text(*after));
  }
  if (!engine.guard.empty() && is_set(cloud::Value(change.after->properties), engine.guard))
    refuse(
        fmt::format("`{}` keeps the engine from taking the old one away", engine.guard.substr(engine.guard.rfind('.') + 1)));
}

/// Items of a list that only one of the two has, by the name that items have, or else whole.
std::size_t come_or_go(const cloud::Value* one, const cloud::Value* other) {
  const auto* before = one == nullptr ? nullptr : one->get<cloud::Values>();
  const auto* after = other == nullptr ? nullptr : other->get<cloud::Values>();
  const auto names = [](const cloud::Values* list) {
    std::set<std::string> out;
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      const auto* object = (*list)[i].get<cloud::Object>();
      std::string name;
      for (std::size_t m = 0; object != nullptr && m < object->members.size(); ++m) {
        if (object->members[m].key.ends_with("Name")) name = cloud::to_text(object->members[m].value);
      }
      out.insert(name.empty() ? cloud::to_text((*list)[i]) : name);
    }
    return out;
  };
  const auto was = names(before), is = names(after);
  std::vector<std::string> differ;
  std::set_symmetric_difference(was.begin(), was.end(), is.begin(), is.end(), std::back_inserter(differ));
  return differ.size();
}

/// More at once than the service takes in one update.
void find_too_many(UnitChange& change, const catalog::UpdateRow& row, const catalog::Catalog& catalog) {
  if (row.singly.empty() || change.action != Action::update) return;
  const catalog::Fact& fact = catalog.fact(row.singly_fact);
  const std::size_t count =
      come_or_go(change.before->properties.find(row.singly), change.after->properties.find(row.singly));
  if (static_cast<double>(count) <= fact.value) return;
  change.effects.push_back(
      {Effect::Kind::refused, fmt::format("{} of {} come or go at once, but an update takes {} ({}); deploy them one by one",
                                          count, row.singly, fact.value, catalog::cite(fact))});
}

}  // namespace

// A name that can be changed in place is but a label, and versions share theirs.
const cloud::Value* own_name(const cloud::Unit& unit, const catalog::Catalog& catalog) {
  const catalog::UpdateRow* row = catalog.update(unit.type);
  if (row == nullptr || row->versions) return nullptr;
  for (const catalog::NameRule& rule : catalog.names) {
    const std::string_view type = rule.type.substr(0, rule.type.find('.'));  // rules may be about a variant: `Queue.Fifo`
    const bool label = std::find(row->replaces.begin(), row->replaces.end(), rule.property) == row->replaces.end();
    if (type != unit.type || label) continue;
    if (const cloud::Value* name = unit.properties.find(rule.property)) return name;
  }
  return nullptr;
}

void find_effects(StackPlan& plan, const catalog::Catalog& catalog, std::string_view format) {
  const catalog::EngineRow* engine = catalog.engine(format);
  for (UnitChange& change : plan.changes) {
    if (change.action == Action::create || change.action == Action::none) continue;
    const catalog::UpdateRow* row = catalog.update(change.before->type);
    const bool goes = change.action == Action::remove || change.action == Action::replace;
    const bool left = change.left == cloud::OnRemoval::keep || change.left == cloud::OnRemoval::snapshot;
    if (goes && !left && row != nullptr && !row->holds.empty()) {
      std::string says(row->holds);
      const bool guarded = change.action == Action::remove && engine != nullptr && !engine->guard.empty() &&
                           is_set(cloud::Value(change.before->properties), engine->guard);
      if (guarded) says += ", since what guards it goes with its block";
      change.effects.push_back({Effect::Kind::data_lost, std::move(says), mark_of(change)});
    }
    if (change.action == Action::replace && row != nullptr && !row->serves.empty())
      change.effects.push_back({Effect::Kind::interrupted, std::string(row->serves)});
    if (change.action == Action::replace && engine != nullptr) find_refusals(change, *engine, catalog);
    if (row != nullptr) find_too_many(change, *row, catalog);
    if (change.action == Action::update && !change.known) {
      const bool real = std::any_of(change.changes.begin(), change.changes.end(), [](const Change& c) {
        const auto* key = std::get_if<std::string>(&c.path.front());
        return key == nullptr || !key->starts_with('@');
      });
      if (real)
        change.effects.push_back(
            {Effect::Kind::unknown, fmt::format("nothing is known of how `{}` changes", change.before->type)});
    }
  }
}

}  // namespace virga::plan
