#include "compiler/syntax/reference.h"

#include "compiler/source/utf8.h"
#include "compiler/syntax/lexer.h"
#include "compiler/syntax/token_stream.h"

#include "grammar/VirgaLexer.h"
#include "grammar/VirgaParser.h"

#include <antlr4-runtime.h>
#include <atn/DecisionInfo.h>
#include <atn/ParseInfo.h>

#include <algorithm>
#include <string>

namespace virga::syntax {

std::vector<Token> reference_lex(std::string_view text) {
  // ANTLR counts code points, we count bytes.
  std::vector<std::uint32_t> offsets;
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).length)
    offsets.push_back(static_cast<std::uint32_t>(at));
  offsets.push_back(static_cast<std::uint32_t>(text.size()));

  antlr4::ANTLRInputStream input{std::string(text)};
  grammar::VirgaLexer lexer(&input);
  lexer.removeErrorListeners();
  std::vector<Token> tokens;
  for (const auto& token : lexer.getAllTokens()) {
    tokens.push_back({static_cast<TokenKind>(token->getType()), offsets.at(token->getStartIndex()),
                      offsets.at(token->getStopIndex() + 1)});
  }
  return tokens;
}

std::size_t longest_lookahead(std::string_view text) {
  ParserTokens tokens(text, lex(text));
  grammar::VirgaParser parser(&tokens);
  parser.setProfile(true);
  parser.file();
  long long longest = 0;
  for (const auto& decision : parser.getParseInfo().getDecisionInfo()) {
    longest = std::max<long long>({longest, decision.SLL_MaxLook, decision.LL_MaxLook});
  }
  return static_cast<std::size_t>(longest);
}

}  // namespace virga::syntax
