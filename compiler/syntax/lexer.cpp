#include "compiler/syntax/lexer.h"

#include "compiler/source/utf8.h"
#include "compiler/syntax/characters.h"

#include <array>
#include <cstring>

namespace virga::syntax {
namespace {

enum Class : unsigned char { kOther, kSpace, kLetter, kDigit };

constexpr std::array<unsigned char, 256> make_classes() {
  std::array<unsigned char, 256> classes{};
  for (const char c : {' ', '\t', '\r', '\n', '\f'}) classes[static_cast<unsigned char>(c)] = kSpace;
  for (unsigned c = '0'; c <= '9'; ++c) classes[c] = kDigit;
  for (unsigned c = 'a'; c <= 'z'; ++c) classes[c] = kLetter;
  for (unsigned c = 'A'; c <= 'Z'; ++c) classes[c] = kLetter;
  classes['_'] = kLetter;
  return classes;
}
constexpr std::array<unsigned char, 256> kClasses = make_classes();

TokenKind word_kind(std::string_view word) {
  if (word.size() < 2 || word.size() > 8) return TokenKind::name;
  const auto is = [&](std::string_view candidate, TokenKind kind) { return word == candidate ? kind : TokenKind::name; };
  switch (word[0]) {
    case 'a':
      if (word.size() == 5) return is("allow", TokenKind::allow);
      return word.size() == 2 ? is("as", TokenKind::as) : is("app", TokenKind::app);
    case 'e': return is("else", TokenKind::else_);
    case 'f': return word.size() == 3 ? is("for", TokenKind::for_) : is("false", TokenKind::false_);
    case 'i': return word[1] == 'f' ? is("if", TokenKind::if_) : is("in", TokenKind::in);
    case 'k': return is("kind", TokenKind::kind);
    case 'l': return is("let", TokenKind::let);
    case 'm': return is("moved", TokenKind::moved);
    case 'n': return is("none", TokenKind::none);
    case 'o': return word.size() == 2 ? is("on", TokenKind::on) : is("output", TokenKind::output);
    case 'p': return word[1] == 'a' ? is("param", TokenKind::param) : is("port", TokenKind::port);
    case 'r': return word.size() == 7 ? is("require", TokenKind::require) : is("resource", TokenKind::resource);
    case 's': return word.size() == 5 ? is("stage", TokenKind::stage) : is("source", TokenKind::source);
    case 't':
      switch (word.size()) {
        case 6: return is("target", TokenKind::target);
        default:
          if (word[1] == 'r') return is("true", TokenKind::true_);
          return word[1] == 'y' ? is("type", TokenKind::type) : is("then", TokenKind::then);
      }
    case 'u': return is("use", TokenKind::use);
    case 'w': return is("where", TokenKind::where);
    default: return TokenKind::name;
  }
}

/// Walks the text once. Between `{`, `${` and quotes the meaning of characters changes, so a stack says what is open.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) { tokens_.reserve(text.size() / 4 + 16); }

  std::vector<Token> run() {
    while (at_ < text_.size()) {
      switch (open_.empty() ? Open::brace : open_.back()) {
        case Open::string: in_string(); break;
        case Open::block: in_block(); break;
        default: in_code();
      }
    }
    return std::move(tokens_);
  }

 private:
  static constexpr std::size_t kNone = std::string_view::npos;
  enum class Open : unsigned char { brace, interpolation, string, block };

  [[nodiscard]] char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  [[nodiscard]] unsigned char class_at(std::size_t i) const {
    return i < text_.size() ? kClasses[static_cast<unsigned char>(text_[i])] : static_cast<unsigned char>(kOther);
  }
  [[nodiscard]] std::size_t line_end(std::size_t from) const {
    while (from < text_.size() && text_[from] != '\n' && text_[from] != '\r') ++from;
    return from;
  }

  void emit(TokenKind kind, std::size_t end) {
    tokens_.push_back({kind, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)});
    before_ = kind;
    if (!is_trivia(kind)) significant_before_ = kind;
    at_ = end;
  }
  void sign(TokenKind kind, std::size_t length = 1) { emit(kind, at_ + length); }

