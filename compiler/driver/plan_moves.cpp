// What a plan does between the stacks of an app: resources that go from one to another, and values that one takes of
// another.
#include "compiler/cloud/crossing.h"
#include "compiler/cloud/dump.h"
#include "compiler/cloud/references.h"
#include "compiler/driver/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace virga::driver {
namespace {

using plan::Action;
using plan::Effect;

/// Where a change stands in a report.
struct At {
  std::size_t stack = 0, change = 0;
};

class Moves {
 public:
  Moves(plan::Report& report, const std::vector<MovedStack>& stacks) : report_(report), stacks_(stacks) {}

  void run() {
    std::map<std::string, std::vector<std::size_t>> together;  // stacks of one target and region, in their order
    for (std::size_t i = 0; i < report_.stacks.size(); ++i)
      together[report_.stacks[i].target + " " + report_.stacks[i].region].push_back(i);
    for (const auto& [where, of] : together) {
      if (of.size() < 2) continue;
      find_moved(of);
      find_taken(of);
    }
  }

 private:
  plan::UnitChange& change(const At& at) { return report_.stacks[at.stack].plan.changes[at.change]; }
  [[nodiscard]] const std::string& owner(const At& at) const { return report_.stacks[at.stack].owners[at.change].name; }
  [[nodiscard]] cloud::Target target(std::size_t stack) const { return cloud::find_target(report_.stacks[stack].target); }

  void find_moved(const std::vector<std::size_t>& of) {
    std::map<std::pair<std::string, std::string>, At> gone;
    for (const std::size_t i : of) {
      for (std::size_t c = 0; c < report_.stacks[i].plan.changes.size(); ++c) {
        const plan::UnitChange& one = report_.stacks[i].plan.changes[c];
        if (one.action == Action::remove) gone.emplace(std::pair(one.before->address, one.before->type), At{i, c});
      }
    }
    std::set<std::tuple<std::string, std::size_t, std::size_t>> told;
    for (const std::size_t i : of) {
      for (std::size_t c = 0; c < report_.stacks[i].plan.changes.size(); ++c) {
        const plan::UnitChange& one = report_.stacks[i].plan.changes[c];
        if (one.action != Action::create) continue;
        const auto from = gone.find({one.after->address, one.after->type});
        if (from == gone.end()) continue;
        const At to{i, c};
        told.emplace(owner(to), from->second.stack, i);
        find_taken_name(from->second, to);
      }
    }
    for (const auto& [who, from, to] : told) {
      const std::string what = who.empty() ? "what belongs to the whole app" : "`" + who + "`";
      const std::string says = fmt::format("{} moves from {} to {}: it is removed there and made here anew", what,
                                           report_.stacks[from].name, report_.stacks[to].name);
      report_.stacks[to].moves.push_back(says);
      report_.stacks[from].moves.push_back(
          fmt::format("{} moves from {} to {}", what, report_.stacks[from].name, report_.stacks[to].name));
    }
  }

  /// What is made while another one stands that has its name.
  void find_taken_name(const At& from, const At& to) {
    const catalog::Catalog& catalog = target(to.stack).backend->catalog();
    const cloud::Value* before = plan::own_name(*change(from).before, catalog);
    const cloud::Value* after = plan::own_name(*change(to).after, catalog);
    if (before == nullptr || after == nullptr || !(*before == *after)) return;
    const std::string name = cloud::to_text(*after);
    if (change(from).left == cloud::OnRemoval::keep) {
      refuse(to, fmt::format("what stood in {} stays, and is called {}", report_.stacks[from.stack].name, name));
    } else if (from.stack > to.stack) {
      refuse(to,
             fmt::format("{} is called {} until that stack is deployed, which comes after this one; take it out of there "
                         "in a deployment of its own first",
                         "what stands in " + report_.stacks[from.stack].name, name));
    }
  }

  void refuse(const At& at, std::string why) { change(at).effects.push_back({Effect::Kind::refused, std::move(why)}); }

  /// Values of what is removed or replaced, which another stack has taken.
  void find_taken(const std::vector<std::size_t>& of) {
    const cloud::Crosses* crosses = cloud::crosses(*target(of.front()).format);
    if (crosses == nullptr) return;
    std::map<std::string, std::set<std::size_t>> takers;  // what stands there of another stack, as text
    for (const std::size_t i : of) {
      for (const cloud::Unit& unit : stacks_[i].units) {
        cloud::for_each_value(cloud::Value(unit.properties), [&](const cloud::Value& v) {
          if (v.get<Box<cloud::Call>>() != nullptr) takers[cloud::to_text(v)].insert(i);
        });
      }
    }
    for (const std::size_t i : of) {
      const TargetStack* stack = stacks_[i].before != nullptr ? stacks_[i].before : stacks_[i].after;
      if (stack == nullptr) continue;
      for (const cloud::StackOutput& o : stack->lowered.stack.outputs) {
        const cloud::Crossing crossing = crosses->crossing(report_.stacks[i].name, o.name);
        const auto taken = takers.find(cloud::to_text(crossing.import));
        // A stack that is deployed before takes it no more by then.
        const auto by = taken == takers.end() ? std::set<std::size_t>::iterator{} : taken->second.upper_bound(i);
        if (taken == takers.end() || by == taken->second.end()) continue;
        const auto* ref = o.value.get<cloud::Ref>();
        const auto* get = o.value.get<cloud::GetAtt>();
        tell_taken(i,
                   ref != nullptr   ? ref->resource
                   : get != nullptr ? get->resource
                                    : "",
                   *by, !crossing.export_name.empty());
      }
    }
  }

  void tell_taken(std::size_t stack, const std::string& resource, std::size_t by, bool held) {
    plan::StackPlan& plan = report_.stacks[stack].plan;
    for (plan::UnitChange& c : plan.changes) {
      if (c.before == nullptr || c.before->resource != resource) continue;
      if (c.action != Action::remove && c.action != Action::replace) continue;
      const std::string& who = report_.stacks[by].name;
      const Effect effect =
          held ? Effect{Effect::Kind::refused,
                        fmt::format("the stack {} fetches its value, and the engine changes nothing that is fetched; take "
                                    "the reference out there first",
                                    who)}
               : Effect{Effect::Kind::interrupted,
                        fmt::format("what {} takes of it, and sees only when it is deployed itself,", who)};
      const bool told = std::any_of(c.effects.begin(), c.effects.end(),
                                    [&](const Effect& e) { return e.kind == effect.kind && e.says == effect.says; });
      if (!told) c.effects.push_back(effect);
    }
  }

  plan::Report& report_;
  const std::vector<MovedStack>& stacks_;
};

}  // namespace

void find_moves(plan::Report& report, const std::vector<MovedStack>& stacks) { Moves(report, stacks).run(); }

}  // namespace virga::driver
