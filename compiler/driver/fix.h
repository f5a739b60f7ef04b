// What `virga check --fix` changes: the edits that need nobody's eyes.
#pragma once

#include "compiler/diagnostics/sink.h"
#include "compiler/driver/load.h"

#include <map>
#include <string>
#include <vector>

namespace virga::driver {

/// One round of edits.
struct Round {
  std::map<std::string, std::string> texts;  ///< path from the project's root → the whole text, changed
  std::vector<std::string> said;  ///< `main.virga:3:20: leave the `;` out`
};

/// Every fix of confidence `certain` in the project's own texts, applied. A fix that touches what another one changed waits
/// for the next round; what is allowed stays as it is.
[[nodiscard]] Round fix_certain(const Project& project, const diag::Sink& sink);

/// The path of one of the project's own texts from its root; empty of what belongs to the standard library, or is no
/// program.
[[nodiscard]] std::string path_of(const Project& project, FileId file);

/// Files of which some were changed, but not written yet.
class ChangedFileSystem final : public FileSystem {
 public:
  ChangedFileSystem(const FileSystem& below, const std::map<std::string, std::string>& changed)
      : below_(below), changed_(changed) {}
  [[nodiscard]] Expected<std::string> read(std::string_view path, std::size_t max_bytes) const override;
  [[nodiscard]] Expected<std::vector<DirectoryEntry>> list(std::string_view path) const override {
    return below_.list(path);
  }
  [[nodiscard]] bool is_file(std::string_view path) const override { return below_.is_file(path); }
  [[nodiscard]] bool is_directory(std::string_view path) const override { return below_.is_directory(path); }

 private:
  const FileSystem& below_;
  const std::map<std::string, std::string>& changed_;
};

}  // namespace virga::driver
