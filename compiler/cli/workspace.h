// What commands about a whole workspace share.
#pragma once

#include "compiler/cli/command.h"

#include <functional>

namespace virga::cli {

struct OpenWorkspace {
  std::string name;
  std::vector<std::string> apps;  ///< folders as one would type them, in an order in which they can be deployed
  bool failed = false;  ///< it has mistakes, which were reported
};

/// Reads the workspace in the folder `path`. Nothing when the world said no, which was reported.
[[nodiscard]] std::optional<OpenWorkspace> open_workspace(const std::string& path, Form form);

/// Calls `work(0) … work(count - 1)`, as many at once as the machine has processors.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace virga::cli
