// What every form of a plan says of a stack in the same words, and in the same order.
#include "compiler/plan/report.h"

#include <fmt/format.h>

#include <map>
#include <tuple>

namespace virga::plan {

std::string title_of(const StackReport& s) {
  return s.target + (s.region.empty() ? "" : " in " + s.region) + (s.part.empty() ? "" : ", stack " + s.name);
}

std::string money_text(double least, double most) {
  const std::string a = fmt::format("{:.2f}", least), b = fmt::format("{:.2f}", most);
  return a == b ? a : a + " to " + b;
}

std::string remarks(const UnitChange& c) {
  std::string out;
  if (c.left == cloud::OnRemoval::keep) out += ", and what stood stays, managed by nobody";
  if (c.left == cloud::OnRemoval::snapshot) out += ", and a snapshot of what stood stays";
  if (c.derived && c.action == Action::replace) out += "  (derived from another tool's word)";
  return out;
}

std::vector<OwnedChanges> by_owner(const StackReport& s) {
  std::vector<OwnedChanges> out;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> known;
  for (std::size_t i = 0; i < s.owners.size(); ++i) {
    if (s.plan.changes[i].action == Action::none) continue;
    const Owner& o = s.owners[i];
    const auto [found, fresh] = known.try_emplace({o.name, o.kind, o.identity}, out.size());
    if (fresh) out.push_back({o, {}});
    OwnedChanges& owned = out[found->second];
    owned.changes.push_back(i);
    if (owned.owner.place.empty()) owned.owner.place = o.place;  // of what is gone nobody knows it
  }
  return out;
}

}  // namespace virga::plan
