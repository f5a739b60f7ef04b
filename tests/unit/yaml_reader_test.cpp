#include "compiler/cloud/json_writer.h"
#include "compiler/cloud/template_reader.h"
#include "compiler/cloud/yaml_writer.h"
#include "compiler/diagnostics/render.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

namespace virga::cloud {
namespace {

struct Read {
  explicit Read(std::string text, const ReadLimits& limits = {}) {
    const SourceFile& file = sources.add("t.yaml", std::move(text));
    document = read_template(file, sink, limits);
  }
  [[nodiscard]] std::string codes() const {
    std::string all;
    for (const diag::Diagnostic& d : sink.all()) all += d.code + " ";
    return all;
  }
  [[nodiscard]] std::string errors() const { return "\n" + diag::render_text(sink, sources); }
  const Document& operator[](std::string_view key) const {
    static const Document none("no such key");
    const Document* found = document ? document->find(key) : nullptr;
    return found != nullptr ? *found : none;
  }
  [[nodiscard]] std::string_view at(const Document& d) const { return sources.text(d.span); }

  SourceMap sources;
  diag::Sink sink;
  std::optional<Document> document;
};

TEST(TemplateReader, ReadsTheShapesOfATemplate) {
  const Read r(
      "# comment\r\nA: 1\r\nB:\r\n  - x\r\n  - !Ref Y\r\n  - !GetAtt [q, Arn]\r\nC: {d: \"e\", f: [true, ~]}\r\nD: |\r\n  "
      "a\r\n  b\r\n");
  EXPECT_EQ(r.codes(), "");
  EXPECT_EQ(*r.document,
            Document::map(
                {{"A", 1},
                 {"B", Document::list({"x", Document("Y").tagged("!Ref"), Document::list({"q", "Arn"}).tagged("!GetAtt")})},
                 {"C", Document::map({{"d", "e"}, {"f", Document::list({true, nullptr})}})},
                 {"D", "a\nb\n"}}));
}

TEST(TemplateReader, NothingIsNull) {
  EXPECT_EQ(*Read("").document, Document());
  EXPECT_EQ(*Read("# only a comment\n").document, Document());
  EXPECT_EQ(*Read("a:\nb: ~\nc: null\n").document, Document::map({{"a", nullptr}, {"b", nullptr}, {"c", nullptr}}));
}

TEST(TemplateReader, ResolvesScalarsByTheCoreSchema) {
  const auto plain = [](std::string text) { return Read("k: " + text)["k"]; };
  EXPECT_EQ(plain("true"), Document(true));
  EXPECT_EQ(plain("FALSE"), Document(false));
  EXPECT_EQ(plain("-12"), Document(-12));
  EXPECT_EQ(plain("+12"), Document(12));
  EXPECT_EQ(plain("0x1F"), Document(31));
  EXPECT_EQ(plain("0o17"), Document(15));
  EXPECT_EQ(plain("0"), Document(0));
  EXPECT_EQ(plain("1.10"), Document(1.1));
  EXPECT_EQ(plain("1e3"), Document(1000.0));
  EXPECT_EQ(plain(".5"), Document(0.5));
  EXPECT_EQ(plain("-.inf"), Document(-std::numeric_limits<double>::infinity()));
  EXPECT_TRUE(std::isnan(*plain(".nan").as_real()));
  EXPECT_EQ(plain("12345678901234567890"), Document(12345678901234567890.0));
  for (const char* text :
       {"yes",   "no",   "on", "off", "y", "012", "012345678901", "1_000", "2024-01-01", "12:30", "0x", "0xg", "0b1",
        "1.2.3", "tRUE", "a",  "-",   ".", "+",   "0x-1",         "1e",    "infinity",   "nan"}) {
    if (std::string_view(text) == "-") continue;  // a list
    EXPECT_EQ(plain(text), Document(text)) << text;
  }
  EXPECT_EQ(plain("\"1\""), Document("1"));
  EXPECT_EQ(plain("'true'"), Document("true"));
  EXPECT_EQ(plain("!!str 1"), Document("1"));
  EXPECT_EQ(plain("!!int \"1\""), Document(1));
  EXPECT_EQ(plain("!!binary aGk="), Document("aGk=").tagged("!!binary"));
  EXPECT_EQ(plain("!Ref 012"), Document("012").tagged("!Ref"));
  EXPECT_EQ(plain("!<tag:example.com,2000:x> 1"), Document("1").tagged("!<tag:example.com,2000:x>"));
}

TEST(TemplateReader, KeepsTheWordsWhereAStringMayBeMeant) {
  const std::string text = "a: 1.10\nb: 0x1F\nc: yes\nd: 012\ne: 2024-01-01\nf: 12345678901234567890\ng: word\nh: 7\n";
  const Read r(text);
  EXPECT_EQ(r["a"].text(), "1.10");
  EXPECT_EQ(r["b"].text(), "0x1F");
  EXPECT_EQ(r["f"].text(), "12345678901234567890");
  EXPECT_EQ(r["g"].spelling(), "");
  EXPECT_EQ(r["h"].spelling(), "");
  EXPECT_EQ(write_yaml(*r.document), text) << "what passes through keeps its meaning";
}

TEST(TemplateReader, WordsThatNeedQuotesOutsideBracketsGetThem) {
  // yaml-cpp takes some of these for strings where others find a mistake; what is written must be none.
  const Read r("a: [-, \"...\", 1:]\n");
  const Read again(write_yaml(*r.document));
  EXPECT_EQ(again.codes(), "");
  EXPECT_EQ(*again.document, *r.document);
}

TEST(TemplateReader, KnowsThePlaceOfEverything) {
  const Read r(
      "é: 数据\nk: !Ref  word\nq: \"a\\\"b\" # c\ns: 'it''s'\nl:\n  - 1.50\n  - {x: [y]}\nb: |\n  text\nn: ~\nm: two\n  "
      "lines\na: &z v\n");
  EXPECT_EQ(r.codes(), "");
  EXPECT_EQ(r.at(r["é"]), "数据");
  EXPECT_EQ(r.at(r["k"]), "!Ref  word");
  EXPECT_EQ(r.at(r["q"]), "\"a\\\"b\"");
  EXPECT_EQ(r.at(r["s"]), "'it''s'");
  EXPECT_EQ(r.at((*r["l"].as_list())[0]), "1.50");
  EXPECT_EQ(r.at(*(*r["l"].as_list())[1].find("x")), "[y");
  EXPECT_EQ(r.at(r["b"]), "|");
  EXPECT_EQ(r.at(r["n"]), "~");
  EXPECT_EQ(r.at(r["a"]), "&z v");
  EXPECT_EQ(r.sources.text(r.document->as_map()->front().key_span), "é");
  const Read json("{\"k\": [1, {\"x\" : true}]}");
  EXPECT_EQ(json.at(json["k"]), "[1, {\"x\" : true}]");
  EXPECT_EQ(json.at((*json["k"].as_list())[1]), "{\"x\" : true}");
  EXPECT_EQ(json.sources.text(json.document->as_map()->front().key_span), "\"k\"");
}

TEST(TemplateReader, ReadsTaggedBlocksInLists) {
  const Read r(
      "l:\n  - !Sub |\n    a\n    b\n  - - !Join >-\n      c\n      d\n  -   !X |2\n      e\n  - text: |\n      - !Sub |\n  "
      "      stays\n");
  EXPECT_EQ(r.errors(), "\n");
  EXPECT_EQ(r["l"], Document::list({Document("a\nb\n").tagged("!Sub"), Document::list({Document("c d").tagged("!Join")}),
                                    Document("  e\n").tagged("!X"), Document::map({{"text", "- !Sub |\n  stays\n"}})}));
  EXPECT_EQ(r.at((*r["l"].as_list())[0]), "!Sub |");
}

TEST(TemplateReader, ReadsJsonByItsContent) {
  const Read r("\n {\"a\": [1, -2.50, 1e2, true, null], \"b\": \"\\u00e9\\ud83d\\ude00\\n\\/\", \"c\": {}, \"d\": []} \n");
  EXPECT_EQ(r.codes(), "");
  EXPECT_EQ(*r.document, Document::map({{"a", Document::list({1, -2.5, 100.0, true, nullptr})},
                                        {"b", "é😀\n/"},
                                        {"c", Document::map()},
                                        {"d", Document::list()}}));
  EXPECT_EQ((*r["a"].as_list())[1].text(), "-2.50");
  EXPECT_EQ(*Read("{a: 1, b: [x, y]}").document, Document::map({{"a", 1}, {"b", Document::list({"x", "y"})}}))
      << "brackets of YAML";
}

TEST(TemplateReader, SaysWhatIsWrongWithJson) {
  EXPECT_EQ(Read("{\n  \"a\": [1, 2\n}\n").errors(), R"(
error[template/syntax]: this is no JSON: expected `,` or `]`
  ┌─ t.yaml:3:1
 3│ }
  │ ^
)");
  for (const char* text :
       {"{\"a\"}x: [", "{\"a\": \"\\ud800\"", "[1,", "[\"a\nb\"", "{\"a\": 1", "[\"a", "[\"\\x\"", "[\"\\u12\"", "[1] {"}) {
    const Read r(text);
    EXPECT_FALSE(r.document) << text;
    EXPECT_EQ(r.codes(), "template/syntax ") << text;
  }
}

TEST(TemplateReader, SaysWhatIsWrongWithYaml) {
  for (const char* text :
       {"a: [1", "a: \"b", "a: b: c", "a:\n\t- b", "*x", "a: 1\n b: 2", "a: %", "[a] b", "- a\nb", "a: 'x' y", "k: !<x y"}) {
    const Read r(text);
    EXPECT_FALSE(r.document) << text;
    EXPECT_EQ(r.codes(), "template/syntax ") << text;
  }
  EXPECT_NE(Read("a: 1\nb: [2\n").errors().find("t.yaml:"), std::string::npos);
}

TEST(TemplateReader, AKeyGivenTwiceIsAnError) {
  const Read r("a: 1\nb: 2\na: 3\n");
  EXPECT_EQ(r.errors(), R"(
error[template/duplicate-key]: `a` is given twice in one map
  ┌─ t.yaml:3:1
 1│ a: 1
  │ - first here
 2│ b: 2
 3│ a: 3
  │ ^ again here
  = help: remove one of the two: which of them counts differs from tool to tool
)");
  EXPECT_EQ(*r.document, Document::map({{"a", 1}, {"b", 2}}));
  EXPECT_EQ(Read("{\"a\": 1, \"a\": 2}").codes(), "template/duplicate-key ");
  std::string many;
  for (int i = 0; i < 100; ++i) many += "k" + std::to_string(i) + ": 1\n";
  EXPECT_EQ(Read(many).codes(), "");
  EXPECT_EQ(Read(many + "k50: 1\nk99: 1\nk3: 1\n").codes(),
            "template/duplicate-key template/duplicate-key template/duplicate-key ");
}

TEST(TemplateReader, ResolvesAnchorsAliasesAndMergeKeys) {
  const Read r(
      "base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\none:\n  <<: *b\n  x: 9\ntwo:\n  <<: [*b, *m]\nkey: &k name\n*k : "
      "v\nquoted: {\"<<\": *b}\n");
  EXPECT_EQ(r.codes(), "");
  EXPECT_EQ(r["one"], Document::map({{"x", 9}, {"y", 2}}));
  EXPECT_EQ(r["two"], Document::map({{"x", 1}, {"y", 2}, {"z", 4}}));
  EXPECT_EQ(r["name"], Document("v"));
  EXPECT_EQ(*r["quoted"].find("<<"), Document::map({{"x", 1}, {"y", 2}}));
  EXPECT_EQ(r.at(*r["one"].find("y")), "2") << "a copy keeps the place of what it copies";
  const Read bad("a: 1\nb:\n  <<: 5\n");
  EXPECT_EQ(bad.codes(), "template/merge ");
}

TEST(TemplateReader, RefusesWhatCannotBeATree) {
  EXPECT_EQ(Read("a: &a\n  b: *a\n").codes(), "template/alias-cycle ");
  EXPECT_EQ(Read("? [a, b]\n: c\n").codes(), "template/complex-key ");
  EXPECT_EQ(Read("? {a: b}\n: c\n").codes(), "template/complex-key ");
  EXPECT_EQ(Read("a: 1\n---\nb: 2\n").codes(), "template/several-documents ");
  EXPECT_EQ(Read("---\na: 1\n...\n").codes(), "");
}

TEST(TemplateReader, KeysAreTexts) {
  const Read r("200: a\ntrue: b\n~: c\n1.10: d\n'': e\n");
  EXPECT_EQ(r.codes(), "");
  EXPECT_EQ(*r.document, Document::map({{"200", "a"}, {"true", "b"}, {"~", "c"}, {"1.10", "d"}, {"", "e"}}));
}

TEST(TemplateReader, HostileDepthEnds) {
  for (const char* open : {"[", "{a: ", "- ", "{\"a\": ", "? ", "&a [", "!t ["}) {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += open;
    const Read r(text);
    EXPECT_FALSE(r.document) << open;
    EXPECT_FALSE(r.sink.all().empty()) << open;
  }
  EXPECT_EQ(Read(std::string(100, '[') + std::string(100, ']'), {50, 10}).codes(), "template/too-deep ");
  EXPECT_EQ(Read("x: " + std::string(100, '[') + std::string(100, ']'), {50, 10}).codes(), "template/too-deep ");
  EXPECT_EQ(Read("x: " + std::string(100, '[') + std::string(100, ']')).codes(), "");
  std::string chain = "a0: &a0 [1]\n";  // each alias one deeper than the one before
  for (int i = 1; i < 1000; ++i)
    chain += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  EXPECT_EQ(Read(chain).codes(), "template/too-deep ");
}

TEST(TemplateReader, AliasBombsEnd) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 1; k < 10; ++k) text += ", " + before;
    text += "]\n";
  }
  EXPECT_EQ(Read(text).codes(), "template/alias-bomb ");
  std::string large = "a: &a \"" + std::string(1'000'000, 'x') + "\"\nb: [";
  for (int i = 0; i < 1000; ++i) large += "*a, ";
  EXPECT_EQ(Read(large + "]\n").codes(), "template/alias-bomb ");
  std::string merges = "m0: &m0 {a: 1}\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "*m" + std::to_string(i - 1);
    merges += "m" + std::to_string(i) + ": &m" + std::to_string(i) + " {<<: " + before + ", k" + std::to_string(i) + ": [" +
              before + ", " + before + "]}\n";
  }
  EXPECT_EQ(Read(merges).codes(), "template/alias-bomb ");
}

TEST(TemplateReader, LargeFilesTakeLinearTime) {
  std::string yaml, json = "{";
  for (int i = 0; i < 20'000; ++i) {
    yaml += "key" + std::to_string(i) + ": [a, {b: \"c\"}]\n";
    json += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\": [1, {\"b\": \"c\"}]";
  }
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(Read(yaml).codes(), "");
  EXPECT_EQ(Read(json + "}").codes(), "");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

}  // namespace
}  // namespace virga::cloud
