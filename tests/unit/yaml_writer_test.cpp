#include "compiler/cloud/yaml_writer.h"
#include "compiler/cloud/template_reader.h"
#include "compiler/diagnostics/render.h"
#include "tests/support/torture.h"

#include <gtest/gtest.h>

#include <limits>

namespace virga::cloud {
namespace {

std::string value(std::string text) {
  const std::string yaml = write_yaml(Document::map({{"k", std::move(text)}}));
  EXPECT_TRUE(yaml.starts_with("k: ") && yaml.ends_with("\n"));
  return yaml.substr(3, yaml.size() - 4);
}

TEST(YamlWriter, LooksLikeWhatPeopleWrite) {
  const Document d = Document::map({
      {"Version", "2010-09-09"},
      {"Description", "Gathers documentation, and shows it"},
      {"Resources", Document::map({{"Queue", Document::map({{"Type", "A::B::Queue"},
                                                            {"Properties",
                                                             Document::map({{"Name", Document("${Stack}-q").tagged("!Sub")},
                                                                            {"Arn", Document("Other.Arn").tagged("!GetAtt")},
                                                                            {"Size", 10},
                                                                            {"Ratio", 0.5},
                                                                            {"Fifo", true},
                                                                            {"None", nullptr}})}})},
                                   {"Empty", Document::map({{"A", Document::list()}, {"B", Document::map()}})}})},
      {"List", Document::list({"a", Document::map({{"k", 1}, {"l", Document::list({"x"})}}),
                               Document::list({1, Document::list({2})}), Document::list({"c", 1}).tagged("!If"),
                               Document::map({{"t", 1}}).tagged("!T"), Document("x").tagged("!Ref")})},
      {"Code", "exports.handler = () => {\n  return 1;\n};\n"},
      {"Last", "a\nb"},
  });
  EXPECT_EQ(write_yaml(d, {{"Made by virga.", "", "Do not edit."}, true}), R"(# Made by virga.
#
# Do not edit.

Version: "2010-09-09"
Description: Gathers documentation, and shows it

Resources:
  Queue:
    Type: A::B::Queue
    Properties:
      Name: !Sub "${Stack}-q"
      Arn: !GetAtt Other.Arn
      Size: 10
      Ratio: 0.5
      Fifo: true
      None: null
  Empty:
    A: []
    B: {}

List:
  - a
  - k: 1
    l:
      - x
  - - 1
    - - 2
  - !If
    - c
    - 1
  - !T
    t: 1
  - !Ref x

Code: |
  exports.handler = () => {
    return 1;
  };
Last: |-
  a
  b
)");
}

TEST(YamlWriter, LeavesPlainWhatEveryParserReadsAlike) {
  for (const char* text : {"a", "nodejs20", "index.handler", "arn:x:y:z:123:a/b", "A::B::C", "Fn::Sub", "10.0.0.0/16",
                           "512MB", "it's", "a#b", "x y  z", "/docs", "rate(5 minutes)", "数据库", "a, b", "yess", "é"}) {
    EXPECT_EQ(value(text), text);
    EXPECT_TRUE(is_plain_yaml(text)) << text;
  }
}

TEST(YamlWriter, QuotesTheRest) {
  for (const char* text :
       {"",  "no", "on",   "y",  "012", "0o7",  "1e3",  "1_000", ".5",  "12:30:45", "2024-01-01", "~", "null",
        "=", "<<", "${x}", " a", "a ",  "a: b", "a #b", "a:",    "- a", "*",        "30d",        "e1"}) {
    EXPECT_EQ(value(text), "\"" + std::string(text) + "\"");
  }
  EXPECT_EQ(value("say \"x\": it's"), "'say \"x\": it''s'");
  EXPECT_EQ(value("a\tb\x1b\u2028\u202e\U000E0041\xC2\xA0\"\\"), R"("a\tb\u001B\u2028\u202E\U000E0041\u00A0\"\\")");
  EXPECT_EQ(value("a\xff"), "\"a\uFFFD\"");
}

TEST(YamlWriter, BlocksHoldTextsExactly) {
  EXPECT_EQ(value("a\nb\n"), "|\n  a\n  b");
  EXPECT_EQ(value("a\n\nb"), "|-\n  a\n\n  b");
  EXPECT_EQ(value("a\n\n"), "|+\n  a\n");
  EXPECT_EQ(value("  a\nb"), "|2-\n    a\n  b");
  EXPECT_EQ(value("a \nb"), "\"a \\nb\"") << "blanks at a line's end can't be seen";
  EXPECT_EQ(value("\n"), "\"\\n\"");
  EXPECT_EQ(value("a\r\nb"), "\"a\\r\\nb\"");
}

TEST(YamlWriter, NoBlankLineIsAddedToATextThatKeepsItsLineEnds) {
  const Document d = Document::map({{"a", Document::list({"x\n\n"})}, {"b", Document::list({1})}});
  EXPECT_EQ(write_yaml(d, {{}, true}), "a:\n  - |+\n    x\n\nb:\n  - 1\n");
}

TEST(YamlWriter, ScalarsAloneAndSpellings) {
  EXPECT_EQ(write_yaml(Document("a\nb")), "\"a\\nb\"\n");
  EXPECT_EQ(write_yaml(Document::list()), "[]\n");
  EXPECT_EQ(write_yaml(Document(std::numeric_limits<double>::infinity())), ".inf\n");
  EXPECT_EQ(write_yaml(Document(-std::numeric_limits<double>::infinity())), "-.inf\n");
  EXPECT_EQ(write_yaml(Document(std::numeric_limits<double>::quiet_NaN())), ".nan\n");
  EXPECT_EQ(write_yaml(Document::map({{"v", Document(1.1).set_spelling("1.10")}})), "v: 1.10\n");
}

TEST(YamlWriter, HeadersCannotEscapeTheirComment) {
  EXPECT_EQ(write_yaml(Document::map({{"a", 1}}), {{"x\nevil: 1\x1b"}, false}), "# x\\nevil: 1\\u{1b}\n\na: 1\n");
}

Document read_back(const Document& d, const YamlOptions& options) {
  SourceMap sources;
  diag::Sink sink;
  std::optional<Document> read = read_template(sources.add("torture.yaml", write_yaml(d, options)), sink);
  EXPECT_TRUE(read && sink.all().empty()) << diag::render_text(sink, sources).substr(0, 2000);
  return read ? std::move(*read) : Document();
}

/// Reports the few places where the two differ, not two documents of a megabyte.
void expect_equal(const Document& read, const Document& written, const std::string& path) {
  if (read == written) return;
  const Document::Map *a = read.as_map(), *b = written.as_map();
  const Document::List *c = read.as_list(), *d = written.as_list();
  if (a != nullptr && b != nullptr && a->size() == b->size()) {
    for (std::size_t i = 0; i < a->size(); ++i) {
      EXPECT_EQ((*a)[i].key, (*b)[i].key) << path;
      expect_equal((*a)[i].value, (*b)[i].value, path + "/" + (*b)[i].key);
    }
  } else if (c != nullptr && d != nullptr && c->size() == d->size()) {
    for (std::size_t i = 0; i < c->size(); ++i) expect_equal((*c)[i], (*d)[i], path + "/" + std::to_string(i));
  }
  EXPECT_EQ(read.tag(), written.tag()) << path;
  if (written.is_scalar()) {
    EXPECT_EQ(read.kind(), written.kind()) << path;
    EXPECT_EQ(read.text(), written.text()) << path;
  }
}

TEST(YamlWriter, TortureReadsBackTheSame) {
  const Document document = torture::document();
  expect_equal(read_back(document, {}), document, "");
  const Document spaced = read_back(document, {{"a header"}, true});
  EXPECT_EQ(spaced, document);
  EXPECT_EQ(write_yaml(spaced), write_yaml(document)) << "what was read is written as it was";
}

}  // namespace
}  // namespace virga::cloud
