// A workspace: many apps in one project, each a folder, some of which use others.
#pragma once

#include "compiler/driver/load.h"

namespace virga::driver {

struct Workspace {
  std::string name;
  std::vector<std::string> apps;  ///< folders from the workspace's own, in an order in which they can be deployed
  SourceMap sources;
};

/// Reads `workspace.virga`:
///
///   workspace shop { apps = ["./network", "./orders", "./web"] }
///
/// An app that another one uses comes before it; ties stay in the order written. An IoError when the file cannot be read;
/// mistakes in it are findings.
[[nodiscard]] Expected<bool> read_workspace(const FileSystem& files, const std::string& shown_prefix, Workspace& out,
                                            diag::Sink& sink);

}  // namespace virga::driver