  void in_code() {
    const char c = text_[at_];
    switch (kClasses[static_cast<unsigned char>(c)]) {
      case kSpace: {
        std::size_t end = at_ + 1;
        while (class_at(end) == kSpace) ++end;
        return emit(TokenKind::white_space, end);
      }
      case kLetter: return word();
      case kDigit: return number();
      default: break;
    }
    switch (c) {
      case '{': push(Open::brace); return sign(TokenKind::lbrace);
      case '}': pop(); return sign(TokenKind::rbrace);
      case '(': return sign(ends_operand(before_) ? TokenKind::call_open : TokenKind::lparen);
      case ')': return sign(TokenKind::rparen);
      case '[': return sign(ends_operand(before_) ? TokenKind::index_open : TokenKind::lbracket);
      case ']': return sign(TokenKind::rbracket);
      case ',': return sign(TokenKind::comma);
      case '.': return sign(TokenKind::dot);
      case ':': return sign(TokenKind::colon);
      case '?': return sign(TokenKind::question);
      case '+': return sign(TokenKind::plus);
      case '*': return sign(TokenKind::times);
      case ';': return sign(TokenKind::semicolon);
      case '#': return emit(TokenKind::hash_comment, line_end(at_));
      case '=':
        if (peek(1) == '=') return sign(TokenKind::equal_equal, 2);
        if (peek(1) == '>') return sign(TokenKind::bad_arrow, 2);
        return sign(TokenKind::equal);
      case '!': return peek(1) == '=' ? sign(TokenKind::not_equal, 2) : sign(TokenKind::not_);
      case '<': return peek(1) == '=' ? sign(TokenKind::less_equal, 2) : sign(TokenKind::less);
      case '>': return peek(1) == '=' ? sign(TokenKind::greater_equal, 2) : sign(TokenKind::greater);
      case '|': return peek(1) == '|' ? sign(TokenKind::or_, 2) : sign(TokenKind::stray);
      case '&': return peek(1) == '&' ? sign(TokenKind::and_, 2) : sign(TokenKind::stray);
      case '~': return peek(1) == '>' ? sign(TokenKind::hand_over, 2) : sign(TokenKind::stray);
      case '-':
        if (peek(1) == '>') return sign(TokenKind::call, 2);
        if (peek(1) == '-' && peek(2) == '>') return sign(TokenKind::bad_arrow, 3);
        return sign(ends_operand(significant_before_) ? TokenKind::minus : TokenKind::negative);
      case '/': return slash();
      case '"':
        if (peek(1) == '"' && peek(2) == '"') {
          push(Open::block);
          return sign(TokenKind::block_open, 3);
        }
        push(Open::string);
        return sign(TokenKind::string_open);
      case '\'': return quoted([](char32_t q) { return q == '\''; }, 1);
      case '`': return quoted([](char32_t q) { return q == '`'; }, 1);
      default: return static_cast<unsigned char>(c) < 0x80 ? sign(TokenKind::stray) : beyond_ascii();
    }
  }

  void word() {
    std::size_t end = at_ + 1;
    while (class_at(end) >= kLetter) ++end;
    if (end < text_.size() && static_cast<unsigned char>(text_[end]) >= 0x80) {
      if (is_other_letter(decode_utf8(text_, end).value)) return bad_name(end);
    }
    emit(word_kind(text_.substr(at_, end - at_)), end);
  }

  void bad_name(std::size_t end) {
    while (end < text_.size()) {
      const CodePoint c = decode_utf8(text_, end);
      if (class_at(end) < kLetter && !is_other_letter(c.value)) break;
      end += c.length;
    }
    emit(TokenKind::bad_name, end);
  }

  void number() {
    const auto digits = [&](std::size_t i) {
      while (class_at(i) == kDigit || (i < text_.size() && text_[i] == '_')) ++i;
      return i;
    };
    std::size_t end = digits(at_ + 1);
    if (end < text_.size() && text_[end] == '.' && class_at(end + 1) == kDigit) end = digits(end + 2);
    if (class_at(end) == kLetter && text_[end] != '_') {
      while (class_at(end) >= kLetter) ++end;
    } else if (end < text_.size() && text_[end] == '%') {
      ++end;
    }
    emit(TokenKind::number, end);
  }

