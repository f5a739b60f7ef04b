// What an app costs in a month, for each target.
#pragma once

#include "compiler/cost/estimate.h"
#include "compiler/driver/compile.h"

namespace virga::driver {

struct TargetCost {
  cloud::Target target;
  std::string region;  ///< whose prices they are, by the engine's name; empty: the app names none
  cost::Estimate estimate;
};

/// Of stacks that were made of `front`, for each target. `region`: the one that was asked for; empty: all. What is returned
/// refers to `front`.
[[nodiscard]] std::vector<TargetCost> costs(const FrontEnd& front, const std::vector<TargetStack>& stacks,
                                            const std::string& region, const std::string& price_list);

/// What a month costs at the least on one target against the app's `budget`. `region`: whose stack was lowered; `only`: the
/// one that was asked for, empty for all.
void check_budget(const Architecture& architecture, const cloud::Target& target, const cloud::Lowered& lowered,
                  const std::string& region, const std::string& only, diag::Sink& sink);

}  // namespace virga::driver
