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

/// A folder that `use` names: another app.
struct AppImport {
  std::string folder;  ///< from the project's root
  std::string written;
  Span span;
};

/// A text that does not lie in the project.
struct NamedText {
  std::string name;  ///< as messages name it
  std::string text;
};

struct Project {
  SourceMap sources;
  const SourceFile* quotas = nullptr;  ///< the file of quotas beside the app
  const SourceFile* quotas_by_hand = nullptr;  ///< one that was named in its place
  const SourceFile* parts = nullptr;  ///< the file beside the app that says which stack everything stands in
  std::string parts_path = {};  ///< where it lies, or would lie, as messages name it
  architecture::Program program;
  std::map<FileId, Home> homes;
  std::vector<AppImport> imports;  ///< each folder once
};

/// Which texts make the program: one file, or every `*.virga` directly in a directory, sorted by name.
/// `shown_prefix` is put before paths in messages: the directory as the user typed it. In a workspace the app's own folder
/// is not the root: what lies in `folder` is shown below `shown_prefix`, everything else below `shown_root`.
struct LoadRequest {
  const FileSystem& files;
  std::vector<std::string> paths;  ///< relative to the project's root
  std::string shown_prefix;
  std::string folder = {};  ///< of the app, from the root; empty when it is the root
  std::string shown_root = {};

  [[nodiscard]] std::string shown(const std::string& path) const;
};

/// A text of the user's for the sources; null when it is not UTF-8, which is reported.
[[nodiscard]] const SourceFile* add_text(Project& project, std::string name, std::string text, diag::Sink& sink);

/// The standard library's primitive kinds and the clouds' additions come first. A file that cannot be read is an
/// IoError; a module that is not there, text that is not UTF-8 and mistakes of syntax are findings.
[[nodiscard]] Expected<bool> load(const LoadRequest& request, Project& project, diag::Sink& sink);

/// Names the apps of a workspace; no part of any of them.
inline constexpr std::string_view kWorkspaceFile = "workspace.virga";

/// The program's own paths when `path` is a directory: its `*.virga`.
[[nodiscard]] Expected<std::vector<std::string>> program_files(const FileSystem& files, std::string_view directory);

}  // namespace virga::driver
