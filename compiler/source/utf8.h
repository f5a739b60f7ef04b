// UTF-8, one code point at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace virga {

/// One code point as read. A byte that starts no well-formed sequence is `valid == false`, `length == 1` and its value.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 1;
  bool valid = true;
};

/// The code point that starts at `offset`, which must be inside `text`. Overlong forms, surrogates and values past
/// Unicode's end are not valid: they are how hostile texts hide characters.
[[nodiscard]] inline CodePoint decode_utf8(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(offset);
  if (lead < 0x80) return {lead, 1, true};
  std::size_t length = 0;
  char32_t value = 0;
  if ((lead & 0xE0u) == 0xC0u) {
    length = 2;
    value = lead & 0x1Fu;
  } else if ((lead & 0xF0u) == 0xE0u) {
    length = 3;
    value = lead & 0x0Fu;
  } else if ((lead & 0xF8u) == 0xF0u) {
    length = 4;
    value = lead & 0x07u;
  }
  const CodePoint bad{lead, 1, false};
  if (length == 0 || offset + length > text.size()) return bad;
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte(offset + k) & 0xC0u) != 0x80u) return bad;
    value = value << 6 | (byte(offset + k) & 0x3Fu);
  }
  const char32_t least = length == 2 ? 0x80u : length == 3 ? 0x800u : 0x10000u;
  if (value < least || value > 0x10FFFFu || (value >= 0xD800u && value <= 0xDFFFu)) return bad;
  return {value, length, true};
}

/// Appends `c`, which must be a Unicode scalar value.
inline void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0u | c >> 6);
    put(0x80u | (c & 0x3Fu));
  } else if (c < 0x10000) {
    put(0xE0u | c >> 12);
    put(0x80u | (c >> 6 & 0x3Fu));
    put(0x80u | (c & 0x3Fu));
  } else {
    put(0xF0u | c >> 18);
    put(0x80u | (c >> 12 & 0x3Fu));
    put(0x80u | (c >> 6 & 0x3Fu));
    put(0x80u | (c & 0x3Fu));
  }
}

/// Whether `byte` continues a sequence, so that no code point starts at it.
[[nodiscard]] inline bool continues_utf8(char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u; }

}  // namespace virga
