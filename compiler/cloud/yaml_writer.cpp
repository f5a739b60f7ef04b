#include "compiler/cloud/yaml_writer.h"

#include "compiler/diagnostics/display.h"
#include "compiler/source/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace virga::cloud {
namespace {

// How a string can be written; each class is exact for more strings than the one before.
enum class Style { plain, quoted, escaped };

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Characters with which no construct of YAML begins. `-`, `?` and `:` begin some only sometimes; quotes cost less than
/// the rule.
bool may_begin_plain(char c) {
  constexpr std::string_view kSigns = "_/$(.+\\;^";
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || is_digit(c) || static_cast<unsigned char>(c) >= 0x80 ||
         kSigns.find(c) != std::string_view::npos;
}

/// Words that some parser takes for a boolean, null or a number.
bool is_reserved_word(std::string_view text) {
  constexpr std::array<std::string_view, 12> kWords = {"y",    "n",    "no",  "on",  "yes",   "off",
                                                       "true", "null", "nan", "inf", "false", "infinity"};
  if (text.size() > 8) return false;
  std::array<char, 8> lower{};
  for (std::size_t i = 0; i < text.size(); ++i) {
    lower[i] = static_cast<char>(text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a' : text[i]);
  }
  return std::find(kWords.begin(), kWords.end(), std::string_view(lower.data(), text.size())) != kWords.end();
}

/// Whether `text`, which begins like a number, could be one to some parser: decimal, octal in two spellings, binary,
/// hexadecimal, with `_` or `,` between digits, base 60 with `:`, with an exponent, a date, a time, infinite. All of
/// these are made of few characters, so a text with any other is none of them.
bool could_be_number(std::string_view text) {
  constexpr std::string_view kOfNumbers = "0123456789abcdefABCDEFxXoOtTzZ_+-.:, \tinIN";
  return text.find_first_not_of(kOfNumbers) == std::string_view::npos;
}

/// Whether `text`, though harmless to the eye, is something else than a string to some parser.
bool is_ambiguous(std::string_view text) {
  const char first = text.front();
  if (is_digit(first) || first == '.' || first == '+' || first == '-') return could_be_number(text);
  // An exponent of nothing is a number to one parser.
  if (first == 'e' || first == 'E') {
    return text.size() > 1 && text.find_first_not_of("0123456789_+-.", 1) == std::string_view::npos;
  }
  return is_reserved_word(text);
}

/// Whether a code point beyond ASCII is written as it is. The others are not allowed in YAML, end a line in YAML 1.1,
/// or can't be seen.
bool is_shown(CodePoint c) {
  if (!c.valid || c.value < 0xA1 || c.value == 0xFFFE || c.value == 0xFFFF) return false;
  if (c.value < 0x300) return c.value != 0xAD;
  std::string shown;
  diag::append_visible(shown, c);
  return shown.front() != '\\';
}

/// The plainest style in which a parser finds the characters of `text`, on one line, whatever it makes of them.
Style shape_of(std::string_view text) {
  // `...` at the start of a line ends the document.
  bool plain =
      !text.empty() && may_begin_plain(text.front()) && !text.starts_with("...") && text.back() != ' ' && text.back() != ':';
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x80) {
      const CodePoint c = decode_utf8(text, i);
      if (!is_shown(c)) return Style::escaped;
      i += c.length;
      continue;
    }
    if (byte < 0x20 || byte == 0x7F) return Style::escaped;
    switch (byte) {
      case ':': plain = plain && !(i + 1 < text.size() && text[i + 1] == ' '); break;
      case '#': plain = plain && i > 0 && text[i - 1] != ' '; break;
      // Harmless in block style, but not once someone moves the text into brackets.
      case '{':
      case '}':
      case '[':
      case ']': plain = false; break;
      default: break;
    }
    ++i;
  }
  return plain ? Style::plain : Style::quoted;
}

/// The plainest style that is exact for `text` on one line.
Style style_of(std::string_view text) {
  const Style shape = shape_of(text);
  return shape == Style::plain && is_ambiguous(text) ? Style::quoted : shape;
}

