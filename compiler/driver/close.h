// Limits that a change comes close to and that it was not close to before.
#pragma once

#include "compiler/driver/compile.h"
#include "compiler/passes/uses.h"
#include "compiler/plan/report.h"

#include <span>

namespace virga::driver {

/// How much of each limit on a template one side of a stack's plan takes. `stack` is null when only its units are known.
[[nodiscard]] std::vector<passes::Use> stack_uses(const cloud::Target& target, const TargetStack* stack,
                                                  std::span<const cloud::Unit> units);
/// And how much the app takes of all others. `first`: of its stacks on the target and in the region, the one that has the
/// decisions.
[[nodiscard]] std::vector<passes::Use> app_uses(const FrontEnd& front, const TargetStack& first);

/// Those of which one more mark is reached than before. What was not there before took nothing.
[[nodiscard]] std::vector<plan::Close> newly_close(const std::vector<passes::Use>& before,
                                                   const std::vector<passes::Use>& after);

}  // namespace virga::driver
