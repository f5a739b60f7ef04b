// The tokens as grammar/VirgaLexer.g4 itself gives them, by ANTLR's own lexer: slow, and what `lex` must agree with. Only the
// tests use it.
#pragma once

#include "compiler/syntax/token.h"

#include <string_view>
#include <vector>

namespace virga::syntax {

[[nodiscard]] std::vector<Token> reference_lex(std::string_view text);

}  // namespace virga::syntax