void append_escaped(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = decode_utf8(text, i);
    const auto value = static_cast<std::uint32_t>(c.value);
    if (!c.valid) {
      out += "\xEF\xBF\xBD";  // U+FFFD: a text has no way to hold bytes that are none
    } else if (value == '"' || value == '\\') {
      out += '\\';
      out += static_cast<char>(value);
    } else if (value == '\n') {
      out += "\\n";
    } else if (value == '\t') {
      out += "\\t";
    } else if (value == '\r') {
      out += "\\r";
    } else if (value < 0x20 || (value >= 0x7F && !is_shown(c))) {
      if (value > 0xFFFF) {
        fmt::format_to(std::back_inserter(out), "\\U{:08X}", value);
      } else {
        fmt::format_to(std::back_inserter(out), "\\u{:04X}", value);
      }
    } else {
      out.append(text, i, c.length);
    }
    i += c.length;
  }
  out += '"';
}

/// A string on one line.
void append_string(std::string& out, std::string_view text) {
  const Style style = style_of(text);
  if (style == Style::plain) {
    out += text;
  } else if (style == Style::escaped || text.find_first_of("\"\\") == std::string_view::npos) {
    append_escaped(out, text);
  } else {
    out += '\'';
    for (const char c : text) {
      if (c == '\'') out += '\'';
      out += c;
    }
    out += '\'';
  }
}

/// Whether a literal block holds `text` exactly and readably.
bool fits_literal(std::string_view text) {
  if (text.find('\n') == std::string_view::npos) return false;
  if (text.find_first_not_of('\n') == std::string_view::npos) return false;
  char before = '\n';
  bool begun = false;  // a line with something in it was seen
  for (std::size_t i = 0; i < text.size();) {
    const char byte = text[i];
    // Blanks at a line's end can't be seen, and are lost in the first editor that trims them.
    if (byte == '\n' && (before == ' ' || before == '\t')) return false;
    // A tab where the indentation is measured is an error to some.
    if (!begun && byte == '\t' && (before == '\n' || before == ' ')) return false;
    if (byte != '\n' && byte != ' ') begun = true;
    before = byte;
    const auto value = static_cast<unsigned char>(byte);
    if (value >= 0x80) {
      const CodePoint c = decode_utf8(text, i);
      if (!is_shown(c)) return false;
      i += c.length;
      continue;
    }
    if ((value < 0x20 && byte != '\n' && byte != '\t') || value == 0x7F) return false;
    ++i;
  }
  return before != ' ' && before != '\t';
}

class YamlWriter {
 public:
  explicit YamlWriter(const YamlOptions& options) : options_(options) {}

  std::string write(const Document& document) {
    for (const std::string& line : options_.header) {
      out_ += line.empty() ? "#" : "# " + diag::visible(line);
      out_ += '\n';
    }
    if (!options_.header.empty()) out_ += '\n';
    if (is_block(document)) {
      if (!document.tag().empty()) out_ += document.tag() + "\n";
      put_block(document, 0);
    } else {
      put_tag(document);
      put_flat(document);
      out_ += '\n';
    }
    return std::move(out_);
  }

 private:
  /// Lists and maps with something in them stand in lines of their own.
  static bool is_block(const Document& node) {
    return (node.as_list() != nullptr && !node.as_list()->empty()) || (node.as_map() != nullptr && !node.as_map()->empty());
  }

  void put_tag(const Document& node) {
    if (!node.tag().empty()) out_.append(node.tag()).append(" ");
  }

  void put_flat(const Document& node) {
    if (!node.spelling().empty()) {
      out_ += node.spelling();
      return;
    }
    switch (node.kind()) {
      case Document::Kind::null: out_ += "null"; break;
      case Document::Kind::boolean: out_ += *node.as_boolean() ? "true" : "false"; break;
      case Document::Kind::integer: fmt::format_to(std::back_inserter(out_), "{}", *node.as_integer()); break;
      case Document::Kind::real: put_real(*node.as_real()); break;
      case Document::Kind::string: append_string(out_, *node.as_string()); break;
      case Document::Kind::list: out_ += "[]"; break;
      case Document::Kind::map: out_ += "{}"; break;
    }
  }

