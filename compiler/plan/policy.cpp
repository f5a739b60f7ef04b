#include "compiler/plan/policy.h"

#include "compiler/plan/policy_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

namespace virga::plan {
namespace {

/// What is granted on one thing: its name, and the service that a role is handed to.
using Thing = std::pair<std::string, std::string>;
struct Granted {
  std::set<std::string> actions, whose;
  bool engine = false;  ///< the engine needs it for itself
};

class Collection {
 public:
  Collection(const PolicyRequest& request, const catalog::Catalog& catalog)
      : request_(request), catalog_(catalog), names_(request, catalog) {}

  Policy run() {
    Policy out;
    if (catalog_.policies.empty() || !request_.plan.acts()) return out;
    out.form = catalog_.policies.data();
    engine(out);
    for (std::size_t i = 0; i < request_.plan.changes.size(); ++i)
      change(request_.plan.changes[i], i < request_.owners.size() ? request_.owners[i] : "");
    out.unknown.assign(unknown_.begin(), unknown_.end());
    const catalog::Fact& largest = catalog_.fact(out.form->largest);
    out.documents = split_policy(statements(), *out.form, static_cast<std::size_t>(largest.value));
    notes(out, largest);
    return out;
  }

 private:
  /// What the engine does before it comes to any unit.
  void engine(Policy& out) {
    const catalog::DeployingRow* row = catalog_.deploying_with(request_.format);
    if (row == nullptr) {
      out.notes.push_back("nobody knows what the engine needs for itself");
      return;
    }
    if (!row->note.empty()) out.notes.push_back("left out: " + std::string(row->note));
    for (const catalog::Need& need : row->needs) {
      const auto on = names_.of(need.on, nullptr);
      grant(on, need.read, "", true);
      grant(on, request_.gone ? need.remove : request_.first ? need.create : need.update, "", true);
    }
  }

  void change(const UnitChange& c, const std::string& owner) {
    if (c.action == Action::none) return;
    const bool stays = c.left == cloud::OnRemoval::keep;
    switch (c.action) {
      case Action::none: break;
      case Action::create: unit(*c.after, Action::create, nullptr, owner); break;
      case Action::update: unit(*c.after, Action::update, c.before, owner); break;
      case Action::remove: unit(*c.before, stays ? Action::none : Action::remove, nullptr, owner); break;
      case Action::replace:
        unit(*c.after, Action::create, nullptr, owner);
        unit(*c.before, stays ? Action::none : Action::remove, nullptr, owner);
    }
  }

  /// `none`: it is looked at and left. `before`: of an update, what stands.
  void unit(const cloud::Unit& u, Action action, const cloud::Unit* before, const std::string& owner) {
    const catalog::DeployerRow* row = catalog_.deployer_of(u.type);
    if (row == nullptr) {
      unknown_.insert(u.type);
      return;
    }
    if (row->derived) derived_.insert(u.type);
    for (const catalog::Need& need : row->needs) {
      const auto says = [&](const cloud::Unit* of) {
        return of != nullptr && std::any_of(need.when.begin(), need.when.end(),
                                            [&](std::string_view p) { return !values_at(of->properties, p).empty(); });
      };
      if (!need.when.empty() && !says(&u) && !says(before)) continue;
      if (!need.changes.empty() && !changes(need.changes, u, before)) continue;
      const bool made = action == Action::create || action == Action::update;
      if (!need.passes.empty()) {
        if (!made) continue;
        const auto roles = names_.roles(need.passes, u);
        const std::string_view pass[] = {catalog_.policies.front().pass};
        grant(roles, pass, owner, false, std::string(need.to));
        grant(roles, action == Action::create ? need.create : need.update, owner, false);
        continue;
      }
      const auto on = names_.of(need.on, &u);
      grant(on, need.read, owner, false);
      if (action == Action::create) grant(on, need.create, owner, false);
      if (action == Action::update) grant(on, need.update, owner, false);
      if (action == Action::remove) grant(on, need.remove, owner, false);
    }
    if (!row->nested.empty()) nested(u, action, before, row->nested, owner);
  }

  /// Whether one of the properties is new, or another one than `before` says.
  static bool changes(std::span<const std::string_view> properties, const cloud::Unit& u, const cloud::Unit* before) {
    return std::any_of(properties.begin(), properties.end(), [&](std::string_view property) {
      const auto now = values_at(u.properties, property);
      const auto then = before == nullptr ? std::vector<const cloud::Value*>{} : values_at(before->properties, property);
      return !std::equal(now.begin(), now.end(), then.begin(), then.end(),
                         [](const cloud::Value* a, const cloud::Value* b) { return *a == *b; });
    });
  }

