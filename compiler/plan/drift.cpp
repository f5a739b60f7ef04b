// What has drifted, for people: a change's old value is what the program says, its new one what stands.
#include "compiler/plan/report.h"

#include <fmt/format.h>

namespace virga::plan {

std::string render_drift(const Report& report, const TextOptions&) {
  std::string out;
  for (const StackReport& s : report.stacks) {
    const std::string where = s.target + (s.region.empty() ? "" : " in " + s.region);
    if (s.plan.changes.empty()) {
      out += fmt::format("{} on {}: stands as the program says\n", report.app, where);
      continue;
    }
    out += fmt::format("{} on {}: {} of its resources {} not as the program says\n", report.app, where,
                       s.plan.changes.size(), s.plan.changes.size() == 1 ? "is" : "are");
    for (std::size_t i = 0; i < s.plan.changes.size(); ++i) {
      const UnitChange& c = s.plan.changes[i];
      const Owner& owner = s.owners[i];
      const std::string whose =
          owner.name.empty() ? "" : ", of " + owner.name + (owner.place.empty() ? "" : " (" + owner.place + ")");
      out += fmt::format("  {}  {}{}{}\n", c.unit().address, c.unit().type, whose,
                         c.before == nullptr ? ": does not stand" : "");
      if (c.before == nullptr) continue;
      for (const Change& change : c.changes) {
        Change shown = change;
        shown.weight = Weight::in_place;
        for (const std::string& line : lines(shown)) out += "      " + line + "\n";
      }
    }
  }
  return out;
}

}  // namespace virga::plan
