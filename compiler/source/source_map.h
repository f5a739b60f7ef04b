// The texts of one compilation, and the way from a byte to a line.
#pragma once

#include "compiler/source/span.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace virga {

/// One text, immutable once added to a SourceMap.
struct SourceFile {
  FileId id;
  std::string path;  ///< as shown to the user: relative to the project, or `<std>/core.virga`
  std::string text;  ///< valid UTF-8, without a byte-order mark
  std::vector<std::uint32_t> line_starts;  ///< byte offset of each line; the first is 0
  std::vector<std::uint32_t> block_code_points;  ///< code points before each block of bytes: what `locate` counts from
};

/// A place as people count: both from 1, the column in code points.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// Owns every text of a compilation. Addresses of files stay valid as long as the map.
class SourceMap {
 public:
  /// Adds a text. `text` must already be checked by `first_bad_utf8`.
  const SourceFile& add(std::string path, std::string text);

  [[nodiscard]] const SourceFile& file(FileId id) const;
  [[nodiscard]] std::size_t size() const { return files_.size(); }
  [[nodiscard]] LineColumn locate(FileId id, std::uint32_t offset) const;
  /// The text of line `line` (from 1), without its line end.
  [[nodiscard]] std::string_view line(FileId id, std::uint32_t line) const;
  [[nodiscard]] std::string_view text(Span span) const;

 private:
  std::vector<std::unique_ptr<SourceFile>> files_;
};

/// Offset of the first byte that is not well-formed UTF-8, or is NUL; `npos` when the text is fine.
[[nodiscard]] std::size_t first_bad_utf8(std::string_view text);

}  // namespace virga
