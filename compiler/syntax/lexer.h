// text → tokens. Gives what grammar/VirgaLexer.g4 describes; written by hand because a third of all time would else be
// spent there.
#pragma once

#include "compiler/syntax/token.h"

#include <string_view>
#include <vector>

namespace virga::syntax {

/// Tokens that cover `text` without a gap, in linear time for any valid UTF-8. Never fails: what is no token of Virga is a
/// token of a kind that `report_lexical_errors` speaks about.
[[nodiscard]] std::vector<Token> lex(std::string_view text);

}  // namespace virga::syntax
