// What stands, as the command line says it: for plans and for drift.
#pragma once

#include "compiler/cli/compiled.h"
#include "compiler/driver/plan.h"

namespace virga::cli {

struct StandingOptions {
  std::string base;  ///< a revision
  std::string record;  ///< a file that `virga record` wrote
  std::vector<std::string> deployed;  ///< a template as the engine gives it out
  std::string part;  ///< of an app that is parted: only this one of its stacks
};

/// What stands, and what it is made of.
struct StandingFiles {
  std::unique_ptr<Compiled> earlier;
  driver::Standing standing;
};

void add_standing(CLI::App& command, StandingOptions& options);

/// Compiles and reports. Null when it ends here, with what `exit` says.
[[nodiscard]] std::unique_ptr<Compiled> compile_for_plan(const Common& common, int& exit);

/// An app, what stands of it, and the plan that refers to both.
struct PlannedApp {
  std::unique_ptr<Compiled> app;
  StandingFiles stands;
  driver::Planned planned;
  /// `shop.virga:4`
  [[nodiscard]] std::string place(Span span) const;
};

/// An exit code; what is wrong has been reported. `all`: what stands of targets and regions that the app names no more goes.
[[nodiscard]] int plan_for(const Common& common, const StandingOptions& options, bool all, PlannedApp& out);

}  // namespace virga::cli
