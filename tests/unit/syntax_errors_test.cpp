#include "compiler/diagnostics/codes.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace virga::syntax {
namespace {

struct Parsed {
  explicit Parsed(std::string text) : source(&sources.add("test.virga", std::move(text))), file(parse(*source, sink)) {}

  /// Each finding as `line:column code`.
  [[nodiscard]] std::vector<std::string> findings() const {
    std::vector<std::string> result;
    for (const auto& d : sink.all()) {
      const LineColumn at = sources.locate(d.span.file, d.span.begin);
      result.push_back(fmt::format("{}:{} {}", at.line, at.column, d.code));
    }
    return result;
  }
  [[nodiscard]] const diag::Diagnostic& only() const { return sink.all().front(); }
  [[nodiscard]] std::string tree() const { return dump(*source, file, {.spans = false}); }

  SourceMap sources;
  diag::Sink sink;
  const SourceFile* source;
  File file;
};

using Findings = std::vector<std::string>;

TEST(SyntaxErrors, SayWhatWasExpectedAndWhatStandsThere) {
  const Parsed p("let x = \n");
  ASSERT_EQ(p.findings(), Findings{"2:1 syntax/expected"});
  EXPECT_EQ(p.only().message, "expected a value, but found the end of the file");
  EXPECT_EQ(Parsed("let x 5").only().message, "expected `=`, but found `5`");
  EXPECT_EQ(Parsed("param x = 3").only().message, "expected `:`, but found `=`");
  EXPECT_EQ(Parsed("param x: = 3").only().message, "expected a type, but found `=`");
  EXPECT_TRUE(Parsed("param x: = 3").only().fixes.empty());
  EXPECT_EQ(Parsed("function f { x 1 }").only().message, "expected `=`, an arrow, a name or `{`, but found `1`");
  EXPECT_EQ(Parsed("let x = )").only().message, "expected a value, but found `)`");
  EXPECT_EQ(Parsed("function f { 5 }").only().message, "expected a statement or `}`, but found `5`");
  EXPECT_EQ(Parsed("type t = { 5 }").only().message, "expected a field or `}`, but found `5`");
  EXPECT_EQ(Parsed("let m = { 5 }").only().message, "expected an entry or `}`, but found `5`");
  EXPECT_EQ(Parsed("let m = { a 5 }").only().message, "expected `=`, but found `5`");
  EXPECT_EQ(Parsed("a -> 5").only().message, "expected the name of a node, but found `5`");
  EXPECT_EQ(Parsed("-> b").only().message, "expected a statement, but found `->`");
  EXPECT_EQ(Parsed("let in = 1").only().help.front(), "`in` is a reserved word; take another name");
  EXPECT_EQ(Parsed("let x = if a and b then 1 else 2").only().help.front(), "write `&&`");
  EXPECT_EQ(Parsed("let x = if a = b then 1 else 2").only().help.front(), "values are compared with `==`");
}

TEST(SyntaxErrors, FindEachOfSeveralMistakes) {
  const Parsed p(
      "function a {\n"
      "  memory = = 2GB\n"
      "  timeout = 10s\n"
      "}\n"
      "queue q { delay 5s }\n"
      "let good = 1\n"
      "let bad = [1, )\n"
      "function b { code = \"x\" }\n");
  EXPECT_EQ(p.findings(), (Findings{"2:12 syntax/expected", "5:17 syntax/expected", "7:15 syntax/expected"}));
  EXPECT_EQ(p.tree(),
            "node function a\n  body\n    attribute memory\n      error\n    attribute timeout\n      number 10 s\n"
            "node queue q\n  body\nlet good\n  number 1\nlet bad\n  error\nnode function b\n  body\n    attribute code\n"
            "      string \"x\"\n");
  EXPECT_FALSE(p.file.complete);
}

TEST(SyntaxErrors, FindMistakesWithinBlocksOfEverySort) {
  EXPECT_EQ(Parsed("type t = {\n a: int\n b string\n c: )\n d: int\n}\nlet x = ]\n").findings(),
            (Findings{"3:4 syntax/expected", "4:5 syntax/expected", "7:9 syntax/expected"}));
  EXPECT_EQ(Parsed("let x = {\n a = 1\n b = = 2\n c 3\n}\nlet y = ]").findings(),
            (Findings{"3:6 syntax/expected", "4:4 syntax/expected", "6:9 syntax/expected"}));
  EXPECT_EQ(Parsed("kind k {\n source 5 ->\n target self\n a: 5\n}\nlet y = ]").findings(),
            (Findings{"2:9 syntax/expected", "4:5 syntax/expected", "6:9 syntax/expected"}));
  EXPECT_EQ(Parsed("function f {\n foo\n y = 4\n bar.baz\n}\nqueue\n\"x\".dead ~> b\n").findings(),
            (Findings{"2:2 syntax/lone-name", "4:2 syntax/lone-name", "6:1 syntax/lone-name"}));
  EXPECT_EQ(Parsed(")\nparam for: int\n").findings(), (Findings{"1:1 syntax/unopened", "2:7 syntax/expected"}));
  EXPECT_EQ(Parsed("let in = 1\nparam for: int\napp none { }").findings(),
            (Findings{"1:5 syntax/expected", "2:7 syntax/expected", "3:5 syntax/expected"}));
}

TEST(SyntaxErrors, PointAtTheBracketThatNothingCloses) {
  const Parsed p("function a {\n  memory = 1GB\n\nfunction b {\n}\n");
  ASSERT_EQ(p.findings(), Findings{"1:12 syntax/unclosed"});
  EXPECT_EQ(p.only().message, "`{` is never closed");
  EXPECT_EQ(p.only().labels.at(0).text, "`}` is missing before here");
  // The indentation tells the inner brace.
  EXPECT_EQ(Parsed("function a {\n  http = {\n    auth = x\n\n  memory = 1\n}\nfunction b { }\n").findings(),
            Findings{"2:10 syntax/unclosed"});
  EXPECT_EQ(Parsed("let x = [1, 2\nlet y = )\n").findings(), (Findings{"1:9 syntax/unclosed", "2:9 syntax/expected"}));
  EXPECT_EQ(Parsed("f {\n  x = g(1, 2\n}\nlet y = )").findings(), (Findings{"2:8 syntax/unclosed", "4:9 syntax/expected"}));
  EXPECT_EQ(Parsed("f {\n  x = [1 2 }\n}\nlet y = )").findings(), (Findings{"2:7 syntax/unclosed", "4:9 syntax/expected"}));
  EXPECT_EQ(Parsed("f {\n  env = { A = 1\n}\nfunction g { }").findings(), Findings{"2:9 syntax/unclosed"});
  EXPECT_EQ(Parsed("}\nlet x = 1\n").findings(), Findings{"1:1 syntax/unopened"});
  EXPECT_EQ(Parsed("f { ) }").findings(), Findings{"1:5 syntax/unopened"});
}

TEST(SyntaxErrors, ShowWhereALineWasCutShort) {
  const Parsed p("function f {\n  memory =\n  timeout = 10s\n}\n");
  ASSERT_EQ(p.findings(), Findings{"2:11 syntax/expected"});
  EXPECT_EQ(p.only().message, "expected a value, but found the end of the line");
  EXPECT_EQ(Parsed("a ->\nb -> c\n").findings(), Findings{"1:5 syntax/expected"});
  EXPECT_EQ(Parsed("let x = a.b.\nlet y = 2\n").findings(), Findings{"1:13 syntax/expected"});
  EXPECT_EQ(Parsed("kind k {\n  a:\n  b: int\n}\n").findings(), Findings{"2:5 syntax/expected"});
}

TEST(SyntaxErrors, FixAUnitThatStandsApart) {
  const Parsed p("function f {\n  memory = 512 MB\n  timeout = 10s\n}\n");
  ASSERT_EQ(p.findings(), Findings{"2:12 syntax/spaced-unit"});
  EXPECT_EQ(p.only().fixes.at(0).edits.at(0).text, "512MB");
}

TEST(SyntaxErrors, TellColonFromEqual) {
  const Parsed p("function f {\n  memory: 512MB\n}\n");
  ASSERT_EQ(p.findings(), Findings{"2:11 syntax/expected"});
  EXPECT_EQ(p.only().message, "expected a type, but found `512MB`");
  EXPECT_EQ(p.only().fixes.at(0).edits.at(0).text, " =");
  const Parsed json("let x = { a: 1, \"b\": 2 }");
  EXPECT_EQ(json.findings(), Findings{"1:12 syntax/colon-for-equal"});
  EXPECT_EQ(json.tree(),
            "let x\n  map\n    entry\n      string \"a\"\n      number 1\n    entry\n      string \"b\"\n      number 2\n");
}

TEST(SyntaxErrors, EndAStringWithItsLine) {
  EXPECT_EQ(Parsed("f {\n  code = \"./x\n  timeout = 10s\n}\n").findings(), Findings{"2:10 syntax/unterminated-string"});
  EXPECT_EQ(Parsed("let x = \"abc").findings(), Findings{"1:9 syntax/unterminated-string"});
  EXPECT_EQ(Parsed("let x = \"\"\"\n abc ${d}").findings(), Findings{"1:9 syntax/unterminated-string"});
  const Parsed p("let x = \"a ${b\"\nlet y = )\n");
  EXPECT_EQ(p.findings(), (Findings{"1:15 syntax/unterminated-string", "2:9 syntax/expected"}));
  EXPECT_EQ(p.only().labels.at(0).span.begin, 11u);
}

TEST(SyntaxErrors, NameUnknownEscapes) {
  EXPECT_EQ(Parsed("let x = \"\\q \\u{110000} \\u{zz} \\u{d800} \\u{}\"").findings(),
            (Findings{"1:10 syntax/unknown-escape", "1:13 syntax/unknown-escape", "1:24 syntax/unknown-escape",
                      "1:31 syntax/unknown-escape", "1:40 syntax/unknown-escape"}));
}

TEST(SyntaxErrors, UnderstandOtherKeyboards) {
  const Parsed p("let x = {\n  a = \u201cb\u201d\uff0c c \uff1d \uff081 + 2\uff09\uff1b\n}\n");
  EXPECT_EQ(p.findings(),
            (Findings{"2:7 syntax/foreign-quotes", "2:10 syntax/stray-character", "2:14 syntax/stray-character",
                      "2:16 syntax/stray-character", "2:22 syntax/stray-character", "2:23 syntax/stray-character"}));
  EXPECT_EQ(p.only().fixes.at(0).edits.at(0).text, "\"b\"");
  EXPECT_EQ(p.sink.all().at(1).help.at(0), "write `,`");
  EXPECT_EQ(p.tree(),
            "let x\n  map\n    entry\n      string \"a\"\n      string \"b\"\n    entry\n      string \"c\"\n      chain\n  "
            "      number 1\n"
            "        +\n        number 2\n");
  EXPECT_EQ(Parsed("let gr\u00f6\u00dfe = 1").findings(), Findings{"1:5 syntax/name-characters"});
  EXPECT_EQ(Parsed("let a = 1\u00a0+ 2").findings(), Findings{"1:10 syntax/stray-character"});
}

TEST(SyntaxErrors, UnderstandOtherLanguages) {
  EXPECT_EQ(Parsed("let x = 'a'\nlet y = `b`").findings(),
            (Findings{"1:9 syntax/foreign-quotes", "2:9 syntax/foreign-quotes"}));
  EXPECT_EQ(Parsed("/* a\n b */\nlet x = 1;\n# c\n").findings(),
            (Findings{"1:1 syntax/foreign-comment", "3:10 syntax/semicolon", "4:1 syntax/foreign-comment"}));
  const Parsed arrows("a => b\na \u2192 b\na --> c\n");
  EXPECT_EQ(arrows.findings(),
            (Findings{"1:3 syntax/foreign-arrow", "2:3 syntax/foreign-arrow", "3:3 syntax/foreign-arrow"}));
  EXPECT_EQ(arrows.file.statements.size(), 3u);
  EXPECT_EQ(Parsed("let x = a & b | c").findings(),
            (Findings{"1:11 syntax/stray-character", "1:15 syntax/stray-character"}));
}

TEST(SyntaxErrors, RefuseWhatTheTreeCannotMean) {
  EXPECT_EQ(Parsed("let x = 1 < 2 < 3").findings(), Findings{"1:15 syntax/chained-comparison"});
  EXPECT_EQ(Parsed("sync.memory = 2GB").findings(), Findings{"1:1 syntax/dotted-attribute"});
  EXPECT_EQ(Parsed("resource aws \"A::${b}\" x { }").findings(), Findings{"1:14 syntax/expected"});
  EXPECT_EQ(Parsed("let x = \"\"\"abc\"\"\"").findings(), Findings{"1:9 syntax/multi-line-string"});
  EXPECT_EQ(Parsed("let x = \"\"\"\n  a\n b\n  \"\"\"").findings(), Findings{"1:9 syntax/multi-line-string"});
  EXPECT_EQ(Parsed("let x = \"\"\"\n  a \"\"\"").findings(), Findings{"1:9 syntax/multi-line-string"});
}

TEST(SyntaxErrors, StopAtALimit) {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "let x = )\n";
  const Parsed p(text);
  EXPECT_EQ(p.sink.errors(), 50u);
  EXPECT_EQ(p.sink.all().size(), 51u);
  EXPECT_EQ(p.sink.all().back().code, "syntax/too-many-errors");
  EXPECT_EQ(p.sink.all().back().severity, diag::Severity::note);
  EXPECT_EQ(Parsed(std::string(1'000'000, '@')).sink.errors(), 50u);
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string result;
  result.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += piece;
  return result;
}

TEST(SyntaxErrors, RefuseDeepNesting) {
  const std::size_t deep = 10'000;
  for (const std::string_view piece : {"[", "(", "{a=", "\"${", "f(", "[for x in ", "if a then b else ", "-(", "a["}) {
    const Parsed p("let x = " + repeated(piece, deep));
    EXPECT_LE(p.findings().size(), 2u) << piece;  // of the strings, the first lacks its end too
    EXPECT_EQ(p.sink.all().back().code, "syntax/too-deep") << piece;
    EXPECT_TRUE(p.file.statements.empty());
  }
  for (const std::string_view piece : {"a b {", "for x in y {", "if a {", "kind k {", "if a { } else "}) {
    const Parsed p(repeated(piece, deep));
    EXPECT_EQ(p.only().code, "syntax/too-deep") << piece;
  }
  EXPECT_EQ(Parsed("type t = " + repeated("list(", deep)).only().code, "syntax/too-deep");
  EXPECT_EQ(Parsed("type t = " + repeated("{ a: ", deep)).only().code, "syntax/too-deep");
  EXPECT_EQ(Parsed("let x = a" + repeated("[0]", deep)).only().code, "syntax/too-deep");
  EXPECT_EQ(Parsed("let x = a" + repeated("[0].b", deep)).only().code, "syntax/too-deep");
}

TEST(SyntaxErrors, AllowAHundredLevels) {
  EXPECT_EQ(Parsed("let x = " + repeated("[", 100) + repeated("]", 100)).findings(), Findings{});
  EXPECT_EQ(Parsed("let x = " + repeated("[", 101) + repeated("]", 101)).findings(), Findings{"1:109 syntax/too-deep"});
}

// What may be long without being deep.
TEST(SyntaxErrors, TakeLongTextsInTheirStride) {
  const std::size_t many = 100'000;
  EXPECT_EQ(Parsed("let x = 1" + repeated(" + 1", many)).findings(), Findings{});
  EXPECT_EQ(Parsed("let x = 1" + repeated(" + 1 * 2", many)).findings(), Findings{});
  EXPECT_EQ(Parsed("let x = " + repeated("!", many) + "a").findings(), Findings{});
  EXPECT_EQ(Parsed("let x = " + repeated("-", many) + "a").findings().size(), 0u);
  EXPECT_EQ(Parsed("let x = a" + repeated(".b", many)).findings(), Findings{});
  EXPECT_EQ(Parsed("let x = [" + repeated("a ", many) + "]").findings(), Findings{});
  EXPECT_EQ(Parsed("let x = \"" + repeated("${a}", many) + "\"").findings(), Findings{});
  EXPECT_EQ(Parsed("a" + repeated(".b", many) + " -> c").findings(), Findings{});
  EXPECT_EQ(Parsed("let " + std::string(10'000'000, 'a') + " = 1").findings(), Findings{});
  EXPECT_EQ(Parsed("let x = \"" + std::string(10'000'000, 'a') + "\"").findings(), Findings{});
  EXPECT_EQ(Parsed(repeated("if ", many)).findings().size(), 1u);
  EXPECT_EQ(Parsed(repeated("a ", many)).findings().size(), 0u);
}

}  // namespace
}  // namespace virga::syntax
