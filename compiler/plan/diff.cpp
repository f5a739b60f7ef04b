#include "compiler/cloud/references.h"
#include "compiler/plan/plan.h"

#include <algorithm>
#include <unordered_map>

namespace virga::plan {
namespace {

using cloud::Unit;
using cloud::Value;

/// The values that a pattern leads to, from `value` on: of `*.Name` the names of all items.
void select(const Value& value, std::string_view pattern, cloud::Values& out) {
  if (pattern.empty()) {
    out.push_back(value);
    return;
  }
  const std::string_view part = pattern.substr(0, pattern.find('.'));
  const std::string_view rest = pattern.substr(std::min(pattern.size(), part.size() + 1));
  if (const auto* list = value.get<cloud::Values>()) {
    for (const Value& item : *list) select(item, part == "*" ? rest : pattern, out);
  } else if (const auto* object = value.get<cloud::Object>()) {
    if (const Value* found = object->find(part)) select(*found, rest, out);
  }
}

/// The change takes in more than the pattern names: is what it names another one too?
bool differs_within(const Change& change, std::string_view pattern) {
  for (const PathStep& step : change.path) {
    const std::string_view part = pattern.substr(0, pattern.find('.'));
    if (std::holds_alternative<std::size_t>(step) && part != "*") continue;
    pattern.remove_prefix(std::min(pattern.size(), part.size() + 1));
  }
  if (pattern.empty()) return true;
  cloud::Values before, after;
  if (change.before) select(*change.before, pattern, before);
  if (change.after) select(*change.after, pattern, after);
  return before != after;
}

bool any_touched(const Change& change, std::span<const std::string_view> patterns) {
  return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view pattern) {
    return touches(change.path, pattern) && differs_within(change, pattern);
  });
}

Weight weight_of(const Change& change, const catalog::UpdateRow* row) {
  if (row == nullptr) return Weight::in_place;
  if (any_touched(change, row->replaces)) return Weight::replaces;
  return any_touched(change, row->may_replace) ? Weight::may_replace : Weight::in_place;
}

/// A reference somewhere in a unit's properties.
struct Reference {
  std::size_t user;  ///< among the wanted units
  Path path;
  const Value* value;  ///< as a whole the property's, so that the change is of the property
  std::string_view attribute;  ///< that it asks for; empty for the unit itself
};

class Differ {
 public:
  Differ(std::span<const Unit> standing, std::span<const Unit> wanted, const catalog::Catalog& catalog)
      : standing_(standing), wanted_(wanted), catalog_(catalog) {}

