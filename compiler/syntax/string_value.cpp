#include "compiler/syntax/string_value.h"

#include "compiler/source/utf8.h"

namespace virga::syntax {
namespace {

std::optional<std::string> by_number(std::string_view digits) {
  if (digits.empty() || digits.size() > 6) return std::nullopt;
  char32_t value = 0;
  for (const char c : digits) {
    const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    value = value * 16 + static_cast<char32_t>(digit);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value == 0 || value > 0x10FFFF || surrogate) return std::nullopt;
  std::string character;
  append_utf8(character, value);
  return character;
}

}  // namespace

std::optional<std::string> unescape(std::string_view sequence) {
  if (sequence.size() < 2) return std::nullopt;
  switch (sequence[1]) {
    case 'n': return "\n";
    case 't': return "\t";
    case 'r': return "\r";
    case '"': return "\"";
    case '\\': return "\\";
    case '$': return "$";
    case 'u':
      // The lexer takes `\u{…}` whole only with hexadecimal digits and both braces.
      return sequence.size() > 3 ? by_number(sequence.substr(3, sequence.size() - 4)) : std::nullopt;
    default: return std::nullopt;
  }
}

std::string escape_for_string(std::string_view text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' || c == '\\' || (c == '$' && i + 1 < text.size() && text[i + 1] == '{')) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string_view bad_string_content(std::string_view quoted, std::size_t& first, std::size_t& last) {
  first = decode_utf8(quoted, 0).length;
  last = quoted.size() - 1;
  while (continues_utf8(quoted[last])) --last;
  return quoted.substr(first, last - first);
}

}  // namespace virga::syntax
