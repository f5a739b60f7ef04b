// Paths → parsed program. The only step, with packaging, that asks the FileSystem.
#pragma once

#include "compiler/architecture/build.h"
#include "compiler/source/source_map.h"

#include <map>

namespace virga::driver {

/// Where a text came from, so that paths written in it can be followed.
struct Home {
  bool standard = false;  ///< part of the binary: paths lead into the standard library
  std::string directory;  ///< of the file, relative to the project's root (or to the standard library)
};

struct Project {
  SourceMap sources;
  architecture::Program program;
  std::map<FileId, Home> homes;
};

/// Which texts make the program: one file, or every `*.virga` directly in a directory, sorted by name.
/// `shown_prefix` is put before paths in messages: the directory as the user typed it.
struct LoadRequest {
  const FileSystem& files;
  std::vector<std::string> paths;  ///< relative to the project's root
  std::string shown_prefix;
};

/// The standard library's primitive kinds and the clouds' additions come first. A file that cannot be read is an
/// IoError; a module that is not there, text that is not UTF-8 and mistakes of syntax are findings.
[[nodiscard]] Expected<bool> load(const LoadRequest& request, Project& project, diag::Sink& sink);

/// The program's own paths when `path` is a directory: its `*.virga`.
[[nodiscard]] Expected<std::vector<std::string>> program_files(const FileSystem& files, std::string_view directory);

}  // namespace virga::driver
