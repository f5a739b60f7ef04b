// `.virgaignore`: what of a folder is no part of the code. The rules are those of `.gitignore`, so that nobody learns
// another.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace virga::driver {

/// The lines of one ignore file. A line is a pattern:
///
///   # a comment; empty lines mean nothing
///   *.log        at any depth, because there is no `/` before its end
///   /dist        only beside the ignore file
///   docs/*.md    relative to the ignore file; `*` and `?` do not cross a `/`
///   a/**/b       any number of folders in between
///   build/       folders only
///   !keep.log    takes back what an earlier line left out
///
/// The last line that fits decides. What stands in a folder that is left out cannot be taken back.
class IgnoreFile {
 public:
  explicit IgnoreFile(std::string_view text);

  enum class Verdict { nothing, ignored, kept };
  /// `path` is relative to the folder of the ignore file.
  [[nodiscard]] Verdict judge(std::string_view path, bool directory) const;

 private:
  struct Line {
    std::vector<std::string> parts;  ///< between the slashes; `**` stands for any number of them
    bool kept = false;
    bool directories_only = false;
  };
  std::vector<Line> lines_;
};

}  // namespace virga::driver