  void put_real(double value) {
    if (std::isnan(value)) {
      out_ += ".nan";
    } else if (std::isinf(value)) {
      out_ += value < 0 ? "-.inf" : ".inf";
    } else {
      out_ += real_text(value);
    }
  }

  /// The lines of a block whose first line is begun already up to column `indent`.
  void put_block(const Document& node, std::size_t indent) {
    bool first = true;
    if (const Document::Map* entries = node.as_map()) {
      const Document* previous = nullptr;
      for (const Document::Entry& entry : *entries) {
        if (!first) {
          const bool space = indent == 0 && options_.spaced_sections && (is_block(*previous) || is_block(entry.value));
          // After a text that keeps its line ends a blank line would be one more of them.
          if (space && !kept_line_ends_) out_ += '\n';
          out_.append(indent, ' ');
        }
        first = false;
        put_key(entry.key, indent);
        put_value(entry.value, indent, indent + 2);
        previous = &entry.value;
      }
      return;
    }
    for (const Document& item : *node.as_list()) {
      if (!first) out_.append(indent, ' ');
      first = false;
      out_ += '-';
      // What an item holds begins beside its dash; with a tag there, below it.
      if (is_block(item) && item.tag().empty()) {
        out_ += ' ';
        kept_line_ends_ = false;
        put_block(item, indent + 2);
      } else {
        put_value(item, indent, indent + 2);
      }
    }
  }

  void put_key(std::string_view key, std::size_t indent) {
    // Parsers look only 1,024 characters ahead for the colon; a longer key is announced.
    constexpr std::size_t kLongestImplicit = 900;
    const std::size_t begin = out_.size();
    append_string(out_, key);
    if (out_.size() - begin > kLongestImplicit) {
      out_.insert(begin, "? ");
      out_ += '\n';
      out_.append(indent, ' ');
    }
    out_ += ':';
  }

  /// What follows a colon or a dash that stands at column `indent`. A block begins on the next line, at `inner`.
  void put_value(const Document& node, std::size_t indent, std::size_t inner) {
    kept_line_ends_ = false;
    if (!node.tag().empty()) out_.append(" ").append(node.tag());
    if (is_block(node)) {
      out_ += '\n';
      out_.append(inner, ' ');
      put_block(node, inner);
      return;
    }
    out_ += ' ';
    const std::string* text = node.as_string();
    if (text != nullptr && node.spelling().empty() && fits_literal(*text)) {
      put_literal(*text, indent + 2);
    } else {
      put_flat(node);
      out_ += '\n';
    }
  }

  void put_literal(std::string_view text, std::size_t indent) {
    out_ += '|';
    // The indentation is guessed from the first line unless that begins with a blank itself.
    const std::size_t first = text.find_first_not_of('\n');
    if (text[first] == ' ') out_ += '2';
    const bool one_end = text.ends_with('\n');
    const bool more_ends = text.ends_with("\n\n");
    if (!one_end) out_ += '-';
    if (more_ends) out_ += '+';
    out_ += '\n';
    if (one_end) text.remove_suffix(1);
    for (;;) {
      const std::size_t end = text.find('\n');
      const std::string_view line = text.substr(0, end);
      if (!line.empty()) out_.append(indent, ' ').append(line);
      out_ += '\n';
      if (end == std::string_view::npos) break;
      text.remove_prefix(end + 1);
    }
    kept_line_ends_ = more_ends;
  }

  const YamlOptions& options_;
  std::string out_;
  bool kept_line_ends_ = false;  ///< the text just written ends in line ends that belong to it
};

}  // namespace

bool is_plain_yaml(std::string_view text) { return style_of(text) == Style::plain; }

bool is_ambiguous_yaml(std::string_view text) {
  if (text.empty() || !is_ambiguous(text)) return false;
  // A negative number is the only text with a `-` in front that needs no quotes for the sake of the `-`.
  const bool negative = text.front() == '-' && text.size() > 1 && (is_digit(text[1]) || text[1] == '.');
  return shape_of(negative ? text.substr(1) : text) == Style::plain;
}

std::string write_yaml(const Document& document, const YamlOptions& options) { return YamlWriter(options).write(document); }

}  // namespace virga::cloud
