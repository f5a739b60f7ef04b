#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/reference.h"
#include "tests/support/syntax_inputs.h"

#include <gtest/gtest.h>

namespace virga::syntax {
namespace {

struct Parsed {
  explicit Parsed(std::string text) : source(&sources.add("test.virga", std::move(text))), file(parse(*source, sink)) {}
  [[nodiscard]] std::string tree() const { return dump(*source, file, {.spans = false}); }

  SourceMap sources;
  diag::Sink sink;
  const SourceFile* source;
  File file;
};

/// The tree of a text without mistakes.
std::string tree(std::string text) {
  const Parsed p(std::move(text));
  for (const auto& d : p.sink.all()) ADD_FAILURE() << d.message;
  return p.tree();
}

std::string value(const std::string& expression) {
  const std::string whole = tree("let x = " + expression);
  return whole.substr(std::min(whole.size(), std::string_view("let x\n").size()));
}

/// The text of a string expression.
std::string text(const std::string& literal) {
  const Parsed p("let x = " + literal);
  EXPECT_FALSE(p.sink.has_errors()) << literal;
  const auto& let = std::get<LetDecl>(p.file.statements.at(0).data);
  return std::get<std::string>(std::get<StringExpr>(let.value->data).parts.at(0));
}

TEST(SyntaxParse, ReadsEveryProgramOfTheRepository) {
  for (const auto& program : syntax_inputs::programs()) {
    if (program.path.find("/errors/") != std::string::npos) continue;
    const Parsed p(program.text);
    for (const auto& d : p.sink.all()) ADD_FAILURE() << program.path << ": " << d.message;
    EXPECT_TRUE(p.file.complete);
    EXPECT_EQ(print(*p.source, p.file), program.text);
  }
}

// One token decides, or two where a soft word may be a name; `use a.b as c` needs its three.
TEST(SyntaxParse, NeverLooksFarAhead) {
  for (const auto& program : syntax_inputs::programs()) {
    if (Parsed(program.text).file.complete) {
      EXPECT_LE(longest_lookahead(program.text), 2u) << program.path;
    }
  }
}

TEST(SyntaxParse, TellsStatementsByTheirFirstSigns) {
  EXPECT_EQ(tree("a = 1"), "attribute a\n  number 1\n");
  EXPECT_EQ(tree("a: int = 1 { min = 0 }"),
            "declare a\n  type int\n  default\n    number 1\n  constraints\n    attribute min\n      number 0\n");
  EXPECT_EQ(tree("a.b ~> c"), "edge ~>\n  from a.b\n  to c\n");
  EXPECT_EQ(tree("topic news"), "node topic news\n");
  EXPECT_EQ(tree("topic news {}"), "node topic news\n  body\n");
  EXPECT_EQ(tree("notify.slack told { a = 1 }"), "node notify.slack told\n  body\n    attribute a\n      number 1\n");
  EXPECT_EQ(tree("a.b { c = 1 }"), "overlay a.b\n  attribute c\n    number 1\n");
  EXPECT_EQ(tree("queue \"a_${b}\""), "node queue\n  name\n    string\n      text \"a_\"\n      name b\n");
  EXPECT_EQ(tree("\"a_${b}\".dead ~> c"), "edge ~>\n  from .dead\n    string\n      text \"a_\"\n      name b\n  to c\n");
}

TEST(SyntaxParse, JoinsARouteWithItsArrow) {
  const std::string route = "edge ->\n  from GET\n  argument\n    string \"/x\"\n  to f\n";
  EXPECT_EQ(tree("GET \"/x\" -> f"), route);
  EXPECT_EQ(tree("gateway g { GET \"/x\" -> f -> h }").find("edge ->\n      to h") != std::string::npos, true);
  EXPECT_EQ(tree("kind k { source self -> GET \"/x\" -> f }"),
            "kind k\n  source self ->\n  edge ->\n    from GET\n    argument\n      string \"/x\"\n    to f\n");
  // The node that a string names needs no block, even before an edge of the block's own.
  EXPECT_EQ(tree("a b { queue \"c\" {} -> d }"),
            "node a b\n  body\n    node queue\n      name\n        string \"c\"\n      body\n    edge ->\n      to d\n");
}

TEST(SyntaxParse, ReadsDeclarations) {
  EXPECT_EQ(tree("use std.notify as n use \"./x.virga\""), "use std.notify as n\nuse \"./x.virga\"\n");
  EXPECT_EQ(tree("param p: duration = 30d { min = 1d }"),
            "param p\n  type duration\n  default\n    number 30 d\n  constraints\n    attribute min\n      number 1 d\n");
  EXPECT_EQ(
      tree("output u: string output v = a.b { description = \"c\" }"),
      "output u\n  type string\noutput v\n  member b\n    name a\n  body\n    attribute description\n      string \"c\"\n");
  EXPECT_EQ(tree("resource aws \"A::B\" ops { C = 1 }"),
            "node resource aws \"A::B\" ops\n  body\n    attribute C\n      number 1\n");
  EXPECT_EQ(tree("kind k on aws { port a port b = c.d }"), "kind k on aws\n  port a\n  port b = c.d\n");
  EXPECT_EQ(tree("kind k { source GET(path) -> ~> { a: int? } target self ~> }"),
            "kind k\n  source GET(path) -> ~>\n    declare a\n      type int?\n  target self ~>\n");
  EXPECT_EQ(tree("allow \"a/b\" because \"c\""), "allow \"a/b\" because \"c\"\n");
  EXPECT_EQ(tree("allow \"a/b\" because \"c\" until 2027-01-01 until = 3"),
            "allow \"a/b\" because \"c\" until 2027-01-01\nattribute until\n  number 3\n");
  EXPECT_EQ(tree("a -> b { allow \"a/b\" because \"c\" until 2027 - 01 - 01, -> d }"),
            "edge ->\n  from a\n  to b\n  properties\n    allow \"a/b\" because \"c\" until 2027-01-01\n    edge ->\n      "
            "to d\n");
  EXPECT_EQ(tree("allow \"a/b\" because \"c\" allow \"d/e\" because \"f\" because g"),
            "allow \"a/b\" because \"c\"\nallow \"d/e\" because \"f\"\nnode because g\n");
  EXPECT_EQ(tree("type t = enum(a, none, b)?"), "alias t\n  type enum?\n    member a\n    member none\n    member b\n");
  EXPECT_EQ(tree("type t = list({ a: map(string) })"),
            "alias t\n  type list\n    record\n      declare a\n        type map\n          type string\n");
  EXPECT_EQ(tree("stage prod { a { b = 1 } app { c = 2 } }"),
            "stage prod\n  overlay a\n    attribute b\n      number 1\n  overlay app\n    attribute c\n      number 2\n");
  EXPECT_EQ(tree("for k, v in m { a b } if c { } else if d { a = 1 } else { a = 2 }"),
            "for k v\n  in\n    name m\n  do\n    node a b\nif\n  condition\n    name c\n  else\n    if\n      condition\n  "
            "      name d\n      then\n"
            "        attribute a\n          number 1\n      else\n        attribute a\n          number 2\n");
}

// Words with a meaning are names wherever a declaration does not begin.
TEST(SyntaxParse, TakesSoftWordsAsNames) {
  for (const char* word : {"where", "app", "param", "let", "output", "use", "as", "kind", "type", "source", "target", "port",
                           "stage", "on", "resource", "allow", "require", "moved"}) {
    const std::string w = word;
    EXPECT_EQ(tree(w + " = 1"), "attribute " + w + "\n  number 1\n");
    EXPECT_EQ(tree(w + ": int"), "declare " + w + "\n  type int\n");
    EXPECT_EQ(tree(w + " -> a." + w), "edge ->\n  from " + w + "\n  to a." + w + "\n");
    EXPECT_EQ(tree(w + " { }"), "overlay " + w + "\n");
    EXPECT_EQ(tree("queue " + w), "node queue " + w + "\n");
    EXPECT_EQ(tree("let x = " + w + "." + w), "let x\n  member " + w + "\n    name " + w + "\n");
    EXPECT_EQ(tree("let x = { " + w + " = 1 }"), "let x\n  map\n    entry\n      string \"" + w + "\"\n      number 1\n");
    EXPECT_EQ(tree("kind k { " + w + ": int }"), "kind k\n  declare " + w + "\n    type int\n");
  }
}

TEST(SyntaxParse, BindsOperatorsByLevel) {
  EXPECT_EQ(value("a + b - c"), "  chain\n    name a\n    +\n    name b\n    -\n    name c\n");
  EXPECT_EQ(value("a + b * c"), "  chain\n    name a\n    +\n    chain\n      name b\n      *\n      name c\n");
  EXPECT_EQ(value("(a + b) * c"), "  chain\n    chain\n      name a\n      +\n      name b\n    *\n    name c\n");
  EXPECT_EQ(value("a || b && c == d"),
            "  chain\n    name a\n    ||\n    chain\n      name b\n      &&\n      chain\n        name c\n        ==\n      "
            "  name d\n");
  EXPECT_EQ(value("!!a.b"), "  unary !!\n    member b\n      name a\n");
  EXPECT_EQ(value("-1 - -1"), "  chain\n    unary -\n      number 1\n    -\n    unary -\n      number 1\n");
}

TEST(SyntaxParse, NeedsNoCommas) {
  EXPECT_EQ(value("[a b, c]"), "  list\n    name a\n    name b\n    name c\n");
  EXPECT_EQ(value("[a -b]"), "  list\n    chain\n      name a\n      -\n      name b\n");
  EXPECT_EQ(value("[a, -b]"), "  list\n    name a\n    unary -\n      name b\n");
  EXPECT_EQ(value("[a [0]]"), "  list\n    name a\n    list\n      number 0\n");
  EXPECT_EQ(value("[a[0]]"), "  list\n    index\n      name a\n      number 0\n");
  EXPECT_EQ(value("[f (a)]"), "  list\n    name f\n    name a\n");
  EXPECT_EQ(value("[f(a)]"), "  list\n    call f\n      name a\n");
  EXPECT_EQ(value("{ a = 1 \"b c\" = 2, if = 3 }"),
            "  map\n    entry\n      string \"a\"\n      number 1\n    entry\n      string \"b c\"\n      number 2\n    "
            "entry\n      string \"if\"\n      number 3\n");
}

TEST(SyntaxParse, ReadsComprehensionsAndChoices) {
  EXPECT_EQ(value("[for x in xs where x > 1: x]"),
            "  for x\n    in\n      name xs\n    where\n      chain\n        name x\n        >\n        number 1\n    "
            "value\n      name x\n");
  EXPECT_EQ(value("{for k, v in m: k = v}"),
            "  for k v\n    in\n      name m\n    key\n      name k\n    value\n      name v\n");
  EXPECT_EQ(value("if a then b else if c then d else e"),
            "  if\n    condition\n      name a\n    then\n      name b\n    else\n      if\n        condition\n          "
            "name c\n        then\n          name d\n"
            "        else\n          name e\n");
}

TEST(SyntaxParse, SplitsNumbersFromUnits) {
  EXPECT_EQ(value("1_024.5MB"), "  number 1024.5 MB\n");
  EXPECT_EQ(value("10%"), "  number 10 %\n");
  EXPECT_EQ(value("1e3"), "  number 1 e3\n");
}

TEST(SyntaxParse, ResolvesEscapes) {
  EXPECT_EQ(text(R"("\n\t\r\"\\\$\u{e9}\u{1F600}$ $$")"), "\n\t\r\"\\$\u00e9\U0001f600$ $$");
  EXPECT_EQ(text("\"\""), "");
}

TEST(SyntaxParse, TakesIndentationOffLongTexts) {
  EXPECT_EQ(text("\"\"\"\n    a\n      b\n\n    c\n    \"\"\""), "a\n  b\n\nc");
  EXPECT_EQ(text("\"\"\"\n\"\"\""), "");
  EXPECT_EQ(text("\"\"\"\n  \n  \"\"\""), "");
  EXPECT_EQ(text("\"\"\"\n  a\n\n  \"\"\""), "a\n");
  EXPECT_EQ(text("\"\"\"\n  a \"quoted\" \"\" b $c\n  \"\"\""), "a \"quoted\" \"\" b $c");
  EXPECT_EQ(text("\"\"\"\r\n  a\r\n  b\r\n  \"\"\""), "a\nb");
  EXPECT_EQ(text("\"\"\"\n  a\\n  b\n  \"\"\""), "a\n  b");
  EXPECT_EQ(value("\"\"\"\n  a ${b}\n  c\n  \"\"\""), "  string\n    text \"a \"\n    name b\n    text \"\\nc\"\n");
  EXPECT_EQ(value("\"\"\"\n  ${b}\n  \"\"\""), "  string\n    name b\n");
}

TEST(SyntaxParse, AttachesDocumentation) {
  EXPECT_EQ(tree("/// One.\n///  Two.\n///\n/// Three.\nkind k {\n  /// Inner.\n  a: int\n  // no\n  b: int\n}\n"),
            "kind k\n  doc \"One.\\n Two.\\n\\nThree.\"\n  declare a\n    doc \"Inner.\"\n    type int\n  declare b\n    "
            "type int\n");
}

TEST(SyntaxParse, GivesPlaces) {
  const Parsed p("app docs {\n  a = [1, 20]\n}\n");
  EXPECT_EQ(dump(*p.source, p.file),
            "app docs  @1:1-3:2\n  attribute a  @2:3-2:14\n    list  @2:7-2:14\n      number 1  @2:8-2:9\n      number 20  "
            "@2:11-2:13\n");
}

// A text that ends anywhere has been begun, and what is missing from it is reported.
TEST(SyntaxParse, SurvivesTextsThatEndAnywhere) {
  std::vector<std::string> texts = {
      "n = { for k, v in all where k != none : k = [for x in v where x > 1 : -x] }",
      "n = if a == 1 && !b then f(x, [1, 2])[0].name else \"a ${if b then c else d} e\"",
      "function f(t in [1, 2]) { for x in t { queue q { a: 1 } } if c { } else if d { } else { } }",
      "param p: enum(a, b)? = a { on x { y = { z = 1 } } } output o = p.q { export = true }",
      "queue q(a: string = \"x\") { GET \"/x\" -> f { a = 1 } dead ~> g } q.x \"y\" -> [f, g] { b = 2 }",
  };
  for (const auto& program : syntax_inputs::programs()) texts.push_back(program.text);
  std::mt19937 random(5);
  for (const std::string& text : texts) {
    const std::size_t step = text.size() < 200 ? 1 : 1 + text.size() / 60;
    for (std::size_t end = 0; end < text.size(); end += step == 1 ? 1 : 1 + random() % (2 * step)) {
      const Parsed p(text.substr(0, end));
      ASSERT_EQ(p.file.complete, !p.sink.has_errors()) << text.substr(0, end);
      (void)p.tree();
    }
  }
}

// Whatever the text: no crash, every byte in the tokens, and errors exactly when the file is not complete.
TEST(SyntaxParse, SurvivesChangedPrograms) {
  std::mt19937 random(3);
  const auto programs = syntax_inputs::programs();
  for (int i = 0; i < 3000; ++i) {
    std::string changed = i % 3 == 0 ? syntax_inputs::random_text(random, 40)
                                     : syntax_inputs::mutated(programs[random() % programs.size()].text, random);
    const Parsed p(changed);
    ASSERT_EQ(print(*p.source, p.file), changed);
    ASSERT_EQ(p.file.complete, !p.sink.has_errors());
    ASSERT_LE(p.sink.errors(), 50u);
    for (const auto& d : p.sink.all()) {
      ASSERT_LE(d.span.begin, d.span.end);
      ASSERT_LE(d.span.end, changed.size());
    }
    (void)p.tree();
  }
}

}  // namespace
}  // namespace virga::syntax
