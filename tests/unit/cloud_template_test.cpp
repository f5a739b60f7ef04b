#include "compiler/cloud/template.h"

#include <gtest/gtest.h>

namespace virga::cloud {
namespace {

constexpr Dialect::PseudoName kPseudos[] = {{Pseudo::region, "Cloud::Region"}, {Pseudo::no_value, "Cloud::NoValue"}};

Dialect dialect(bool tags, bool escapes) {
  Dialect d;
  d.cloud = "cloud";
  d.version_key = "Version";
  d.version = "1";
  d.pseudos = kPseudos;
  d.short_tags = tags;
  d.sub_escapes = escapes;
  d.snapshot = "Snapshot";
  d.on_replace = "ReplacePolicy";
  d.export_key = "Export";
  return d;
}

const std::vector<Dialect>& dialects() {
  static const std::vector<Dialect> all = {dialect(false, false), dialect(true, false), dialect(false, true),
                                           dialect(true, true)};
  return all;
}

std::vector<Value> samples() {
  return {
      Value(),
      true,
      7,
      -1.5,
      "",
      "${plain}",
      "text",
      Values{1, "a", Values{}},
      object({{"Ref", 3}, {"B", "x"}}),
      Ref{"R"},
      GetAtt{"R", "A.B"},
      Parameter{"P"},
      Pseudo::region,
      Pseudo::no_value,
      concat({"a-", Ref{"R"}, "-", GetAtt{"R", "Arn"}, Parameter{"P"}, Pseudo::region}),
      concat({"a ${b} ", Ref{"R"}}),
      concat({"a ${", Ref{"R"}, "}"}),
      concat({"$", Ref{"R"}}),
      concat({"${!x}", Ref{"R"}, "${y}"}),
      concat({"a", Box<If>(If{"C", "x", "y"}), "b"}),
      Box<If>(If{"C", Ref{"R"}, Pseudo::no_value}),
      Box<Call>(Call{"Fn::Select", Values{0, Box<Call>(Call{"Fn::Split", Values{",", Parameter{"P"}}})}}),
      Box<Call>(Call{"Fn::Base64", concat({"x", Ref{"R"}})}),
      Box<Call>(Call{"Fn::Join", Values{",", Values{"a", Ref{"R"}}}}),
  };
}

TEST(Intrinsics, WhatIsWrittenIsReadAgain) {
  for (const Dialect& d : dialects()) {
    for (const Value& value : samples()) {
      const Document written = to_document(value, d);
      EXPECT_EQ(from_document(written, d, {"P"}), value) << written.text();
    }
  }
}

TEST(Intrinsics, SpellsReferencesAsTheDialectSays) {
  const Value name = concat({"a-", Ref{"R"}, "-", Pseudo::region});
  EXPECT_EQ(to_document(name, dialect(false, false)), Document::map({{"Fn::Sub", "a-${R}-${Cloud::Region}"}}));
  EXPECT_EQ(to_document(name, dialect(true, false)), Document("a-${R}-${Cloud::Region}").tagged("!Sub"));
  EXPECT_EQ(to_document(Value(GetAtt{"R", "Arn"}), dialect(false, false)),
            Document::map({{"Fn::GetAtt", Document::list({"R", "Arn"})}}));
  EXPECT_EQ(to_document(Value(GetAtt{"R", "Arn"}), dialect(true, false)), Document("R.Arn").tagged("!GetAtt"));
}

TEST(Intrinsics, ALiteralThatLooksLikeAReferenceStaysOne) {
  const Value text = concat({"${a}", Ref{"R"}});
  EXPECT_EQ(to_document(text, dialect(false, true)), Document::map({{"Fn::Sub", "${!a}${R}"}}));
  // Without escapes nothing but a list can say it.
  EXPECT_NE(to_document(text, dialect(false, false)).find("Fn::Join"), nullptr);
}

TEST(Intrinsics, TheFormWithVariablesIsRead) {
  const Dialect d = dialect(false, true);
  const Document sub = Document::map(
      {{"Fn::Sub", Document::list({"a${x}b${R.Arn}", Document::map({{"x", Document::map({{"Ref", "P"}})}})})}});
  EXPECT_EQ(from_document(sub, d, {"P"}), concat({"a", Parameter{"P"}, "b", GetAtt{"R", "Arn"}}));
}

TEST(Intrinsics, WhatIsNoReferenceIsKept) {
  const Dialect d = dialect(false, true);
  EXPECT_EQ(from_document(Document::map({{"Ref", 3}}), d, {}), Value(object({{"Ref", 3}})));
  EXPECT_EQ(from_document(Document::map({{"Condition", "C"}}), d, {}), Value(object({{"Condition", "C"}})));
  EXPECT_EQ(from_document(Document::map({{"Condition", "C"}}), d, {}, Place::condition),
            Value(Box<Call>(Call{"Condition", "C"})));
  EXPECT_EQ(from_document(Document("x").tagged("!Own"), d, {}), Value(Box<Call>(Call{"Fn::Own", "x"})));
}

Stack sample_stack() {
  Stack s;
  s.cloud = "cloud";
  s.description = "A stack";
  StackParameter p{.name = "P", .type = "Number", .description = "How many", .fallback = 3, .allowed = {1, 3}};
  p.min = 1;
  p.max = 3.5;
  s.parameters.push_back(std::move(p));
  StackParameter secret{.name = "Token", .secret = true, .pattern = "^[a-z]+$"};
  secret.min_length = 8;
  secret.max_length = 64;
  s.parameters.push_back(std::move(secret));
  s.conditions.push_back({"C", Box<Call>(Call{"Fn::Equals", Values{Parameter{"P"}, 1}})});
  s.conditions.push_back({"D", Box<Call>(Call{"Fn::Not", Values{Box<Call>(Call{"Condition", "C"})}})});
  Resource r{.id = "R",
             .type = "Cloud::Thing",
             .properties = object({{"Name", concat({"x-", Parameter{"P"}})}}),
             .depends_on = {"A", "B"}};
  r.condition = "C";
  r.on_removal = OnRemoval::keep;
  r.on_replace = OnRemoval::snapshot;
  r.metadata = object({{"note", "n"}});
  s.resources.push_back(std::move(r));
  s.resources.push_back({.id = "A", .type = "Cloud::Thing", .depends_on = {"B"}});
  s.resources.push_back({.id = "B", .type = "Cloud::Thing"});
  s.outputs.push_back(
      {.name = "O", .description = "Out", .value = GetAtt{"R", "Arn"}, .export_name = "exported", .condition = "C"});
  return s;
}

TEST(Templates, AStackIsReadAsItWasWritten) {
  for (const Dialect& d : dialects()) {
    diag::Sink sink;
    EXPECT_EQ(difference(sample_stack(), to_stack(to_document(sample_stack(), d), d, sink)), "");
    EXPECT_TRUE(sink.all().empty());
  }
}

TEST(Templates, WhatIsNotUnderstoodIsKept) {
  const Dialect d = dialect(false, false);
  Document document = to_document(sample_stack(), d);
  document.set("Mappings", Document::map());
  document["Resources"]["A"].set("Odd", 1);
  document["Resources"].set("Broken", "text");
  diag::Sink sink;
  const Stack read = to_stack(document, d, sink);
  EXPECT_EQ(difference(sample_stack(), read), "resources.A.more.Odd: only in the second");
  ASSERT_EQ(sink.all().size(), 1u);
  EXPECT_EQ(sink.all()[0].code, "template/shape");
  ASSERT_NE(read.sections.find("Mappings"), nullptr);
  // And it is written again.
  document["Resources"].erase("Broken");
  EXPECT_EQ(difference(read, to_stack(to_document(read, d), d, sink)), "");
}

TEST(Templates, AnythingMayBeRead) {
  for (const Document& odd : {Document(), Document("text"), Document::list(), Document::map({{"Resources", "x"}}),
                              Document::map({{"Parameters", Document::list()}, {"Outputs", Document::map({{"O", 1}})}})}) {
    diag::Sink sink;
    (void)to_stack(odd, dialect(false, false), sink);
  }
}

}  // namespace
}  // namespace virga::cloud
