#include "compiler/syntax/layout.h"

#include <algorithm>

namespace virga::syntax {
namespace {

/// Index after the string that opens at `open`; strings and braces within are its own.
std::size_t after_string(const std::vector<Token>& tokens, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    switch (tokens[i].kind) {
      case TokenKind::string_open:
      case TokenKind::block_open:
      case TokenKind::interpolation:
      case TokenKind::lbrace: ++depth; break;
      case TokenKind::string_close:
      case TokenKind::block_close:
      case TokenKind::rbrace:
        if (--depth == 0) return i + 1;
        break;
      default: break;
    }
  }
  return tokens.size();
}

std::string with_line_feeds(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') result += text[i];
  }
  return result;
}

std::string without_trailing_space(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\f");
  return std::string(text.substr(0, last == std::string_view::npos ? 0 : last + 1));
}

}  // namespace

std::vector<Piece> pieces(std::string_view text, const std::vector<Token>& tokens) {
  std::vector<Piece> result;
  std::size_t line_ends = 0;
  for (std::size_t i = 0; i < tokens.size();) {
    const Token& token = tokens[i];
    if (token.kind == TokenKind::white_space) {
      const std::string_view space = text_of(text, token);
      line_ends = static_cast<std::size_t>(std::count(space.begin(), space.end(), '\n'));
      // A carriage return alone ends a comment as well, and must not join it with what follows.
      if (line_ends == 0 && space.find('\r') != std::string_view::npos) line_ends = 1;
      ++i;
      continue;
    }
    Piece piece{token.kind, token.begin, {}, line_ends > 0, line_ends > 1};
    line_ends = 0;
    if (token.kind == TokenKind::string_open || token.kind == TokenKind::block_open) {
      const std::size_t end = after_string(tokens, i);
      piece.text = with_line_feeds(text.substr(token.begin, tokens[end - 1].end - token.begin));
      i = end;
    } else {
      const bool comment = token.kind == TokenKind::comment || token.kind == TokenKind::doc;
      piece.text = comment ? without_trailing_space(text_of(text, token)) : std::string(text_of(text, token));
      ++i;
    }
    result.push_back(std::move(piece));
  }
  return result;
}

}  // namespace virga::syntax
