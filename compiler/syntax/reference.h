// What ANTLR itself says of the grammar. Only the tests use it.
#pragma once

#include "compiler/syntax/token.h"

#include <string_view>
#include <vector>

namespace virga::syntax {

/// The tokens by the lexer that ANTLR writes: slow, and what `lex` must agree with.
[[nodiscard]] std::vector<Token> reference_lex(std::string_view text);

/// The most tokens that a decision of the parser looked at while it read `text`, which must have no mistakes.
[[nodiscard]] std::size_t longest_lookahead(std::string_view text);

}  // namespace virga::syntax
