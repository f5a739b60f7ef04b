// What whoever deploys needs, as files.
#pragma once

#include "compiler/cli/command.h"
#include "compiler/plan/workspace.h"

namespace virga::cli {

/// The policies into a folder, those of a workspace into one of each app's name below it; on stderr where they are wider
/// than they might be, and which files there are of another plan. An exit code.
[[nodiscard]] int write_policies(const plan::Workspace& plans, const std::string& folder);

}  // namespace virga::cli
