// What people write who come from another language or another keyboard: what it meant, and what to write instead.
#pragma once

#include "compiler/syntax/token.h"

#include <string_view>

namespace virga::syntax {

/// A token that no valid text has and that may still stand for one.
[[nodiscard]] constexpr bool is_foreign(TokenKind kind) {
  return kind == TokenKind::stray || kind == TokenKind::bad_arrow || kind == TokenKind::bad_name;
}

/// The ASCII sign that a character such as `；` or `→` stands for; empty when there is none.
[[nodiscard]] std::string_view ascii_for(std::string_view character);

/// The kind under which the parser sees a foreign token; the token's own kind, which is trivia, when it is passed over.
[[nodiscard]] TokenKind meant(const Token& token, std::string_view text, TokenKind before);

}  // namespace virga::syntax
