// A template that was made elsewhere, as a command line names it.
#pragma once

#include "compiler/cli/command.h"

namespace virga::cli {

struct Given {
  std::vector<const SourceFile*> files;  ///< in the session's sources, the main one first
  cloud::Target target;  ///< whose template it is
  std::shared_ptr<const FileSystem> folder;  ///< where it lies
  cloud::NamedFiles named;  ///< gives files of `folder` that it names, as further sources of the session
};

/// `path` is a file, or a folder that holds a template: `main.tf` and what stands beside it, `template.yaml`. `from` is a
/// target, or empty: then the text tells. Nothing, with `exit` set, when that was reported.
[[nodiscard]] std::optional<Given> read_given(const std::string& path, const std::string& from, Session& session, int& exit);

/// Our own choice: templates that are nested deeper are left out, which is told.
inline constexpr std::size_t kDeepestNested = 50;

/// By which a file is known, however it is named.
[[nodiscard]] std::string same_file(const std::string& path);

/// What an imported app is called: `said`, or the name of its file; of its folder where all such files have one name.
[[nodiscard]] std::string app_name(const std::string& path, const std::string& said, const cloud::Format& format);

}  // namespace virga::cli
