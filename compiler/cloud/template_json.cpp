// JSON (RFC 8259), with the place of everything.
#include "compiler/cloud/template_parts.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/source/utf8.h"

#include <fmt/format.h>

namespace virga::cloud {
namespace {

/// Recursive descent, as deep as the limits allow. After the first mistake everything returns at once.
class JsonReader {
 public:
  JsonReader(const SourceFile& file, diag::Sink& sink, const ReadLimits& limits)
      : file_(file), text_(file.text), sink_(sink), limits_(limits) {}

  std::optional<Document> read() {
    Document document;
    if (!value(document, 0)) return std::nullopt;
    skip_blanks();
    if (at_ < text_.size()) {
      fail("nothing may follow the document");
      return std::nullopt;
    }
    return document;
  }

 private:
  [[nodiscard]] Span span_from(std::size_t begin) const {
    return {file_.id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  }

  bool fail(std::string_view what) {
    const std::size_t end = at_ < text_.size() ? at_ + decode_utf8(text_, at_).length : at_;
    sink_.report({file_.id, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)}, diag::codes::TemplateSyntax,
                 "JSON", std::string(what));
    return false;
  }

  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
      ++at_;
  }

  bool take(char c) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool value(Document& out, std::size_t depth) {
    skip_blanks();
    const std::size_t begin = at_;
    if (at_ >= text_.size()) return fail("the text ends where a value is expected");
    if (depth > limits_.max_depth) {
      sink_.report({file_.id, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_ + 1)},
                   diag::codes::TemplateTooDeep, limits_.max_depth);
      return false;
    }
    bool good = false;
    switch (text_[at_]) {
      case '{': good = map(out, depth); break;
      case '[': good = list(out, depth); break;
      case '"': {
        std::string text;
        good = string(text);
        out = Document(std::move(text));
        break;
      }
      default: good = word(out);
    }
    out.span = span_from(begin);
    return good;
  }

  bool map(Document& out, std::size_t depth) {
    ++at_;
    MapBuilder entries;
    if (!take('}')) {
      do {
        skip_blanks();
        const std::size_t begin = at_;
        if (at_ >= text_.size() || text_[at_] != '"') return fail("expected a key in quotes");
        Document::Entry entry;
        if (!string(entry.key)) return false;
        entry.key_span = span_from(begin);
        if (!take(':')) return fail("expected `:` after the key");
        if (!value(entry.value, depth + 1)) return false;
        entries.add_once(std::move(entry), sink_);
      } while (take(','));
      if (!take('}')) return fail("expected `,` or `}`");
    }
    out = Document(entries.take());
    return true;
  }

  bool list(Document& out, std::size_t depth) {
    ++at_;
    Document::List items;
    if (!take(']')) {
      do {
        if (!value(items.emplace_back(), depth + 1)) return false;
      } while (take(','));
      if (!take(']')) return fail("expected `,` or `]`");
    }
    out = Document(std::move(items));
    return true;
  }

  /// `true`, `false`, `null` or a number.
  bool word(Document& out) {
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n,:[]{}\"", at_), text_.size());
    const std::string_view text = text_.substr(at_, end - at_);
    if (text == "true" || text == "false") {
      out = Document(text == "true");
    } else if (text == "null") {
      out = Document();
    } else if (std::optional<Document> number = is_number(text) ? decimal_number(text) : std::nullopt) {
      out = std::move(*number);
    } else {
      return fail(text.empty() ? "expected a value" : "expected a value: a text stands in quotes");
    }
    at_ = end;
    return true;
  }

  /// The grammar of numbers, which is stricter than what converts.
  static bool is_number(std::string_view text) {
    const auto digits = [&] {
      const std::size_t n = std::min(text.find_first_not_of("0123456789"), text.size());
      text.remove_prefix(n);
      return n;
    };
    if (text.starts_with('-')) text.remove_prefix(1);
    const bool zero = text.starts_with('0');
    const std::size_t whole = digits();
    if (whole == 0 || (zero && whole > 1)) return false;
    if (text.starts_with('.')) {
      text.remove_prefix(1);
      if (digits() == 0) return false;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
      text.remove_prefix(1);
      if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
      if (digits() == 0) return false;
    }
    return text.empty();
  }

  bool string(std::string& out) {
    ++at_;
    for (;;) {
      std::size_t end = at_;
      while (end < text_.size() && text_[end] != '"' && text_[end] != '\\' && static_cast<unsigned char>(text_[end]) >= 0x20)
        ++end;
      out.append(text_, at_, end - at_);
      at_ = end;
      if (at_ >= text_.size()) return fail("the text ends inside quotes");
      if (text_[at_] == '"') {
        ++at_;
        return true;
      }
      if (text_[at_] != '\\') return fail("a line end or control character inside quotes is written as an escape");
      if (!escape(out)) return false;
    }
  }

  bool escape(std::string& out) {
    constexpr std::string_view kLetters = "\"\\/bfnrt", kValues = "\"\\/\b\f\n\r\t";
    const char letter = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (const std::size_t i = kLetters.find(letter); i != std::string_view::npos && letter != '\0') {
      out += kValues[i];
      at_ += 2;
      return true;
    }
    if (letter != 'u') return fail("this escape does not exist");
    char32_t unit = 0;
    if (!hex(at_ + 2, unit)) return fail("`\\u` takes four hexadecimal digits");
    std::size_t length = 6;
    if (unit >= 0xD800 && unit < 0xDC00) {
      char32_t low = 0;
      if (text_.substr(at_ + 6, 2) != "\\u" || !hex(at_ + 8, low) || low < 0xDC00 || low >= 0xE000) {
        return fail("half of a surrogate pair");
      }
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
      length = 12;
    } else if (unit >= 0xDC00 && unit < 0xE000) {
      return fail("half of a surrogate pair");
    }
    append_utf8(out, unit);
    at_ += length;
    return true;
  }

  bool hex(std::size_t begin, char32_t& value) const {
    if (begin + 4 > text_.size()) return false;
    for (std::size_t i = begin; i < begin + 4; ++i) {
      const char c = text_[i];
      const char lower = static_cast<char>(c | 0x20);
      if (c >= '0' && c <= '9') {
        value = value << 4 | static_cast<char32_t>(c - '0');
      } else if (lower >= 'a' && lower <= 'f') {
        value = value << 4 | static_cast<char32_t>(lower - 'a' + 10);
      } else {
        return false;
      }
    }
    return true;
  }

  const SourceFile& file_;
  std::string_view text_;
  diag::Sink& sink_;
  const ReadLimits& limits_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<Document> read_json(const SourceFile& file, diag::Sink& sink, const ReadLimits& limits) {
  return JsonReader(file, sink, limits).read();
}

}  // namespace virga::cloud
