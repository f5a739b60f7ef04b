// Plans in the small: paths and patterns, who follows whom, waves, marks, and records that nobody wrote. Whole plans are in
// tests/plans; `plan/data-lost` and `plan/refused` are what their effects are called.
#include "compiler/driver/known_codes.h"
#include "compiler/plan/json_value.h"
#include "compiler/plan/record.h"
#include "compiler/plan/report.h"
#include "tests/unit/units.h"

#include <gtest/gtest.h>

namespace virga::plan {
namespace {

using cloud::Unit;
using test::unit;

constexpr std::string_view kKeys[] = {"Key", "Index.*.Name"};
constexpr std::string_view kUses[] = {"Of"};
constexpr catalog::UpdateRow kRows[] = {{.type = "Box", .replaces = kKeys, .holds = "its things"},
                                        {.type = "Door", .replaces = kUses}};
catalog::Catalog catalog_of_boxes() {
  catalog::Catalog c;
  c.updates = kRows;
  return c;
}

TEST(Plan, PathsTouchWhatATableNames) {
  EXPECT_TRUE(touches({"Key"}, "Key"));
  EXPECT_TRUE(touches({"Key", "Deep"}, "Key"));
  EXPECT_TRUE(touches({"Index"}, "Index.*.Name"));
  EXPECT_TRUE(touches({"Index", std::size_t{3}, "Name"}, "Index.*.Name"));
  EXPECT_FALSE(touches({"Index", std::size_t{3}, "Size"}, "Index.*.Name"));
  EXPECT_FALSE(touches({"Keys"}, "Key"));
  EXPECT_EQ(to_text(Path{"A", std::size_t{0}, "B"}), "A[0].B");
}

TEST(Plan, AListAroundWhatReplacesCountsOnlyWhereThatDiffers) {
  const auto c = catalog_of_boxes();
  const auto index = [](const char* name, int size) { return cloud::object({{"Name", name}, {"Size", size}}); };
  const std::vector<Unit> one{unit("B", "Box", cloud::object({{"Index", cloud::Values{index("a", 1)}}}))};
  const std::vector<Unit> more{unit("B", "Box", cloud::object({{"Index", cloud::Values{index("a", 1), index("b", 1)}}}))};
  const std::vector<Unit> larger{unit("B", "Box", cloud::object({{"Index", cloud::Values{index("a", 2)}}}))};
  EXPECT_EQ(diff(one, more, c).changes.at(0).action, Action::replace);
  EXPECT_EQ(diff(one, larger, c).changes.at(0).action, Action::update);
  EXPECT_TRUE(diff(one, one, c).changes.empty());
}

TEST(Plan, WhatRefersToAReplacedOneFollowsAndWaits) {
  const auto c = catalog_of_boxes();
  const auto stack = [](const char* key) {
    return std::vector<Unit>{unit("D", "Door", cloud::object({{"Of", cloud::Ref{"B"}}})),
                             unit("E", "Door", cloud::object({{"To", cloud::GetAtt{"D", "Arn"}}})),
                             unit("B", "Box", cloud::object({{"Key", key}}))};
  };
  const auto before = stack("a"), after = stack("b");
  StackPlan changed = diff(before, after, c);
  find_waves(changed);
  ASSERT_EQ(changed.changes.size(), 3u);
  EXPECT_EQ(changed.changes[0].action, Action::replace);
  EXPECT_EQ(changed.changes[0].changes.at(0).follows, "B");
  EXPECT_EQ(changed.changes[1].action, Action::update);
  EXPECT_EQ(changed.changes[0].wave, 2u);
  EXPECT_EQ(changed.changes[1].wave, 3u);
  EXPECT_EQ(changed.changes[2].wave, 1u);
  EXPECT_TRUE(plan::apply(before, changed) == after);
}

TEST(Plan, AMarkIsForOneChangeAlone) {
  const auto c = catalog_of_boxes();
  const auto mark = [&](const char* from, const char* to) {
    const std::vector<Unit> before{unit("B", "Box", cloud::object({{"Key", from}}))};
    const std::vector<Unit> after{unit("B", "Box", cloud::object({{"Key", to}}))};
    StackPlan plan = diff(before, after, c);
    find_effects(plan, c, "any");
    return plan.changes.at(0).effects.at(0).mark;
  };
  EXPECT_EQ(mark("a", "b"), mark("a", "b"));
  EXPECT_NE(mark("a", "b"), mark("a", "c"));
  EXPECT_NE(mark("a", "b"), mark("c", "b"));
}

TEST(Plan, OfATypeWithoutARowNobodyKnows) {
  const std::vector<Unit> before{unit("X", "Strange", cloud::object({{"A", 1}}))};
  const std::vector<Unit> after{unit("X", "Strange", cloud::object({{"A", 2}}))};
  const auto c = catalog_of_boxes();
  StackPlan plan = diff(before, after, c);
  find_effects(plan, c, "any");
  EXPECT_FALSE(plan.changes.at(0).known);
  EXPECT_EQ(plan.changes.at(0).effects.at(0).kind, Effect::Kind::unknown);
}

TEST(Plan, ValuesComeBackFromJson) {
  const cloud::Value value(cloud::object({{"$odd", "x"},
                                          {"Ref", cloud::Ref{"A"}},
                                          {"Get", cloud::GetAtt{"A", "Arn"}},
                                          {"Text", cloud::concat({"a", cloud::Parameter{"P"}, cloud::Pseudo::region})},
                                          {"If", Box<cloud::If>(cloud::If{"C", 1, cloud::Value()})},
                                          {"Call", Box<cloud::Call>(cloud::Call{"F", cloud::Values{true, 1.5}})}}));
  const auto back = from_json(to_json(value));
  ASSERT_TRUE(back);
  EXPECT_TRUE(*back == value);
}

TEST(Plan, RecordsThatNobodyWroteAreRefused) {
  std::string deep = R"({"virga_record": 2, "stacks": [{"units": [{"address": "A", "type": "T", "properties": {"x": )";
  for (int i = 0; i < 5000; ++i) deep += "[";
  for (int i = 0; i < 5000; ++i) deep += "]";
  for (const std::string& text :
       {std::string("x"), std::string("{}"), std::string(R"({"virga_record": 2})"), deep + "}}]}]}",
        std::string(R"({"virga_record": 2, "stacks": [{"units": [{"address": "A"}]}]})"),
        std::string(R"({"virga_record": 2, "stacks": [{"units": [{"address": "A", "type": "T",
                                    "properties": {"x": {"$ref": 7}}}]}]})")})
    EXPECT_FALSE(read_record(text)) << text.substr(0, 80);
}

TEST(Plan, RecordsOfTwoTargetsJoin) {
  const Record old{"shop", "default", {{"a.x", "", {}, {}}, {"b.y", "r1", {}, {}}}};
  const Record now{"shop", "default", {{"a.x", "", {unit("Q", "Box", {})}, {""}}}};
  const Record joined = merge(old, now);
  ASSERT_EQ(joined.stacks.size(), 2u);
  EXPECT_EQ(joined.stacks[0].units.size(), 1u);
  EXPECT_EQ(joined.stacks[1].target, "b.y");
  EXPECT_EQ(merge(Record{"other", "default", old.stacks}, now).stacks.size(), 1u);
}

TEST(Plan, EffectsAreCalledAsTheirPagesAre) {
  const auto known = driver::known_codes();
  for (const char* code : {"plan/data-lost", "plan/refused"})
    EXPECT_TRUE(std::any_of(known.begin(), known.end(), [&](const auto& k) { return k.id == code; })) << code;
}

}  // namespace
}  // namespace virga::plan
