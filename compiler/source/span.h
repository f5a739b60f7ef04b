// Where something stands in the text.
#pragma once

#include <compare>
#include <cstdint>

namespace virga {

/// Index of a file in a SourceMap. Files are numbered in the order in which they were read.
enum class FileId : std::uint32_t {};

/// Half-open range of bytes `[begin, end)` in one file. A default-made span is "nowhere": the value came from the
/// command line or the compiler itself, not from a text.
struct Span {
  static constexpr FileId kNoFile{0xffffffffu};

  FileId file = kNoFile;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] bool known() const { return file != kNoFile; }
  friend auto operator<=>(const Span&, const Span&) = default;
};

/// The smallest span that holds both; one of them when the other is nowhere or in another file.
[[nodiscard]] inline Span join(Span a, Span b) {
  if (!a.known()) return b;
  if (!b.known() || a.file != b.file) return a;
  return {a.file, a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

}  // namespace virga