  void slash() {
    if (peek(1) == '/') {
      const bool doc = peek(2) == '/' && peek(3) != '/';
      return emit(doc ? TokenKind::doc : TokenKind::comment, line_end(at_ + 2));
    }
    if (peek(1) == '*' && !no_comment_end_ahead_) {
      const std::size_t close = text_.find("*/", at_ + 2);
      if (close != std::string_view::npos) return emit(TokenKind::block_comment, close + 2);
      no_comment_end_ahead_ = true;
    }
    sign(TokenKind::divide);
  }

  /// A string in foreign quotes up to the nearest one that closes it on this line; else one stray quote.
  template <class Closes>
  void quoted(Closes closes, std::size_t opening) {
    for (std::size_t i = at_ + opening; i < text_.size() && text_[i] != '\n' && text_[i] != '\r';) {
      const CodePoint c = decode_utf8(text_, i);
      i += c.length;
      if (closes(c.value)) return emit(TokenKind::bad_string, i);
    }
    sign(TokenKind::stray, opening);
  }

  void beyond_ascii() {
    const CodePoint c = decode_utf8(text_, at_);
    if (is_other_letter(c.value)) return bad_name(at_);
    if (is_other_single_quote(c.value))
      return quoted([](char32_t q) { return q == '\'' || is_other_single_quote(q); }, c.length);
    if (is_other_double_quote(c.value))
      return quoted([](char32_t q) { return q == '"' || is_other_double_quote(q); }, c.length);
    sign(c.value == 0x2192 || c.value == 0x21D2 || c.value == 0x27F6 ? TokenKind::bad_arrow : TokenKind::stray, c.length);
  }

  void interpolation() {
    push(Open::interpolation);
    sign(TokenKind::interpolation, 2);
  }

  void escape() {
    if (peek(1) == 'u' && peek(2) == '{') {
      const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
      std::size_t end = at_ + 3;
      while (end < text_.size() && hex(text_[end])) ++end;
      if (end < text_.size() && text_[end] == '}') return emit(TokenKind::escape, end + 1);
    }
    const std::size_t escaped = at_ + 1;
    const bool any = escaped < text_.size() && text_[escaped] != '\n' && text_[escaped] != '\r';
    emit(TokenKind::escape, any ? escaped + decode_utf8(text_, escaped).length : escaped);
  }

  void in_string() {
    switch (text_[at_]) {
      case '"': pop(); return sign(TokenKind::string_close);
      case '\\': return escape();
      case '$': return peek(1) == '{' ? interpolation() : sign(TokenKind::text);
      case '\r':
      case '\n': sign(TokenKind::string_break, text_[at_] == '\r' && peek(1) == '\n' ? 2 : 1); return leave_strings();
      default: return text_until("\"\\$\r\n");
    }
  }

  void in_block() {
    switch (text_[at_]) {
      case '"':
        if (peek(1) != '"' || peek(2) != '"') return sign(TokenKind::text);
        pop();
        return sign(TokenKind::block_close, 3);
      case '\\': return escape();
      case '$': return peek(1) == '{' ? interpolation() : sign(TokenKind::text);
      default: return text_until("\"\\$");
    }
  }

  void text_until(std::string_view stops) {
    const std::size_t end = text_.find_first_of(stops, at_);
    emit(TokenKind::text, end == std::string_view::npos ? text_.size() : end);
  }

  void push(Open open) {
    if (open == Open::string && outermost_string_ == kNone) outermost_string_ = open_.size();
    open_.push_back(open);
  }
  void pop() {
    if (open_.empty()) return;  // a `}` without its `{`
    open_.pop_back();
    if (outermost_string_ == open_.size()) outermost_string_ = kNone;
  }
  /// A line end in a string ends it, and the strings around it whose interpolation it stands in: the mistake stays on its
  /// line.
  void leave_strings() {
    open_.resize(outermost_string_);
    outermost_string_ = kNone;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
  std::vector<Open> open_;
  std::size_t outermost_string_ = kNone;  ///< its index in `open_`
  TokenKind before_ = TokenKind::end_of_file;
  TokenKind significant_before_ = TokenKind::end_of_file;
  bool no_comment_end_ahead_ = false;  ///< a search for `*/` found none: not to be repeated for every `/*`
};

}  // namespace

std::vector<Token> lex(std::string_view text) { return Lexer(text).run(); }

}  // namespace virga::syntax
