// HCL: what is parsed, what it is printed as, and what is refused.
#include "backends/terraform/hcl/json.h"
#include "backends/terraform/hcl/parse.h"
#include "backends/terraform/hcl/print.h"

#include "compiler/diagnostics/render.h"

#include <gtest/gtest.h>

namespace virga::hcl {
namespace {

using Kind = Expr::Kind;

struct Parsed {
  SourceMap sources;
  diag::Sink sink;
  File file;

  explicit Parsed(std::string text) : file(parse(sources.add("main.tf", std::move(text)), sink)) {}
  [[nodiscard]] std::string findings() const { return diag::render_text(sink, sources); }
  [[nodiscard]] std::string code() const { return sink.all().empty() ? "" : sink.all().front().code; }
};

/// One expression, parsed and printed.
std::string again(const std::string& expression) {
  const Parsed parsed("x = " + expression + "\n");
  EXPECT_EQ(parsed.findings(), "") << expression;
  return parsed.file.body.items.empty() ? "" : print(parsed.file.body.items.front().value);
}

TEST(Hcl, ExpressionsComeBackAsTheyWere) {
  for (const char* text : {"null",
                           "true",
                           "-3",
                           "0.1",
                           "\"a\"",
                           "\"a${var.b}c\"",
                           "[1, 2]",
                           "[]",
                           "{}",
                           "var.x",
                           "a.b[0].c",
                           "a[\"k\"].d",
                           "a.*.b",
                           "a[*].b",
                           "f(1, g(x)...)",
                           "core::f()",
                           "a ? b : c",
                           "a + b * c",
                           "(a + b) * c",
                           "!a && b || c",
                           "a == -1",
                           "a % 2 >= 1",
                           "[for x in y : x if x != \"]\"]",
                           "{for k, v in m : k => v}",
                           "\"%{ if a }b%{ endif }\""}) {
    EXPECT_EQ(again(text), text);
  }
}

TEST(Hcl, OperatorsBindAsTheyShould) {
  const Parsed parsed("x = a || b && c == d + e * f\n");
  const Expr& e = parsed.file.body.items.front().value;
  ASSERT_TRUE(e.is(Kind::binary));
  EXPECT_EQ(e.text, "||");
  EXPECT_EQ(e.parts[1].text, "&&");
  EXPECT_EQ(e.parts[1].parts[1].text, "==");
  EXPECT_EQ(e.parts[1].parts[1].parts[1].text, "+");
  EXPECT_EQ(e.parts[1].parts[1].parts[1].parts[1].text, "*");
}

TEST(Hcl, TextsKeepEveryCharacter) {
  const std::string odd = "quote \" back \\ tab \t line \n return \r bell \a dollar ${x} percent %{y} $ % $$ caf\xc3\xa9";
  const Parsed parsed("x = " + hcl::quoted(odd) + "\n");
  EXPECT_EQ(parsed.findings(), "");
  ASSERT_NE(parsed.file.body.items.front().value.string(), nullptr) << hcl::quoted(odd);
  EXPECT_EQ(*parsed.file.body.items.front().value.string(), odd);
}

TEST(Hcl, HeredocsLoseTheirMargin) {
  const Parsed parsed("x = <<-EOT\n    a ${v.b}\n      b \\n\n    EOT\ny = 1\n");
  EXPECT_EQ(parsed.findings(), "");
  ASSERT_EQ(parsed.file.body.items.size(), 2u);
  EXPECT_EQ(print(parsed.file.body.items.front().value), R"("a ${v.b}\n  b \\n\n")");
}

TEST(Hcl, BlocksCommentsAndLabels) {
  const Parsed parsed("# made\n# by hand\n\n# second\n\nresource \"a\" b { // c\n  x = 1 /* d */\n  y {}\n}\n");
  EXPECT_EQ(parsed.findings(), "");
  EXPECT_EQ(parsed.file.comments, (std::vector<std::string>{"made\nby hand", "second"}));
  const Item& item = parsed.file.body.items.front();
  EXPECT_EQ(item.labels, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(item.body.items.size(), 2u);
}

TEST(Hcl, LayoutIsThatOfTheFormatter) {
  const Parsed parsed(
      "a=1\nlong={k=[1,2],\"not a word\"=2\n  kk = 3}\nbb=\"x\"\nccc=2\nblock \"l\" {\n x=1\n inner { }\n yy=2\n}\nother "
      "{}\n");
  EXPECT_EQ(parsed.findings(), "");
  EXPECT_EQ(print(parsed.file),
            "a = 1\nlong = {\n  k            = [1, 2]\n  \"not a word\" = 2\n  kk           = 3\n}\nbb  = \"x\"\nccc = 2\n\n"
            "block \"l\" {\n  x = 1\n\n  inner {}\n\n  yy = 2\n}\n\nother {}\n");
}

TEST(Hcl, JsonGroupsBlocksAndEscapesOnlyTexts) {
  const Parsed parsed(
      "resource \"t\" \"a\" {\n  x = \"$${lit} ${v.y}\"\n  z = v.y\n  b { n = 1 }\n  b { n = 2 }\n}\nresource \"t\" \"c\" "
      "{}\n");
  EXPECT_EQ(
      print_json(parsed.file),
      "{\n  \"resource\": {\n    \"t\": {\n      \"a\": {\n        \"x\": \"$${lit} ${v.y}\",\n        \"z\": \"${v.y}\",\n"
      "        \"b\": [\n          {\n            \"n\": 1\n          },\n          {\n            \"n\": 2\n          }\n"
      "        ]\n      },\n      \"c\": {}\n    }\n  }\n}\n");
}

TEST(Hcl, JsonNamesWhatIsNotEvaluated) {
  const Parsed parsed(
      "variable \"v\" {\n  type = list(string)\n}\nresource \"t\" \"a\" {\n  type = v.y\n  depends_on = [t.b, t.c]\n}\n");
  EXPECT_EQ(
      print_json(parsed.file),
      "{\n  \"variable\": {\n    \"v\": {\n      \"type\": \"list(string)\"\n    }\n  },\n  \"resource\": {\n    \"t\": {\n"
      "      \"a\": {\n        \"type\": \"${v.y}\",\n        \"depends_on\": [\n          \"t.b\",\n          \"t.c\"\n"
      "        ]\n      }\n    }\n  }\n}\n");
}

TEST(Hcl, WhatIsWrongIsSaidOnce) {
  for (const char* text :
       {"x = ",        "x = [1, 2",       "x = \"a",         "x = \"a\n\"",    "a \"b\" {",   "x = 1 2",
        "= 1",         "x = f(",          "x = a ? b",       "x = <<EOT\na\n", "x = \"\\q\"", "x = \"\\ud800\"",
        "x = {a 1}",   "x = a.",          "x = a[",          "x = 1e999",      "/* a",        "}",
        "x = \"${a\"", "x = [for a in b", "x = \"%{ if a\"", "a = @"}) {
    const Parsed parsed(text);
    ASSERT_EQ(parsed.sink.all().size(), 1u) << text << "\n" << parsed.findings();
    EXPECT_EQ(parsed.code(), "template/syntax") << text;
  }
  EXPECT_EQ(Parsed("a = 1\na = 2\n").code(), "template/duplicate-key");
}

TEST(Hcl, DepthHasAnEnd) {
  const auto repeated = [](std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
  };
  constexpr std::size_t kMany = 100000;
  for (const std::string& text :
       {"x = " + repeated("[", kMany), "x = " + repeated("(", kMany), "x = " + repeated("!", kMany),
        "x = " + repeated("\"${", kMany), "x = a" + repeated(".b", kMany), "x = a" + repeated("[0]", kMany),
        "x = 1" + repeated(" + 1", kMany), repeated("a {\n", kMany), "x = " + repeated("a ? ", kMany),
        "x = " + repeated("f(", kMany), "x = " + repeated("{a=", kMany)}) {
    EXPECT_EQ(Parsed(text).code(), "template/too-deep") << text.substr(0, 20);
  }
}

}  // namespace
}  // namespace virga::hcl
