// Source lines drawn with what is marked in them. Used by render_text.cpp only.
#pragma once

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_map.h"

#include <string>
#include <string_view>
#include <vector>

namespace virga::diag {

/// The styles of a finding, as escape sequences of a terminal; all empty without colour.
struct Palette {
  Palette(bool color, Severity severity);

  std::string_view severity;  ///< of the word, the primary underline and its text
  std::string_view secondary;  ///< of further labels
  std::string_view gutter;
  std::string_view strong;  ///< of the message
  std::string_view removed, added;
  std::string_view reset;

  void paint(std::string& out, std::string_view style, std::string_view text) const {
    if (text.empty()) return;
    out.append(style).append(text).append(reset);
  }
};

struct Mark {
  Span span;  ///< known, and inside its file
  std::string text;
  bool primary = false;
};

/// The line numbers' column and the rule right of it.
class Gutter {
 public:
  Gutter(std::size_t width, const Palette& palette) : width_(width), palette_(&palette) {}
  /// `label` right-aligned, then `rule`.
  void put(std::string& out, std::string_view label, std::string_view rule) const;
  [[nodiscard]] std::size_t width() const { return width_; }

 private:
  std::size_t width_;
  const Palette* palette_;
};

/// The `┌─ path:line:column` line. `corner` is `┌─` for the first place of a finding and `├─` for the next file.
void draw_place(std::string& out, const SourceMap& sources, Span span, std::string_view corner, const Gutter& gutter);

/// Draws the lines of one file that `marks` touch. A line longer than a screen is cut around its marks; of a span over
/// several lines the first and the last line are drawn.
void draw_lines(std::string& out, const SourceMap& sources, const std::vector<Mark>& marks, const Gutter& gutter,
                const Palette& palette);

/// The line on which the last byte of `span` stands: one that ends with a line end does not reach into the next line.
[[nodiscard]] std::uint32_t last_line(const SourceMap& sources, Span span);

/// A line of at most a screen's width, drawn; a longer one is cut with `…`.
[[nodiscard]] std::string draw_plain(std::string_view line);

}  // namespace virga::diag
