// What stands, as the command line says it: for plans and for drift.
#pragma once

#include "compiler/cli/compiled.h"
#include "compiler/driver/plan.h"
#include "compiler/plan/workspace.h"

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

void add_standing(Command& command, StandingOptions& options);
/// `--base` and `--state` alone, for what only has to know what stands.
void add_past(Command& command, StandingOptions& options);
/// ` --base main`: for the shell; without `--deployed`.
[[nodiscard]] std::string past_of(const StandingOptions& options);

/// What stands of an app by a revision or a record. An exit code; what is wrong has been reported.
[[nodiscard]] int read_past(const Common& common, const StandingOptions& options, StandingFiles& out);
/// The same for what only has to know what stays where it is: into `common.stands`.
[[nodiscard]] int read_stands(Common& common, const StandingOptions& options);
/// For an app of a workspace, whose records lie in the folder `options.record`: its own. An exit code.
[[nodiscard]] int own_record(const Common& common, StandingOptions& options);

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

/// Compiles an app, and reads what stands of it. An exit code.
[[nodiscard]] int compile_with_past(const Common& common, const StandingOptions& options, PlannedApp& out);

/// An exit code; what is wrong has been reported. `all`: what stands of targets and regions that the app names no more goes.
[[nodiscard]] int plan_for(const Common& common, const StandingOptions& options, bool all, PlannedApp& out);

/// All apps of the workspace at `common.path`, in an order in which they can be deployed; `whole` gets its name, and what is
/// no part of it any more. Records of its apps lie in one folder, which `options.record` names.
[[nodiscard]] int plan_workspace(const Common& common, const StandingOptions& options, bool all,
                                 std::vector<PlannedApp>& out, plan::Workspace& whole);

/// Whether `virga compile` writes down which stack something stands in, for which it has to know what stands.
[[nodiscard]] bool places(const std::vector<PlannedApp>& apps);

/// Where the record of an app of a workspace lies.
[[nodiscard]] std::string record_in(const std::string& folder, const std::string& app);

}  // namespace virga::cli
