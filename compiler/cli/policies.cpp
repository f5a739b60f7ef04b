#include "compiler/cli/policies.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace virga::cli {
namespace {

/// Policies of another plan that still lie in the folder, where somebody could take them for this one's.
void tell_stale(const std::string& folder, const std::map<std::string, std::string>& written) {
  std::error_code none;
  std::set<std::string> stale;
  for (const auto& file : std::filesystem::directory_iterator(folder, none)) {
    const std::string name = file.path().filename().string();
    const auto targets = cloud::all_targets();
    const bool ours =
        std::any_of(targets.begin(), targets.end(), [&](const auto& t) { return name.starts_with(t.name() + "."); });
    if (ours && name.ends_with(".json") && !written.contains(name)) stale.insert(name);
  }
  for (const std::string& name : stale) complain("`" + name + "` in `" + folder + "` is of another plan, not of this one");
}

}  // namespace

int write_policies(const plan::Workspace& plans, const std::string& folder) {
  std::map<std::string, std::map<std::string, std::string>> folders;  // below the folder → its files
  std::map<std::string, std::string> files;
  for (const plan::Report* report : plans.reports()) {
    const std::string below = plans.name.empty() ? "" : report->app;
    folders[below] = plan::policy_files(*report);
    for (const auto& [name, text] : folders[below]) files[(below.empty() ? "" : below + "/") + name] = text;
  }
  if (files.empty()) {
    complain("nothing is deployed, so nobody needs a permission, and no policy is written");
  } else if (auto error = write_files(folder, files)) {
    complain(error->message);
    return kWorld;
  }
  for (const auto& [below, written] : folders) tell_stale(below.empty() ? folder : folder + "/" + below, written);
  for (const plan::Report* report : plans.reports()) {
    for (const plan::StackReport& s : report->stacks) {
      for (const std::string& note : s.policy.notes) complain(plan::title_of(s) + ": " + note);
    }
  }
  return kFine;
}

}  // namespace virga::cli
