#include "compiler/syntax/reference_lexer.h"

#include "compiler/source/utf8.h"

#include "grammar/VirgaLexer.h"

#include <antlr4-runtime.h>

#include <string>

namespace virga::syntax {

std::vector<Token> reference_lex(std::string_view text) {
  // ANTLR counts code points, we count bytes.
  std::vector<std::uint32_t> offsets;
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).length) offsets.push_back(static_cast<std::uint32_t>(at));
  offsets.push_back(static_cast<std::uint32_t>(text.size()));

  antlr4::ANTLRInputStream input{std::string(text)};
  grammar::VirgaLexer lexer(&input);
  lexer.removeErrorListeners();
  std::vector<Token> tokens;
  for (const auto& token : lexer.getAllTokens()) {
    tokens.push_back({static_cast<TokenKind>(token->getType()), offsets.at(token->getStartIndex()), offsets.at(token->getStopIndex() + 1)});
  }
  return tokens;
}

}  // namespace virga::syntax
