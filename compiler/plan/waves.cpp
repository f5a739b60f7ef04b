// Who waits for whom: what is made or changed comes after what it refers to, what goes comes before it.
#include "compiler/cloud/references.h"
#include "compiler/plan/plan.h"

#include <algorithm>
#include <unordered_map>

namespace virga::plan {
namespace {

std::vector<std::string_view> needs(const cloud::Unit& unit) {
  std::vector<std::string_view> out(unit.depends_on.begin(), unit.depends_on.end());
  for (const cloud::Member& m : unit.properties.members) {
    cloud::for_each_value(m.value, [&](const cloud::Value& v) {
      if (const auto* ref = v.get<cloud::Ref>()) out.push_back(ref->resource);
      else if (const auto* get = v.get<cloud::GetAtt>()) out.push_back(get->resource);
    });
  }
  return out;
}

/// A wave is as late as the longest chain before it is long, so the chain can be followed back wave by wave. What goes waits
/// for all that is made, which is a step of the chain without an edge.
void find_longest(StackPlan& plan, const std::vector<std::vector<std::size_t>>& then) {
  std::vector<std::vector<std::size_t>> by_wave(plan.waves + 1);
  for (std::size_t i = 0; i < plan.changes.size(); ++i) by_wave[plan.changes[i].wave].push_back(i);
  std::vector<std::size_t> chain;
  for (std::size_t wave = plan.waves; wave > 0; --wave) {
    const auto before = std::find_if(by_wave[wave].begin(), by_wave[wave].end(), [&](std::size_t i) {
      return !chain.empty() && std::find(then[i].begin(), then[i].end(), chain.back()) != then[i].end();
    });
    chain.push_back(before != by_wave[wave].end() ? *before : by_wave[wave].front());
  }
  plan.critical.assign(chain.rbegin(), chain.rend());
}

}  // namespace

void find_waves(StackPlan& plan) {
  std::unordered_map<std::string_view, std::size_t> by_address;
  for (std::size_t i = 0; i < plan.changes.size(); ++i) by_address.emplace(plan.changes[i].unit().address, i);
  // Edges among what happens: first → then.
  std::vector<std::vector<std::size_t>> then(plan.changes.size());
  std::vector<std::size_t> waits(plan.changes.size(), 0);
  for (std::size_t i = 0; i < plan.changes.size(); ++i) {
    const UnitChange& change = plan.changes[i];
    const bool goes = change.action == Action::remove;
    for (const std::string_view address : needs(change.unit())) {
      const auto found = by_address.find(address);
      if (found == by_address.end() || found->second == i) continue;
      const bool other_goes = plan.changes[found->second].action == Action::remove;
      if (!goes && other_goes) continue;  // it stands without it from now on, or the template would not compile
      const std::size_t first = goes ? i : found->second, second = goes ? found->second : i;
      then[first].push_back(second);
      ++waits[second];
    }
  }
  // What is taken away waits for all that is made: engines clean up at the end.
  std::vector<std::size_t> now;
  const auto is_removal = [&](std::size_t i) { return plan.changes[i].action == Action::remove; };
  plan.waves = 0;
  for (const bool removals : {false, true}) {
    now.clear();
    for (std::size_t i = 0; i < plan.changes.size(); ++i) {
      if (is_removal(i) == removals && waits[i] == 0) now.push_back(i);
    }
    while (!now.empty()) {
      ++plan.waves;
      std::vector<std::size_t> next;
      for (const std::size_t i : now) {
        plan.changes[i].wave = plan.waves;
        for (const std::size_t t : then[i]) {
          if (--waits[t] == 0 && is_removal(t) == removals) next.push_back(t);
        }
      }
      std::sort(next.begin(), next.end());
      now = std::move(next);
    }
  }
  find_longest(plan, then);
}

}  // namespace virga::plan
