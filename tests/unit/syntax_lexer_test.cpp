#include "compiler/syntax/lexer.h"
#include "compiler/syntax/reference.h"
#include "tests/support/syntax_inputs.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace virga::syntax {
namespace {

std::string shown(std::string_view text, const std::vector<Token>& tokens) {
  std::string result;
  for (const Token& token : tokens) result += fmt::format("{} {}\n", static_cast<int>(token.kind), text_of(text, token));
  return result;
}

std::string kinds(std::string_view text) {
  std::string result;
  for (const Token& token : lex(text)) {
    if (token.kind == TokenKind::white_space) continue;
    result += (result.empty() ? "" : " ");
#define TOKEN(name, grammar_name, said) \
  if (token.kind == TokenKind::name) result += #grammar_name;
#include "compiler/syntax/tokens.def"
#undef TOKEN
  }
  return result;
}

void expect_agreement(const std::string& text) {
  const std::vector<Token> ours = lex(text);
  std::uint32_t at = 0;
  for (const Token& token : ours) {
    ASSERT_EQ(token.begin, at) << text;
    ASSERT_LT(token.begin, token.end) << text;
    at = token.end;
  }
  ASSERT_EQ(at, text.size());
  ASSERT_EQ(shown(text, ours), shown(text, reference_lex(text))) << text;
}

TEST(SyntaxLexer, AgreesWithTheGrammarOnEveryProgram) {
  const auto programs = syntax_inputs::programs();
  ASSERT_GT(programs.size(), 5u);
  for (const auto& program : programs) {
    SCOPED_TRACE(program.path);
    expect_agreement(program.text);
  }
}

TEST(SyntaxLexer, AgreesWithTheGrammarOnChangedPrograms) {
  std::mt19937 random(1);
  const auto programs = syntax_inputs::programs();
  for (int i = 0; i < 2000; ++i) {
    const std::string& text = programs[random() % programs.size()].text;
    const std::size_t begin = text.find('\n', random() % (text.size() + 1));
    const std::size_t end = begin == std::string::npos ? begin : text.find('\n', begin + 600);
    expect_agreement(syntax_inputs::mutated(begin == std::string::npos ? text : text.substr(begin, end - begin), random));
    if (HasFatalFailure()) return;
  }
}

TEST(SyntaxLexer, AgreesWithTheGrammarOnChance) {
  std::mt19937 random(2);
  for (int i = 0; i < 20000; ++i) {
    expect_agreement(syntax_inputs::random_text(random, 24));
    if (HasFatalFailure()) return;
  }
}

TEST(SyntaxLexer, TellsABinaryMinusFromASign) {
  EXPECT_EQ(kinds("a - b"), "NAME MINUS NAME");
  EXPECT_EQ(kinds("[a -b]"), "LBRACKET NAME MINUS NAME RBRACKET");
  EXPECT_EQ(kinds("[a, -b]"), "LBRACKET NAME COMMA NEGATIVE NAME RBRACKET");
  EXPECT_EQ(kinds("then -1"), "THEN NEGATIVE NUMBER");
  EXPECT_EQ(kinds("where -x"), "WHERE NEGATIVE NAME");
}

TEST(SyntaxLexer, TellsAnIndexFromAList) {
  EXPECT_EQ(kinds("a[0]"), "NAME INDEX_OPEN NUMBER RBRACKET");
  EXPECT_EQ(kinds("a [0]"), "NAME LBRACKET NUMBER RBRACKET");
  EXPECT_EQ(kinds("f(x)"), "NAME CALL_OPEN NAME RPAREN");
  EXPECT_EQ(kinds("if(x)"), "IF LPAREN NAME RPAREN");
}

TEST(SyntaxLexer, ReadsNumbersWithTheirUnits) {
  EXPECT_EQ(kinds("512MB 0.5vcpu 10% 1_000 1e3"), "NUMBER NUMBER NUMBER NUMBER NUMBER");
  EXPECT_EQ(kinds("1.a"), "NUMBER DOT NAME");
}

TEST(SyntaxLexer, EndsAStringAtTheLineEnd) {
  EXPECT_EQ(kinds("\"a\nb"), "STRING_OPEN TEXT STRING_BREAK NAME");
  EXPECT_EQ(kinds("\"a ${f(\"b\nc"), "STRING_OPEN TEXT INTERPOLATION NAME CALL_OPEN STRING_OPEN TEXT STRING_BREAK NAME");
  EXPECT_EQ(kinds("\"\"\"\na\n\"\"\""), "BLOCK_OPEN TEXT BLOCK_CLOSE");
}

TEST(SyntaxLexer, NestsStrings) {
  EXPECT_EQ(kinds("\"a${ {b = \"}\"}.c }d\""),
            "STRING_OPEN TEXT INTERPOLATION LBRACE NAME EQUAL STRING_OPEN TEXT STRING_CLOSE RBRACE DOT NAME RBRACE TEXT "
            "STRING_CLOSE");
}

// Each would take minutes if anything were looked for again and again.
TEST(SyntaxLexer, TakesLinearTime) {
  const std::size_t million = 1'000'000;
  for (const std::string_view piece :
       {"/*", "{", "\"\n", "{\"\n", "\"${", "'", "\u201c\n", "\\u{", "\"\\u{1\n", "~", "\u00e9 ", "#\n", "1.", "\"\"\""}) {
    std::string text;
    text.reserve(million * piece.size());
    for (std::size_t i = 0; i < million; ++i) text += piece;
    EXPECT_FALSE(lex(text).empty());
  }
  EXPECT_EQ(lex(std::string(10 * million, 'a')).size(), 1u);
  EXPECT_EQ(lex(std::string(million, '{') + std::string(million, '"') + "\n").back().end, 2 * million + 1);
}

}  // namespace
}  // namespace virga::syntax
