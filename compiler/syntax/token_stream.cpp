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
  }
  const auto end = static_cast<std::uint32_t>(text.size());
  tokens_.emplace_back(TokenKind::end_of_file, static_cast<std::uint32_t>(tokens_.size()),
                       static_cast<std::uint32_t>(tokens.size()), end, end);
}

}  // namespace virga::syntax
