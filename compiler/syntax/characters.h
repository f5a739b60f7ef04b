// Classes of characters, as grammar/VirgaLexer.g4 has them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

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

/// The code point at `at` of valid UTF-8; `next` becomes the offset after it.
[[nodiscard]] constexpr char32_t decode(std::string_view text, std::size_t at, std::size_t& next) {
  const auto byte = [&](std::size_t i) -> char32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const char32_t lead = byte(at);
  if (lead < 0x80) {
    next = at + 1;
    return lead;
  }
  if (lead < 0xE0) {
    next = at + 2;
    return (lead & 0x1Fu) << 6u | (byte(at + 1) & 0x3Fu);
  }
  if (lead < 0xF0) {
    next = at + 3;
    return (lead & 0x0Fu) << 12u | (byte(at + 1) & 0x3Fu) << 6u | (byte(at + 2) & 0x3Fu);
  }
  next = at + 4;
  return (lead & 0x07u) << 18u | (byte(at + 1) & 0x3Fu) << 12u | (byte(at + 2) & 0x3Fu) << 6u | (byte(at + 3) & 0x3Fu);
}

}  // namespace virga::syntax
