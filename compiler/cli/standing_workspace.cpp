// What stands of a whole workspace: each of its apps against its own past.
#include "compiler/cli/shell.h"
#include "compiler/cli/standing.h"
#include "compiler/cli/workspace.h"
#include "compiler/cloud/naming.h"
#include "compiler/driver/revision.h"
#include "compiler/driver/workspace.h"

#include <algorithm>
#include <filesystem>

namespace virga::cli {
namespace {

/// Apps that the workspace had at the revision and has no more, by their folders.
int find_left(const Common& common, const std::string& revision, const std::vector<std::string>& apps,
              std::vector<std::string>& out) {
  auto then = driver::open_revision(common.path, revision);
  if (!then) {
    if (driver::is_revision(common.path, revision)) return kFine;  // nothing stood here
    complain(then.error().message);
    return kWorld;
  }
  driver::Workspace workspace;
  diag::Sink ignored;  // what was wrong then
  if (!driver::read_workspace(*then->files, "", workspace, ignored)) return kFine;
  for (const std::string& folder : workspace.apps) {
    const auto is = [&](const std::string& app) { return app == folder || app.ends_with("/" + folder); };
    if (std::none_of(apps.begin(), apps.end(), is)) out.push_back(folder);
  }
  return kFine;
}

}  // namespace

std::string record_in(const std::string& folder, const std::string& app) { return folder + "/" + app + ".state.json"; }

bool places(const std::vector<PlannedApp>& apps) {
  return std::any_of(apps.begin(), apps.end(), [](const PlannedApp& app) {
    return std::any_of(app.app->stacks.begin(), app.app->stacks.end(), [](const auto& s) { return !s.placed.empty(); });
  });
}

int own_record(const Common& common, StandingOptions& o) {
  if (o.record.empty()) return kFine;
  // Records are called as the apps are, which their programs say.
  const auto session = open(common);
  if (!session) return kWorld;
  const std::string& name = session->front.architecture.app.name;
  o.record = record_in(o.record, name);
  std::error_code error;
  if (std::filesystem::exists(o.record, error)) return kFine;
  complain("there is no `" + o.record + "`: a first deployment of `" + name + "`");
  o.record.clear();
  return kFine;
}

int plan_workspace(const Common& common, const StandingOptions& o, bool all, std::vector<PlannedApp>& out,
                   plan::Workspace& whole) {
  if (!o.deployed.empty()) {
    complain("`--deployed` is about one stack: name the folder of one app, its target and its region");
    return kUsage;
  }
  const auto workspace = open_workspace(common.path, Form::text);
  if (!workspace) return kWorld;
  if (workspace->failed) return kErrors;
  whole.name = workspace->name;
  if (!o.base.empty()) {
    if (const int found = find_left(common, o.base, workspace->apps, whole.left); found != kFine) return found;
  }
  out = std::vector<PlannedApp>(workspace->apps.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    Common own = common;
    own.path = workspace->apps[i];
    StandingOptions past = o;
    if (const int found = own_record(own, past); found != kFine) return found;
    if (const int exit = compile_with_past(own, past, out[i]); exit != kFine) return exit;
  }
  const auto giver_of = [&out](const Import& import, const cloud::Target& target,
                               const std::string& region) -> std::optional<driver::Giver> {
    for (const PlannedApp& other : out) {
      if (other.app->session->front.architecture.app.name != import.app) continue;
      for (const driver::TargetStack& s : other.app->stacks) {
        const auto& outputs = s.lowered.stack.outputs;
        const bool gives = std::any_of(outputs.begin(), outputs.end(),
                                       [&](const auto& one) { return one.name == cloud::logical_id(import.output); });
        if (gives && s.target.name() == target.name() && s.region == region)
          return driver::Giver{driver::template_folder("out/" + import.app, s.target.name(), s.region, s.part),
                               s.lowered.stack.name};
      }
    }
    return std::nullopt;
  };
  for (PlannedApp& app : out) {
    const std::string& name = app.app->session->front.architecture.app.name;
    app.planned =
        driver::make_plan(app.app->session->front, app.app->stacks, app.stands.standing, all, {"out/" + name, giver_of});
  }
  // One command makes the templates of all.
  for (PlannedApp& app : out) {
    if (!app.planned.report.changes()) continue;
    app.planned.report.make = {compile_command(common) + (places(out) ? past_of(o) : "")};
    break;
  }
  return kFine;
}

}  // namespace virga::cli
