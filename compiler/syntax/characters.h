// Classes of characters, as grammar/VirgaLexer.g4 has them.
#pragma once

#include <array>

namespace virga::syntax {

/// A character beyond ASCII that is no space, sign or quotation mark: what people would call a letter.
[[nodiscard]] constexpr bool is_other_letter(char32_t c) {
  struct Range {
    char32_t first, last;
  };
  constexpr std::array<Range, 9> ranges{{{0xC0, 0xD6},
                                         {0xD8, 0xF6},
                                         {0xF8, 0x1FFF},
                                         {0x2C00, 0x2FFF},
                                         {0x3005, 0x3007},
                                         {0x3021, 0xF8FF},
                                         {0xF900, 0xFDFF},
                                         {0xFE70, 0xFEFE},
                                         {0x10000, 0x10FFFF}}};
  for (const Range& range : ranges) {
    if (c >= range.first && c <= range.last) return true;
  }
  return false;
}

/// ‘ ’ and their kin.
[[nodiscard]] constexpr bool is_other_single_quote(char32_t c) {
  return (c >= 0x2018 && c <= 0x201B) || c == 0xB4 || c == 0xFF07;
}

/// “ ” « » and their kin.
[[nodiscard]] constexpr bool is_other_double_quote(char32_t c) {
  return (c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0xFF02;
}

}  // namespace virga::syntax
