// The commands that carry out the plan of a stack, and what they ask for.
#pragma once

#include "compiler/driver/compile.h"
#include "compiler/plan/report.h"

#include <functional>
#include <optional>

namespace virga::driver {

/// The stack of another app that gives a value.
struct Giver {
  std::string folder;  ///< of its template
  std::string stack;  ///< its name
};

/// `out/cloud.format/eu-central-1/2`: where the template of one stack lies below the folder of its app's.
[[nodiscard]] std::string template_folder(const std::string& folder, const std::string& target, const std::string& region,
                                          const std::string& part);

/// Where the templates of an app lie, and what lies beside them.
struct Output {
  std::string folder = "out";  ///< `out/<target>/<region>/…`
  /// Who of the same workspace gives it for this target and region, when somebody does.
  std::function<std::optional<Giver>(const Import&, const cloud::Target&, const std::string& region)> beside = {};
};

/// New code, commands and variables into `report`, whose plan is made. `stack`: what is wanted, or
/// what stood when the stack goes; null when that is not known.
/// `several`: the target has a stack in more than one region.
void add_commands(plan::StackReport& report, const FrontEnd& front, const cloud::Target& target, const TargetStack* stack,
                  bool several, const Output& output);

}  // namespace virga::driver
