#include "compiler/cloud/document.h"
#include "compiler/cloud/json_writer.h"

#include <gtest/gtest.h>

#include <limits>

namespace virga::cloud {
namespace {

using Kind = Document::Kind;

TEST(Document, HoldsEachKind) {
  EXPECT_EQ(Document().kind(), Kind::null);
  EXPECT_EQ(Document(nullptr).kind(), Kind::null);
  EXPECT_EQ(Document(true).kind(), Kind::boolean);
  EXPECT_EQ(Document(3).kind(), Kind::integer);
  EXPECT_EQ(Document(3U).kind(), Kind::integer);
  EXPECT_EQ(Document(0.5).kind(), Kind::real);
  EXPECT_EQ(Document("a").kind(), Kind::string);
  EXPECT_EQ(Document(std::string_view("a")).kind(), Kind::string);
  EXPECT_EQ(Document::list().kind(), Kind::list);
  EXPECT_EQ(Document::map().kind(), Kind::map);
  EXPECT_EQ(*Document(3).as_integer(), 3);
  EXPECT_EQ(Document(3).as_string(), nullptr);
}

TEST(Document, MapsKeepTheOrderOfFirstFilling) {
  Document d;
  d["b"] = 1;
  d["a"]["x"].append(1).append("two");
  d.set("b", 2);
  EXPECT_EQ(write_json(d), "{\n  \"b\": 2,\n  \"a\": {\n    \"x\": [\n      1,\n      \"two\"\n    ]\n  }\n}\n");
  EXPECT_EQ(*d.find("b")->as_integer(), 2);
  EXPECT_EQ(d.find("c"), nullptr);
  EXPECT_EQ(Document(1).find("c"), nullptr);
  EXPECT_TRUE(d.erase("b"));
  EXPECT_FALSE(d.erase("b"));
  EXPECT_EQ(d.as_map()->size(), 1U);
}

TEST(Document, EqualityCountsValuesTagsAndOrderOnly) {
  const Document a = Document::map({{"x", 1}, {"y", 2}});
  EXPECT_EQ(a, Document::map({{"x", 1}, {"y", 2}}));
  EXPECT_NE(a, Document::map({{"y", 2}, {"x", 1}}));
  EXPECT_NE(Document(1), Document(1.0));
  EXPECT_NE(Document("a"), Document("a").tagged("!Ref"));
  Document spelled(1.1);
  spelled.set_spelling("1.10");
  spelled.span = {FileId{0}, 1, 5};
  EXPECT_EQ(spelled, Document(1.1));
}

TEST(Document, CopiesAreIndependentAndMayBeOfAPart) {
  Document a = Document::map({{"inner", Document("x").tagged("!Sub")}});
  Document b = a;
  b["inner"].set_tag("!Ref");
  EXPECT_EQ(a.find("inner")->tag(), "!Sub");
  a = *a.find("inner");
  EXPECT_EQ(a, Document("x").tagged("!Sub"));
}

TEST(Document, TextIsWhatTheFileSaid) {
  EXPECT_EQ(Document(true).text(), "true");
  EXPECT_EQ(Document(-7).text(), "-7");
  EXPECT_EQ(Document(1.1).text(), "1.1");
  EXPECT_EQ(Document(1.1).set_spelling("1.10").text(), "1.10");
  EXPECT_EQ(Document().text(), "");
}

TEST(RealText, IsShortAndAlwaysHasAPoint) {
  EXPECT_EQ(real_text(1), "1.0");
  EXPECT_EQ(real_text(0.1), "0.1");
  EXPECT_EQ(real_text(-0.0), "-0.0");
  EXPECT_EQ(real_text(1e20), "1.0e+20");
  EXPECT_EQ(real_text(1.5e-7), "1.5e-07");
  EXPECT_EQ(real_text(5e-324), "5.0e-324");
}

TEST(JsonWriter, WritesWhatJsonCanHold) {
  const Document d = Document::map({{"n", nullptr},
                                    {"l", Document::list()},
                                    {"m", Document::map()},
                                    {"r", 1.0},
                                    {"i", std::numeric_limits<double>::infinity()},
                                    {"t", Document("a\"b\n").tagged("!Sub")}});
  EXPECT_EQ(write_json(d), R"({
  "n": null,
  "l": [],
  "m": {},
  "r": 1.0,
  "i": null,
  "t": "a\"b\n"
}
)");
}

}  // namespace
}  // namespace virga::cloud
