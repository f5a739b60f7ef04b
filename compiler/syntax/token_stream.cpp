#include "compiler/syntax/token_stream.h"

#include "compiler/syntax/foreign.h"
#include "grammar/VirgaLexer.h"
#include "grammar/VirgaParser.h"

namespace virga::syntax {

#define TOKEN(name, grammar_name, said)                                                          \
  static_assert(static_cast<std::size_t>(TokenKind::name) == grammar::VirgaLexer::grammar_name); \
  static_assert(static_cast<std::size_t>(TokenKind::name) == grammar::VirgaParser::grammar_name);
#include "compiler/syntax/tokens.def"
#undef TOKEN

ParserTokens::ParserTokens(std::string_view text, const std::vector<Token>& tokens) {
  std::size_t significant = 1;
  for (const Token& token : tokens) significant += is_trivia(token.kind) ? 0 : 1;
  tokens_.reserve(significant);
  TokenKind before = TokenKind::end_of_file;
  for (std::uint32_t raw = 0; raw < tokens.size(); ++raw) {
    const Token& token = tokens[raw];
    const TokenKind kind = is_foreign(token.kind) ? meant(token, text, before) : token.kind;
    before = kind;
    if (is_trivia(kind)) continue;
    tokens_.emplace_back(kind, static_cast<std::uint32_t>(tokens_.size()), raw, token.begin, token.end);
    if (kind == TokenKind::string_break) close_what_a_string_swallowed(text, raw, token.begin);
  }
  const auto end = static_cast<std::uint32_t>(text.size());
  tokens_.emplace_back(TokenKind::end_of_file, static_cast<std::uint32_t>(tokens_.size()),
                       static_cast<std::uint32_t>(tokens.size()), end, end);
}

/// The brackets at the end of the line close those that stand open on it before the string, as far as they match.
void ParserTokens::close_what_a_string_swallowed(std::string_view text, std::uint32_t raw, std::uint32_t line_end) {
  const std::size_t line_begin = text.find_last_of("\r\n", line_end == 0 ? 0 : line_end - 1) + 1;
  std::size_t first = tokens_.size() - 1;
  while (first > 0 && tokens_[first - 1].begin >= line_begin) --first;
  std::vector<TokenKind> open;
  std::size_t content = line_begin;
  for (std::size_t i = first; i < tokens_.size(); ++i) {
    const TokenKind kind = tokens_[i].kind;
    if (opens_bracket(kind) || kind == TokenKind::string_open) open.push_back(kind);
    if ((closes_bracket(kind) || kind == TokenKind::string_close) && !open.empty()) open.pop_back();
    if (kind == TokenKind::string_open) content = tokens_[i].end;
  }
  if (open.empty() || open.back() != TokenKind::string_open) return;
  open.pop_back();
  const std::string_view inside = text.substr(content, line_end - content);
  const std::size_t last = inside.find_last_not_of("}]) \t,");
  const std::string_view brackets = inside.substr(last == std::string_view::npos ? 0 : last + 1);
  for (const char c : brackets) {
    if (c == ' ' || c == '\t' || c == ',') continue;
    const TokenKind kind = c == '}' ? TokenKind::rbrace : c == ']' ? TokenKind::rbracket : TokenKind::rparen;
    // Within the interpolation of another string the line end has closed that one too.
    if (open.empty() || closing_of(open.back()) != kind || open.back() == TokenKind::interpolation) return;
    open.pop_back();
    tokens_.emplace_back(kind, static_cast<std::uint32_t>(tokens_.size()), raw, line_end, line_end);
  }
}

}  // namespace virga::syntax
