#include "compiler/plan/workspace.h"

#include "compiler/plan/steps.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::plan {
std::vector<std::string> left_lines(const Workspace& workspace) {
  std::vector<std::string> out;
  for (const std::string& folder : workspace.left) {
    out.push_back(
        fmt::format("`{}` is no app of the workspace any more. What stands of it stays, managed by nobody: plan and "
                    "remove it at a revision that has it",
                    folder));
  }
  return out;
}

std::vector<const Report*> Workspace::reports() const {
  std::vector<const Report*> out;
  for (const App& app : apps) out.push_back(app.report);
  return out;
}

bool Workspace::changes() const {
  return std::any_of(apps.begin(), apps.end(), [](const App& app) { return app.report->changes(); });
}

std::string render_text(const Workspace& workspace) {
  std::string out;
  bool all = false;
  for (const Workspace::App& app : workspace.apps) {
    TextOptions options = app.options;
    options.order = false;  // theirs is one
    out += render_text(*app.report, options);
    all = all || app.options.all;
  }
  for (const std::string& line : left_lines(workspace)) out += line + "\n";
  if (!all) return out;
  const std::vector<const Report*> apps = workspace.reports();
  for (const std::string& l : lines(order_of(apps), apps)) out += l + "\n";
  return out;
}

std::string render_markdown(const Workspace& workspace) {
  std::string out, quiet;
  for (const Workspace::App& app : workspace.apps) {
    if (!app.report->changes()) quiet += (quiet.empty() ? "" : ", ") + app.report->app;
    else out += render_markdown(*app.report, app.options) + "\n";
  }
  for (const std::string& line : left_lines(workspace)) out += line + "\n\n";
  if (!quiet.empty()) out += fmt::format("**{}**: nothing changes\n", quiet);
  return out;
}

}  // namespace virga::plan
