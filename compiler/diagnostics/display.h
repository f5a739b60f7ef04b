// Text as a terminal shows it: how wide, and with nothing in it that a terminal would obey.
#pragma once

#include "compiler/source/utf8.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace virga::diag {

/// Columns that a terminal gives to one code point alone: 0, 1 or 2. From the tables of Unicode 15.1.
[[nodiscard]] int code_point_width(char32_t c);

/// Appends `c` as it may be shown. Whatever a terminal or an editor would obey instead of show (controls, bidirectional
/// marks, invisible characters) and bytes that are no UTF-8 are written as escapes.
void append_visible(std::string& out, CodePoint c);

/// `text` as one line safe to show; line ends and tabs are escapes too. Cut with `…` when longer than any reader wants.
[[nodiscard]] std::string visible(std::string_view text);
/// The same, uncut, for what somebody asked to see.
[[nodiscard]] std::string visible_whole(std::string_view text);

/// A piece of a source line, drawn: tabs are `kTabWidth` blanks, and each byte knows its column.
struct DrawnText {
  static constexpr int kTabWidth = 4;

  explicit DrawnText(std::string_view source);

  std::string text;
  std::vector<std::uint32_t> columns;  ///< column (from 0) at which each byte of the source is drawn, and the end's
};

}  // namespace virga::diag
