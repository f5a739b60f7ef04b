// Files as they stood at a revision of the project's history.
#pragma once

#include "compiler/source/file_system.h"

#include <memory>
#include <string>

namespace virga::driver {

struct Revision {
  std::unique_ptr<FileSystem> files;  ///< rooted where the folder was
  std::string name;  ///< for people: `main (1a2b3c4d5e6f)`
};

/// Whether the repository around a path of the disk has such a revision, whatever stands there.
[[nodiscard]] bool is_revision(const std::string& path, const std::string& revision);

/// The files below `folder`, a folder of the disk within a Git repository, at `revision`: a branch, a tag, a commit,
/// `HEAD~1`. Nothing is checked out and nothing on the disk is touched. Symbolic links are followed within the folder.
[[nodiscard]] Expected<Revision> open_revision(const std::string& folder, const std::string& revision);

}  // namespace virga::driver
