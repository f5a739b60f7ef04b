// The commands that carry out the plan of a stack, and what they ask for.
#pragma once

#include "compiler/driver/compile.h"
#include "compiler/plan/report.h"

#include <functional>

namespace virga::driver {

/// Where the templates of an app lie, and what lies beside them.
struct Output {
  std::string folder = "out";  ///< `out/<target>/<region>/…`
  /// The folder of another app of the same workspace, when it has a stack for this target and region; empty when not.
  std::function<std::string(const std::string& app, const cloud::Target&, const std::string& region)> beside = {};
};

/// New code, commands and variables into `report`, whose plan is made. `stack`: what is wanted, or
/// what stood when the stack goes; null when that is not known.
/// `several`: the target has a stack in more than one region.
void add_commands(plan::StackReport& report, const FrontEnd& front, const cloud::Target& target, const TargetStack* stack,
                  bool several, const Output& output);

}  // namespace virga::driver
