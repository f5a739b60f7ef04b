#include "backends/aws/serverless_framework/expression.h"

#include <algorithm>
#include <charconv>

namespace virga::aws::serverless_framework {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

/// Steps over a text in quotes that begins at `at`, to its last character.
std::size_t end_of_quotes(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') ++i;
    else if (text[i] == quote) return i;
  }
  return kNone;
}

/// Where the first of `stops` stands that is in no quotes, no brackets and no variable; quotes count only where something
/// begins, because an address may hold an apostrophe.
std::size_t find_outside(std::string_view text, std::string_view stops, std::size_t from = 0) {
  std::size_t depth = 0;
  bool begins = true;
  for (std::size_t i = from; i < text.size(); ++i) {
    const char c = text[i];
    if (begins && (c == '\'' || c == '"')) {
      i = end_of_quotes(text, i);
      if (i == kNone) return kNone;
      begins = false;
    } else if (depth == 0 && stops.find(c) != kNone) {
      return i;
    } else if (c == '$' && i + 1 < text.size() && text[i + 1] == '{') {
      ++depth;
      ++i;
      begins = true;
    } else if (c == '(') {
      ++depth;
      begins = true;
    } else if ((c == '}' || c == ')') && depth > 0) {
      --depth;
      begins = false;
    } else if (c == ',' || c == ':') {
      begins = true;
    } else if (c != ' ') {
      begins = false;
    }
  }
  return kNone;
}

std::optional<std::string> unquoted(std::string_view text) {
  if (text.size() < 2 || (text.front() != '\'' && text.front() != '"') || text.back() != text.front()) return std::nullopt;
  std::string out;
  const bool escapes = text.front() == '"';
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (escapes && text[i] == '\\' && i + 2 < text.size()) {
      ++i;
      out += text[i] == 'n' ? '\n' : text[i] == 't' ? '\t' : text[i];
    } else {
      out += text[i];
    }
  }
  return out;
}

std::optional<cloud::Document> literal_of(std::string_view text) {
  if (std::optional<std::string> said = unquoted(text)) return cloud::Document(*said);
  if (text == "true" || text == "false") return cloud::Document(text == "true");
  if (text == "null") return cloud::Document();
  std::int64_t whole = 0;
  const char* end = text.data() + text.size();
  if (auto [stop, error] = std::from_chars(text.data(), end, whole); error == std::errc() && stop == end) return whole;
  double real = 0;
  if (auto [stop, error] = std::from_chars(text.data(), end, real); error == std::errc() && stop == end) return real;
  return std::nullopt;
}

/// `file(a.yml):b`, `'text'`, `12`
std::optional<Source> source_of(std::string_view text) {
  text = trimmed(text);
  Source source;
  if (std::optional<cloud::Document> literal = literal_of(text)) {
    source.literal = std::move(literal);
    return source;
  }
  std::size_t end = 0;
  while (end < text.size() && is_word(text[end])) ++end;
  source.type = text.substr(0, end);
  if (source.type.empty() || end == text.size()) return std::nullopt;
  text.remove_prefix(end);
  if (text.front() == '(') {
    text.remove_prefix(1);
    while (true) {
      const std::size_t stop = find_outside(text, ",)");
      if (stop == kNone) return std::nullopt;
      const std::string_view argument = trimmed(text.substr(0, stop));
      const std::optional<std::string> quoted = unquoted(argument);
      source.arguments.push_back(quoted ? *quoted : std::string(argument));
      const bool last = text[stop] == ')';
      text.remove_prefix(stop + 1);
      if (last) break;
    }
    text = trimmed(text);
    if (text.empty()) return source;
  }
  text = trimmed(text);
  if (text.empty() || text.front() != ':') return std::nullopt;
  const std::string_view address = trimmed(text.substr(1));
  const std::optional<std::string> quoted = unquoted(address);
  source.address = quoted ? *quoted : std::string(address);
  return source;
}

/// Whether what stands after `${` is the framework's: `self:…` and `file(…` are, `AWS::Region` and `name` are not.
bool is_variable(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_word(text[end])) ++end;
  if (end == 0 || end == text.size() || text.front() < 'a' || text.front() > 'z') return false;
  if (text[end] == '(') return true;
  return text[end] == ':' && (end + 1 == text.size() || text[end + 1] != ':');
}

}  // namespace

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces(1);
  while (true) {
    const std::size_t open = text.find("${");
    if (open == kNone) break;
    std::size_t slashes = 0;
    while (slashes < open && text[open - slashes - 1] == '\\') ++slashes;
    if (slashes % 2 == 1 || !is_variable(text.substr(open + 2))) {
      // A backslash before it says that it is none, and goes.
      pieces.back().literal += std::string(text.substr(0, open - slashes % 2)) + "${";
      text.remove_prefix(open + 2);
      continue;
    }
    const std::size_t close = find_outside(text, "}", open + 2);
    Piece variable;
    variable.written = text.substr(open, close == kNone ? close : close - open + 1);
    variable.wrong = close == kNone;
    for (std::string_view rest = text.substr(open + 2, close == kNone ? 0 : close - open - 2); !variable.wrong;) {
      const std::size_t comma = find_outside(rest, ",");
      std::optional<Source> source = source_of(rest.substr(0, comma));
      if (source) variable.sources.push_back(std::move(*source));
      variable.wrong = !source.has_value();
      if (comma == kNone) break;
      rest.remove_prefix(comma + 1);
    }
    pieces.back().literal += text.substr(0, open);
    pieces.push_back(std::move(variable));
    pieces.emplace_back();
    if (close == kNone) return pieces;
    text.remove_prefix(close + 1);
  }
  pieces.back().literal += text;
  std::erase_if(pieces, [](const Piece& p) { return p.written.empty() && p.literal.empty(); });
  return pieces;
}

}  // namespace virga::aws::serverless_framework
