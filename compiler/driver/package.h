// Code → zips. The same content gives the same bytes on every machine, whatever its clock, locale and user.
#pragma once

#include "compiler/cloud/backend.h"
#include "compiler/driver/load.h"

namespace virga::driver {

struct Packaged {
  std::map<NodeId, cloud::CodeArtifact> artifacts;
  cloud::Files files;  ///< path → bytes of the zips
};

/// Packs every attribute of type `path` of every node. Code that is missing, empty or leads out of the project is a
/// finding at the attribute. Entries stand in the order of their paths, stored, with a constant time; a symbolic link
/// is refused, because it would mean something else on another machine. What a `.virgaignore` leaves out is not looked at.
[[nodiscard]] Packaged package(const Architecture& architecture, const Project& project, const FileSystem& files,
                               diag::Sink& sink);

/// The same for these targets alone. Where the app was adopted, its own tools pack the code, and nothing is done.
[[nodiscard]] Packaged package_for(const std::vector<cloud::Target>& targets, const Architecture& architecture,
                                   const Project& project, const FileSystem& files, diag::Sink& sink);

}  // namespace virga::driver
