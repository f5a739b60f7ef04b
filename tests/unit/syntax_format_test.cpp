#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/token.h"
#include "tests/support/syntax_inputs.h"

#include <gtest/gtest.h>

namespace virga::syntax {
namespace {

struct Formatted {
  explicit Formatted(std::string text) {
    const SourceFile& source = sources.add("test.virga", std::move(text));
    const File file = parse(source, sink);
    tree = dump(source, file, {.spans = false});
    result = format(source, file);
    for (const Token& token : file.tokens) {
      if (token.kind != TokenKind::comment && token.kind != TokenKind::doc) continue;
      std::string_view comment = text_of(source.text, token);
      while (comment.ends_with(' ') || comment.ends_with('\t') || comment.ends_with('\f')) comment.remove_suffix(1);
      comments += std::string(comment) + '\n';
    }
  }

  SourceMap sources;
  diag::Sink sink;
  std::string tree, result, comments;
};

std::string formatted(std::string text) {
  const Formatted f(std::move(text));
  for (const auto& d : f.sink.all()) ADD_FAILURE() << d.message;
  return f.result;
}

/// The laws that hold for every text without mistakes.
void expect_laws(const std::string& text) {
  const Formatted once(text);
  if (once.sink.has_errors()) {
    ASSERT_EQ(once.result, text);
    return;
  }
  const Formatted twice(once.result);
  ASSERT_FALSE(twice.sink.has_errors()) << text << "\n--- became ---\n" << once.result;
  ASSERT_EQ(twice.result, once.result) << text;
  ASSERT_EQ(twice.tree, once.tree) << text << "\n--- became ---\n" << once.result;
  ASSERT_EQ(twice.comments, once.comments) << text;
}

TEST(SyntaxFormat, IndentsByBrackets) {
  EXPECT_EQ(formatted("a b {\nc d {\ne=1\n}\n}\n"), "a b {\n  c d {\n    e = 1\n  }\n}\n");
  EXPECT_EQ(formatted("let x = f({\na=1\n})\n"), "let x = f({\n  a = 1\n})\n");
  EXPECT_EQ(formatted("let x = [\n1,\n[\n2\n]\n]"), "let x = [\n  1,\n  [\n    2\n  ]\n]\n");
}

TEST(SyntaxFormat, IndentsWhatGoesOn) {
  EXPECT_EQ(formatted("let x = a\n+ b\nlet y =\n1\n"), "let x = a\n  + b\nlet y =\n  1\n");
  EXPECT_EQ(formatted("let x = if a\nthen b\nelse c\n"), "let x = if a\n  then b\n  else c\n");
}

TEST(SyntaxFormat, SpreadsBlocksOfSeveralLines) {
  EXPECT_EQ(formatted("a b { c = 1\nd = 2 }"), "a b {\n  c = 1\n  d = 2\n}\n");
  EXPECT_EQ(formatted("a b { // why\nc = 1\n}"), "a b {  // why\n  c = 1\n}\n");
  EXPECT_EQ(formatted("a b {\n}\nc d { }"), "a b {\n}\nc d {}\n");
}

TEST(SyntaxFormat, SpacesTokens) {
  EXPECT_EQ(formatted("let x=[ 1,2 ,f( a ,b )[ 0 ] . c]"), "let x = [1, 2, f(a, b)[0].c]\n");
  EXPECT_EQ(formatted("let x=a+b*-c&&! d"), "let x = a + b * -c && !d\n");
  EXPECT_EQ(formatted("param a:list( int ) ?={}"), "param a: list(int)? = {}\n");
  EXPECT_EQ(formatted("let x={for k,v in m where v>1 :k=v}"), "let x = { for k, v in m where v > 1: k = v }\n");
  EXPECT_EQ(formatted("a b {c=1 d=2, e=3}"), "a b { c = 1  d = 2, e = 3 }\n");
  EXPECT_EQ(formatted("let x = \"${ a }\""), "let x = \"${ a }\"\n");
}

// A day has no spaces, whatever they are between numbers elsewhere; what goes on stands further in.
TEST(SyntaxFormat, LaysOutWhatIsAllowed) {
  EXPECT_EQ(formatted("allow  \"a/b\"   because \"c\"  until 2027 - 01 -01\nx y { z = 2027-01-01 }"),
            "allow \"a/b\" because \"c\" until 2027-01-01\nx y { z = 2027 - 01 - 01 }\n");
  EXPECT_EQ(formatted("a b {\nallow \"a/b\"\nbecause \"c\"\nuntil 2027-01-01\nd = 1\n}"),
            "a b {\n  allow \"a/b\"\n    because \"c\"\n    until 2027-01-01\n  d = 1\n}\n");
  EXPECT_EQ(formatted("a b { allow \"a/b\" because \"c\"  allow \"d/e\" because \"f\" until 2027-01-01 }"),
            "a b { allow \"a/b\" because \"c\"  allow \"d/e\" because \"f\" until 2027-01-01 }\n");
}

TEST(SyntaxFormat, LinesUpNeighbours) {
  EXPECT_EQ(formatted("a b {\ncode = 1\nruntime = 2\n\nx = 3\nlong_one = {\ny = 1\n}\nz = 1\n}"),
            "a b {\n  code    = 1\n  runtime = 2\n\n  x        = 3\n  long_one = {\n    y = 1\n  }\n  z = 1\n}\n");
  EXPECT_EQ(formatted("webhook ~> sync\nsync -> pages.write\n"), "webhook ~> sync\nsync    -> pages.write\n");
  EXPECT_EQ(formatted("g h {\nPOST \"/a\" -> b\nGET \"/long/{x}\" -> c { d = 1 }\n}"),
            "g h {\n  POST \"/a\"        -> b\n  GET  \"/long/{x}\" -> c { d = 1 }\n}\n");
  EXPECT_EQ(formatted("a b {\non aws { c = 1 }\non aliyun { c = 2 }\n}"),
            "a b {\n  on aws    { c = 1 }\n  on aliyun { c = 2 }\n}\n");
  EXPECT_EQ(formatted("kind k {\nsource GET(path) -> ~>\nsource DELETE(path) -> ~>\n}"),
            "kind k {\n  source GET(path)    -> ~>\n  source DELETE(path) -> ~>\n}\n");
  EXPECT_EQ(formatted("a = 1 // one\nbcd = 2 // two\n\ne = 3    // three"),
            "a   = 1  // one\nbcd = 2  // two\n\ne = 3  // three\n");
  // Wide characters count as a terminal shows them.
  EXPECT_EQ(formatted("let m = {\n\"\u6570\" = 1\n\"abcd\" = 2\n}"), "let m = {\n  \"\u6570\"   = 1\n  \"abcd\" = 2\n}\n");
}

TEST(SyntaxFormat, TidiesLines) {
  EXPECT_EQ(formatted("\n\na = 1   \r\n\r\n\r\n\r\nb = 2\r\n\r\n"), "a = 1\n\nb = 2\n");
  EXPECT_EQ(formatted("a b {\n\n  c = 1\n\n}"), "a b {\n  c = 1\n}\n");
  EXPECT_EQ(formatted("// only   \n"), "// only\n");
  EXPECT_EQ(formatted(""), "");
  EXPECT_EQ(formatted(" \n \n"), "");
  EXPECT_EQ(formatted("let x = \"\"\"\n  a  \n  \"\"\"\n"), "let x = \"\"\"\n  a  \n  \"\"\"\n");
}

TEST(SyntaxFormat, LeavesTextsWithMistakesAlone) {
  const Formatted f("let   x = )\n");
  EXPECT_TRUE(f.sink.has_errors());
  EXPECT_EQ(f.result, "let   x = )\n");
}

TEST(SyntaxFormat, KeepsItsLawsOnEveryProgram) {
  for (const auto& program : syntax_inputs::programs()) {
    SCOPED_TRACE(program.path);
    expect_laws(program.text);
  }
}

TEST(SyntaxFormat, KeepsItsLawsOnChangedPrograms) {
  std::mt19937 random(4);
  const auto programs = syntax_inputs::programs();
  const std::string_view gaps[] = {" ", "\n", "\n\n", "  ", "\t", " // c\n", "\n/// d\n", "\r\n"};
  for (int i = 0; i < 1500; ++i) {
    // Other white space where there is some keeps most texts without mistakes.
    std::string text = programs[random() % programs.size()].text;
    for (int k = 0; k < 6; ++k) {
      const std::size_t at = text.find(' ', random() % (text.size() + 1));
      if (at != std::string::npos) text.replace(at, 1, gaps[random() % std::size(gaps)]);
    }
    expect_laws(i % 2 == 0 ? text : syntax_inputs::mutated(text, random));
    if (HasFatalFailure()) return;
  }
}

TEST(SyntaxFormat, TheStandardKindsAreFormatted) {
  for (const auto& program : syntax_inputs::programs()) {
    if (!program.path.ends_with("stdlib/core.virga")) continue;
    EXPECT_EQ(formatted(program.text), program.text);
  }
}

}  // namespace
}  // namespace virga::syntax
