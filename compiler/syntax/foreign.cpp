#include "compiler/syntax/foreign.h"

#include "compiler/source/utf8.h"

#include <array>

namespace virga::syntax {
namespace {

struct Lookalike {
  char32_t character;
  std::string_view ascii;
};

constexpr std::array kLookalikes{
    Lookalike{0x00A0, " "},   Lookalike{0x00D7, "*"},  Lookalike{0x00F7, "/"},  Lookalike{0x2010, "-"},
    Lookalike{0x2011, "-"},   Lookalike{0x2012, "-"},  Lookalike{0x2013, "-"},  Lookalike{0x2014, "-"},
    Lookalike{0x2018, "\""},  Lookalike{0x2019, "\""}, Lookalike{0x201C, "\""}, Lookalike{0x201D, "\""},
    Lookalike{0x2026, "..."}, Lookalike{0x2190, "->"}, Lookalike{0x2192, "->"}, Lookalike{0x21D2, "->"},
    Lookalike{0x21DD, "~>"},  Lookalike{0x2212, "-"},  Lookalike{0x2260, "!="}, Lookalike{0x2264, "<="},
    Lookalike{0x2265, ">="},  Lookalike{0x27F6, "->"}, Lookalike{0x3000, " "},  Lookalike{0x3001, ","},
    Lookalike{0x3002, "."},   Lookalike{0x3010, "["},  Lookalike{0x3011, "]"},  Lookalike{0xFEFF, " "},
};

constexpr std::string_view kAscii =
    "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

TokenKind kind_of_sign(std::string_view sign, TokenKind before) {
  if (sign == "->") return TokenKind::call;
  if (sign == "~>") return TokenKind::hand_over;
  if (sign == "<=") return TokenKind::less_equal;
  if (sign == ">=") return TokenKind::greater_equal;
  if (sign == "!=") return TokenKind::not_equal;
  if (sign.size() != 1) return TokenKind::stray;
  switch (sign[0]) {
    case '{': return TokenKind::lbrace;
    case '}': return TokenKind::rbrace;
    case '(': return ends_operand(before) ? TokenKind::call_open : TokenKind::lparen;
    case ')': return TokenKind::rparen;
    case '[': return ends_operand(before) ? TokenKind::index_open : TokenKind::lbracket;
    case ']': return TokenKind::rbracket;
    case ',': return TokenKind::comma;
    case '.': return TokenKind::dot;
    case ':': return TokenKind::colon;
    case '?': return TokenKind::question;
    case '=': return TokenKind::equal;
    case '<': return TokenKind::less;
    case '>': return TokenKind::greater;
    case '+': return TokenKind::plus;
    case '-': return ends_operand(before) ? TokenKind::minus : TokenKind::negative;
    case '*': return TokenKind::times;
    case '/': return TokenKind::divide;
    case '!': return TokenKind::not_;
    case '&': return TokenKind::and_;
    case '|': return TokenKind::or_;
    default: return TokenKind::stray;
  }
}

}  // namespace

std::string_view ascii_for(std::string_view character) {
  if (character == "=>" || character == "-->") return "->";
  if (character == "&") return "&&";
  if (character == "|") return "||";
  const CodePoint decoded = decode_utf8(character, 0);
  if (decoded.length != character.size()) return {};
  const char32_t c = decoded.value;
  if (c >= 0xFF01 && c <= 0xFF5E) return kAscii.substr(c - 0xFF01, 1);
  if (c >= 0x2000 && c <= 0x200F) return " ";
  for (const Lookalike& lookalike : kLookalikes) {
    if (lookalike.character == c) return lookalike.ascii;
  }
  return {};
}

TokenKind meant(const Token& token, std::string_view text, TokenKind before) {
  if (token.kind == TokenKind::bad_name) return TokenKind::name;
  const std::string_view sign = ascii_for(text_of(text, token));
  const TokenKind kind = kind_of_sign(sign.size() == 2 && sign[0] == sign[1] ? sign.substr(1) : sign, before);
  return kind == TokenKind::stray ? token.kind : kind;
}

}  // namespace virga::syntax