  /// The resources of a template that a unit carries, by their names.
  static std::map<std::string, cloud::Unit> inner_units(const cloud::Unit* u, std::string_view property) {
    std::map<std::string, cloud::Unit> out;
    const cloud::Value* value = u == nullptr ? nullptr : u->properties.find(property);
    if (value == nullptr) return out;
    if (const auto* call = value->get<Box<cloud::Call>>()) value = &(*call)->argument;
    if (const auto* list = value->get<cloud::Values>(); list != nullptr && !list->empty()) value = &list->front();
    const auto* body = value->get<cloud::Object>();
    const cloud::Value* resources = body == nullptr ? nullptr : body->find("Resources");
    const auto* members = resources == nullptr ? nullptr : resources->get<cloud::Object>();
    if (members == nullptr) return out;
    for (const cloud::Member& m : members->members) {
      const auto* resource = m.value.get<cloud::Object>();
      const cloud::Value* type = resource == nullptr ? nullptr : resource->find("Type");
      if (type == nullptr || type->get<std::string>() == nullptr) continue;
      cloud::Unit& inner = out[m.key];
      inner.address = inner.resource = m.key;
      inner.type = *type->get<std::string>();
      const cloud::Value* properties = resource->find("Properties");
      if (properties != nullptr && properties->get<cloud::Object>() != nullptr)
        inner.properties = *properties->get<cloud::Object>();
    }
    return out;
  }

  void nested(const cloud::Unit& u, Action action, const cloud::Unit* before, std::string_view property,
              const std::string& owner) {
    const auto now = inner_units(&u, property), then = inner_units(before, property);
    if (now.empty() && u.properties.find(property) != nullptr) unread_.insert(u.address);
    for (const auto& [name, inner] : now) {
      const auto old = then.find(name);
      if (action != Action::update) unit(inner, action, nullptr, owner);
      else if (old == then.end()) unit(inner, Action::create, nullptr, owner);
      else if (!(old->second == inner)) unit(inner, Action::update, &old->second, owner);
    }
    for (const auto& [name, inner] : then) {
      if (!now.contains(name)) unit(inner, Action::remove, nullptr, owner);
    }
  }

  void grant(const std::vector<std::string>& on, std::span<const std::string_view> actions, const std::string& owner,
             bool engine, const std::string& to = {}) {
    if (actions.empty()) return;
    for (const std::string& name : on) {
      Granted& g = granted_[{name, to}];
      g.actions.insert(actions.begin(), actions.end());
      if (!owner.empty()) g.whose.insert(owner);
      g.engine = g.engine || engine;
    }
  }

  /// Things of which the same is granted stand together; what is granted on everything, nowhere else.
  std::vector<Statement> statements() {
    std::set<std::string> everywhere;
    if (const auto all = granted_.find({"*", ""}); all != granted_.end()) everywhere = all->second.actions;
    std::map<std::tuple<std::string, std::set<std::string>>, Statement> merged;
    for (const auto& [thing, g] : granted_) {
      std::set<std::string> actions = g.actions;
      if (thing.first != "*" && thing.second.empty()) {
        std::set<std::string> rest;
        std::set_difference(actions.begin(), actions.end(), everywhere.begin(), everywhere.end(),
                            std::inserter(rest, rest.end()));
        actions = std::move(rest);
      }
      if (actions.empty()) continue;
      Statement& s = merged[{thing.second, actions}];
      s.actions.assign(actions.begin(), actions.end());
      s.passed_to = thing.second;
      s.on.push_back(thing.first);
      s.whose.insert(s.whose.end(), g.whose.begin(), g.whose.end());
    }
    std::vector<Statement> out;
    for (auto& [key, s] : merged) {
      std::sort(s.whose.begin(), s.whose.end());
      s.whose.erase(std::unique(s.whose.begin(), s.whose.end()), s.whose.end());
      out.push_back(std::move(s));
    }
    std::sort(out.begin(), out.end(), [](const Statement& a, const Statement& b) {
      return std::tie(a.on, a.passed_to, a.actions) < std::tie(b.on, b.passed_to, b.actions);
    });
    return out;
  }

  static std::string list(const std::set<std::string>& items) { return fmt::format("`{}`", fmt::join(items, "`, `")); }

  void notes(Policy& out, const catalog::Fact& largest) {
    if (!out.unknown.empty())
      out.notes.push_back(fmt::format("nobody knows what {} needs; it must be allowed besides", list(unknown_)));
    for (const std::string& address : unread_)
      out.notes.push_back(
          fmt::format("the template that `{}` carries is not read, so what it needs is not in here", address));
    if (const auto all = granted_.find({"*", ""}); all != granted_.end())
      out.notes.push_back(fmt::format("on everything, since no name narrows them: {}", list(all->second.actions)));
    std::string stands;
    if (names_.account) stands = "the account";
    if (names_.region) stands += (stands.empty() ? "" : " and ") + std::string("the region");
    if (!names_.nameless.empty())
      stands +=
          fmt::format("{}what is known only afterwards of {}", stands.empty() ? "" : ", and for ", list(names_.nameless));
    if (!stands.empty()) out.notes.push_back("`*` stands for " + stands);
    if (!derived_.empty())
      out.notes.push_back(
          fmt::format("derived from how the cloud names its actions, which no source says of {}", list(derived_)));
    if (out.documents.size() > 1)
      out.notes.push_back(fmt::format("{} documents, since one may hold {} at most ({})", out.documents.size(),
                                      catalog::amount_text(largest), catalog::cite(largest)));
  }

  const PolicyRequest& request_;
  const catalog::Catalog& catalog_;
  PolicyNames names_;
  std::map<Thing, Granted> granted_;
  std::set<std::string> unknown_, derived_, unread_;
};

}  // namespace

Policy policy_of(const PolicyRequest& request, const catalog::Catalog& catalog) {
  return Collection(request, catalog).run();
}

}  // namespace virga::plan
