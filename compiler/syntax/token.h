// The kinds of tokens: those of grammar/VirgaLexer.g4 with the same numbers.
#pragma once

#include "compiler/syntax/tree.h"

#include <string_view>

namespace virga::syntax {

enum class TokenKind : std::uint8_t {
  end_of_file = 0,  ///< never in a token list; ANTLR's number for it is another
#define TOKEN(name, grammar_name, said) name,
#include "compiler/syntax/tokens.def"
#undef TOKEN
};

/// How messages call a token of this kind: "a name", "`}`", "the end of the file".
[[nodiscard]] std::string_view said(TokenKind kind);

/// White space and comments, and what is passed over after it was reported.
[[nodiscard]] constexpr bool is_trivia(TokenKind kind) {
  switch (kind) {
    case TokenKind::white_space:
    case TokenKind::doc:
    case TokenKind::comment:
    case TokenKind::block_comment:
    case TokenKind::hash_comment:
    case TokenKind::semicolon:
    case TokenKind::bad_arrow:
    case TokenKind::stray: return true;
    default: return false;
  }
}

/// A word such as `param`, which is a name except where a statement begins.
[[nodiscard]] constexpr bool is_soft_word(TokenKind kind) { return kind >= TokenKind::where && kind <= TokenKind::moved; }

[[nodiscard]] constexpr bool is_name(TokenKind kind) { return kind == TokenKind::name || is_soft_word(kind); }

/// A word that is never a name.
[[nodiscard]] constexpr bool is_reserved(TokenKind kind) { return kind >= TokenKind::true_ && kind <= TokenKind::in; }

/// After such a token `-` is the binary operator, and a bracket that touches it is a call or an index. `where` is left out:
/// `[for x in xs where -x < 3: x]`.
[[nodiscard]] constexpr bool ends_operand(TokenKind kind) {
  switch (kind) {
    case TokenKind::true_:
    case TokenKind::false_:
    case TokenKind::none:
    case TokenKind::name:
    case TokenKind::bad_name:
    case TokenKind::number:
    case TokenKind::bad_string:
    case TokenKind::string_close:
    case TokenKind::string_break:
    case TokenKind::block_close:
    case TokenKind::rparen:
    case TokenKind::rbracket:
    case TokenKind::rbrace: return true;
    default: return is_soft_word(kind) && kind != TokenKind::where;
  }
}

/// `{`, `${`, `(`, `[`.
[[nodiscard]] constexpr bool opens_bracket(TokenKind kind) {
  switch (kind) {
    case TokenKind::lbrace:
    case TokenKind::interpolation:
    case TokenKind::lparen:
    case TokenKind::call_open:
    case TokenKind::lbracket:
    case TokenKind::index_open: return true;
    default: return false;
  }
}

[[nodiscard]] constexpr bool closes_bracket(TokenKind kind) {
  return kind == TokenKind::rbrace || kind == TokenKind::rparen || kind == TokenKind::rbracket;
}

/// The bracket that closes an opening one.
[[nodiscard]] constexpr TokenKind closing_of(TokenKind opening) {
  switch (opening) {
    case TokenKind::lparen:
    case TokenKind::call_open: return TokenKind::rparen;
    case TokenKind::lbracket:
    case TokenKind::index_open: return TokenKind::rbracket;
    default: return TokenKind::rbrace;
  }
}

/// The bytes of a token.
[[nodiscard]] inline std::string_view text_of(std::string_view source, const Token& token) {
  return source.substr(token.begin, token.end - token.begin);
}

}  // namespace virga::syntax
