#include "compiler/driver/close.h"

#include "compiler/driver/template_limits.h"

#include <map>

namespace virga::driver {
namespace {

/// Percent of a limit from which on somebody should know: with a fifth left there is time to ask for more or to part an app;
/// with a tenth there is little; then there is nothing. A decision, not a fact; docs/design-plan.md.
constexpr double kMarks[] = {80, 90, 100};
constexpr double kWhole = 100;

/// How many marks are reached; beyond the limit is one more.
int reached(const passes::Use& use) {
  int out = use.used > use.most ? 1 : 0;
  for (const double mark : kMarks) out += use.used * kWhole >= use.most * mark ? 1 : 0;
  return out;
}

double share(const passes::Use& use) { return use.most > 0 ? use.used / use.most : 0; }

}  // namespace

std::vector<passes::Use> stack_uses(const cloud::Target& target, const TargetStack* stack,
                                    std::span<const cloud::Unit> units) {
  std::vector<passes::Use> out = uses_of(target, units);
  if (stack == nullptr) return out;
  for (passes::Use& u : uses_of(target, stack->lowered.stack, stack->files)) out.push_back(std::move(u));
  return out;
}

std::vector<passes::Use> app_uses(const FrontEnd& front, const TargetStack& first) {
  const passes::Strategies strategies = strategies_of(first.lowered);
  return passes::uses_of(passes::Model(front.architecture, first.target.backend->catalog(), strategies, first.region),
                         strategies);
}

std::vector<plan::Close> newly_close(const std::vector<passes::Use>& before, const std::vector<passes::Use>& after) {
  std::map<std::string_view, const passes::Use*> was;
  for (const passes::Use& u : before) was.emplace(u.key, &u);
  std::vector<plan::Close> out;
  for (const passes::Use& now : after) {
    if (now.used <= 0) continue;
    const auto then = was.find(now.key);
    const passes::Use* old = then == was.end() ? nullptr : then->second;
    if (reached(now) <= (old == nullptr ? 0 : reached(*old))) continue;
    out.push_back({now.what, old == nullptr ? "" : old->used_text, now.used_text, now.most_text,
                   old == nullptr ? 0 : share(*old), share(now), now.source});
  }
  return out;
}

}  // namespace virga::driver
