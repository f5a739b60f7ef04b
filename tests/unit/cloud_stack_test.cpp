#include "compiler/cloud/dump.h"
#include "compiler/cloud/references.h"
#include "compiler/cloud/stack.h"

#include <gtest/gtest.h>

namespace virga::cloud {
namespace {

TEST(CloudValue, TextsBesideEachOtherJoin) {
  EXPECT_EQ(concat({"a", "b"}), Value("ab"));
  EXPECT_EQ(concat({"a", 1, true, 0.5}), Value("a1true0.5"));
  EXPECT_EQ(concat({"", Ref{"X"}, ""}), Value(Ref{"X"}));
  EXPECT_EQ(concat({}), Value(""));
  const Value inner = concat({"b", Ref{"X"}});
  EXPECT_EQ(concat({"a", inner, "c"}), concat({"ab", Ref{"X"}, "c"}));
}

TEST(CloudValue, EqualWhateverTheOrderOfMembers) {
  EXPECT_EQ(Value(object({{"A", 1}, {"B", 2}})), Value(object({{"B", 2}, {"A", 1}})));
  EXPECT_FALSE(Value(object({{"A", 1}})) == Value(object({{"A", 1}, {"B", 2}})));
  EXPECT_FALSE(Value(Values{1, 2}) == Value(Values{2, 1}));
}

TEST(CloudValue, AWholeNumberIsTheSameInBothWays) {
  EXPECT_EQ(Value(3), Value(3.0));
  EXPECT_FALSE(Value(3) == Value(3.5));
  EXPECT_FALSE(Value(3) == Value("3"));
}

TEST(CloudValue, ReadsOnOneLine) {
  EXPECT_EQ(to_text(Value(concat({"a\"\n", GetAtt{"B", "Arn"}, Pseudo::region}))), R"("a\"\n" + &B.Arn + @region)");
  EXPECT_EQ(to_text(Value(Box<If>(If{"C", Parameter{"P"}, Values{1, true}}))), "if C then $P else [1, true]");
  EXPECT_EQ(to_text(Value(Box<Call>(Call{"Fn::Select", Values{0, Value()}}))), "Fn::Select([0, null])");
}

Stack two() {
  Stack s;
  s.resources.push_back(
      {.id = "A", .type = "T", .properties = object({{"Name", "a"}, {"List", Values{object({{"X", 1}})}}})});
  s.resources.push_back({.id = "B", .type = "T", .properties = object({{"Of", GetAtt{"A", "Name"}}}), .depends_on = {"A"}});
  return s;
}

TEST(Stacks, AreEqualWhateverTheOrderOfParts) {
  Stack a = two(), b = two();
  std::swap(b.resources[0], b.resources[1]);
  b.resources[0].from.strategy = "another";
  b.region = "elsewhere";
  EXPECT_EQ(difference(a, b), "");
  EXPECT_TRUE(a == b);
}

TEST(Stacks, TellTheFirstDifference) {
  Stack a = two(), b = two();
  b.find("A")->properties.find("List")->get<Values>()->front() = object({{"X", 2}});
  EXPECT_EQ(difference(a, b), "resources.A.Properties.List[0].X: 1 and 2");
  b = two();
  b.resources.pop_back();
  EXPECT_EQ(difference(a, b), "resources.B: only in the first");
  EXPECT_EQ(difference(b, a), "resources.B: only in the second");
  b = two();
  b.find("B")->on_removal = OnRemoval::keep;
  EXPECT_NE(difference(a, b), "");
}

TEST(Stacks, ADumpIsStable) {
  EXPECT_EQ(dump(two()), dump(two()));
  EXPECT_NE(dump(two()).find("resource B: T\n  (after: A)\n  Of: &A.Name\n"), std::string::npos) << dump(two());
}

TEST(References, AreFoundWhereverTheyStand) {
  Stack s = two();
  EXPECT_EQ(needs(*s.find("B")), std::set<std::string>{"A"});
  EXPECT_TRUE(find_circle(s).empty());
  EXPECT_TRUE(dangling(s).empty());
  s.find("A")->properties.set("Back", concat({"x", Ref{"B"}}));
  EXPECT_EQ(find_circle(s).size(), 2u);
  s.find("A")->properties.set("Back", Box<If>(If{"Never", Parameter{"P"}, Ref{"Nowhere"}}));
  EXPECT_EQ(dangling(s), (std::vector<std::string>{"Never", "P", "Nowhere"}));
  EXPECT_EQ(used_parameters(s), std::set<std::string>{"P"});
}

}  // namespace
}  // namespace virga::cloud