  StackPlan run() {
    std::unordered_map<std::string_view, const Unit*> before;
    before.reserve(standing_.size());
    for (const Unit& unit : standing_) before.emplace(unit.address, &unit);
    changes_.resize(wanted_.size());
    std::vector<std::size_t> replaced;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      const auto found = before.find(wanted_[i].address);
      changes_[i] = found == before.end() ? created(wanted_[i]) : compared(*found->second, wanted_[i]);
      if (found != before.end()) before.erase(found);
      if (changes_[i].action == Action::replace) replaced.push_back(i);
    }
    if (!replaced.empty()) follow(std::move(replaced));
    StackPlan plan;
    for (UnitChange& change : changes_) {
      if (change.action == Action::none) ++plan.unchanged;
      if (change.action != Action::none || !change.changes.empty()) plan.changes.push_back(std::move(change));
    }
    for (const Unit& unit : standing_) {
      if (before.contains(unit.address)) plan.changes.push_back(removed(unit));
    }
    return plan;
  }

 private:
  static UnitChange created(const Unit& unit) {
    UnitChange change;
    change.action = Action::create;
    change.after = &unit;
    return change;
  }

  static UnitChange removed(const Unit& unit) {
    UnitChange change;
    change.action = Action::remove;
    change.before = &unit;
    change.left = unit.on_removal;
    return change;
  }

  UnitChange compared(const Unit& before, const Unit& after) const {
    UnitChange change;
    change.before = &before;
    change.after = &after;
    if (before == after) return change;
    const catalog::UpdateRow* row = catalog_.update(after.type);
    change.known = row != nullptr;
    change.derived = row != nullptr && row->derived;
    change.changes = changes_of(before, after);
    for (Change& c : change.changes) {
      c.weight = weight_of(c, row);
      const auto* name = std::get_if<std::string>(&c.path.front());
      if (c.weight == Weight::replaces) change.action = Action::replace;
      else if (change.action == Action::none && (name == nullptr || *name != kDependsOn)) change.action = Action::update;
    }
    if (before.type != after.type) change.action = Action::replace;
    if (change.action == Action::replace) change.left = before.on_replace;
    return change;
  }

  /// What refers to a replaced unit gets another value, and may be replaced itself.
  void follow(std::vector<std::size_t> replaced) {
    std::unordered_map<std::string_view, std::vector<Reference>> users;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      Path path;
      for (const cloud::Member& m : wanted_[i].properties.members) {
        path.assign(1, PathStep(m.key));
        collect(i, path, m.value, users);
      }
    }
    for (std::size_t next = 0; next < replaced.size(); ++next) {
      const std::size_t at = replaced[next];
      for (const Reference& r : users[wanted_[at].address]) {
        if (stays(changes_[at], r.attribute)) continue;
        UnitChange& user = changes_[r.user];
        if (user.action == Action::create || r.user == at) continue;
        const bool told = std::any_of(user.changes.begin(), user.changes.end(), [&](const Change& c) {
          return c.path.size() <= r.path.size() && std::equal(c.path.begin(), c.path.end(), r.path.begin());
        });
        if (told) continue;
        const catalog::UpdateRow* row = catalog_.update(wanted_[r.user].type);
        Change change{r.path, *r.value, *r.value, Weight::in_place, wanted_[at].address};
        change.weight = weight_of(change, row);
        user.known = row != nullptr;
        user.derived = row != nullptr && row->derived;
        if (change.weight == Weight::replaces && user.action != Action::replace) {
          user.action = Action::replace;
          user.left = user.before->on_replace;
          replaced.push_back(r.user);
        } else if (user.action == Action::none) {
          user.action = Action::update;
        }
        user.changes.push_back(std::move(change));
      }
    }
  }

  /// An attribute that is a property of the unit with the same name, and says the same as before.
  static bool stays(const UnitChange& change, std::string_view attribute) {
    if (attribute.empty() || change.before == nullptr) return false;
    const Value* before = change.before->properties.find(attribute);
    const Value* after = change.after->properties.find(attribute);
    return before != nullptr && after != nullptr && *before == *after;
  }

  /// References in a value, each with the path of the innermost property that holds it.
  static void collect(std::size_t user, Path& path, const Value& value,
                      std::unordered_map<std::string_view, std::vector<Reference>>& users) {
    if (const auto* object = value.get<cloud::Object>()) {
      for (const cloud::Member& m : object->members) {
        path.emplace_back(m.key);
        collect(user, path, m.value, users);
        path.pop_back();
      }
    } else if (const auto* list = value.get<cloud::Values>()) {
      for (std::size_t i = 0; i < list->size(); ++i) {
        path.emplace_back(i);
        collect(user, path, (*list)[i], users);
        path.pop_back();
      }
    } else {
      cloud::for_each_value(value, [&](const Value& v) {
        if (const auto* ref = v.get<cloud::Ref>()) users[ref->resource].push_back({user, path, &value, {}});
        else if (const auto* get = v.get<cloud::GetAtt>())
          users[get->resource].push_back({user, path, &value, get->attribute});
      });
    }
  }

  std::span<const Unit> standing_, wanted_;
  const catalog::Catalog& catalog_;
  std::vector<UnitChange> changes_;
};

}  // namespace

StackPlan diff(std::span<const Unit> standing, std::span<const Unit> wanted, const catalog::Catalog& catalog) {
  return Differ(standing, wanted, catalog).run();
}

}  // namespace virga::plan
