#include "compiler/plan/report.h"

#include <set>

namespace virga::plan {

bool Report::changes() const {
  return std::any_of(stacks.begin(), stacks.end(), [](const StackReport& s) { return s.plan.acts(); });
}

namespace {

std::size_t count(const Report& report, Effect::Kind kind) {
  std::size_t n = 0;
  for (const StackReport& s : report.stacks) {
    for (const UnitChange& c : s.plan.changes) {
      for (const Effect& e : c.effects) n += e.kind == kind && e.accepted.empty() ? 1 : 0;
    }
  }
  return n;
}

}  // namespace

std::size_t Report::blocked() const { return count(*this, Effect::Kind::data_lost); }
std::size_t Report::refused() const { return count(*this, Effect::Kind::refused); }

std::vector<std::string> accept_losses(Report& report, const std::map<std::string, std::string>& accepted) {
  std::set<std::string> used;
  for (StackReport& s : report.stacks) {
    for (UnitChange& c : s.plan.changes) {
      for (Effect& e : c.effects) {
        if (e.kind != Effect::Kind::data_lost) continue;
        const auto found = accepted.find(e.mark);
        if (found == accepted.end()) continue;
        used.insert(e.mark);
        e.accepted = found->second;
      }
    }
  }
  std::vector<std::string> unused;
  for (const auto& [mark, why] : accepted) {
    if (!used.contains(mark)) unused.push_back(mark);
  }
  return unused;
}

}  // namespace virga::plan
