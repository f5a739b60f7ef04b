// Apps that are parted: the file that says where everything stands, and what is wrong with one.
#include "compiler/driver/parts.h"
#include "compiler/cloud/crossing.h"
#include "compiler/cloud/dump.h"
#include "compiler/partition/split.h"
#include "tests/support/compiled.h"

#include <gtest/gtest.h>

namespace virga::test {
namespace {

constexpr const char* kShop = R"(
app shop { quotas = { aws = { "cfn.resources.max" = 6 } } }
queue orders { }
queue bills { }
function worker { code = "./code"  runtime = nodejs20 }
function biller { code = "./code"  runtime = nodejs20 }
worker -> orders
biller -> bills
)";

Compiled compile_with(std::string text, std::string parts, bool locked = false) {
  Compiled out;
  MemoryFileSystem files({{"main.virga", std::move(text)}});
  if (!parts.empty()) files.put("virga.parts", std::move(parts));
  (void)driver::front_end({{files, {"main.virga"}, ""}, ""}, *out.front, out.sink);
  if (!out.sink.has_errors()) {
    driver::BackEndRequest request{{cloud::find_target("aws.sam")}, ""};
    request.locked = locked;
    out.stacks = driver::back_end(*out.front, {}, request, out.sink);
  }
  return out;
}

std::map<std::string, std::string> places(const Compiled& made) {
  std::map<std::string, std::string> out;
  for (const driver::TargetStack& s : made.stacks) {
    for (const cloud::Resource& r : s.lowered.stack.resources) out[r.id] = s.part;
  }
  return out;
}

TEST(Parts, WhatIsTooLargeIsParted) {
  const Compiled made = compile_with(kShop, "");
  ASSERT_FALSE(made.sink.has_errors()) << made.findings();
  ASSERT_EQ(made.stacks.size(), 2u);
  EXPECT_EQ(made.stacks[0].lowered.stack.name, "shop-default");
  EXPECT_EQ(made.stacks[1].lowered.stack.name, "shop-default-2");
  EXPECT_TRUE(made.stacks[1].files.contains("2/template.yaml"));
  const auto at = places(made);
  EXPECT_EQ(at.at("Orders"), at.at("Worker")) << "what belongs together stands together";
  EXPECT_EQ(at.at("Bills"), at.at("Biller"));
}

TEST(Parts, WhatFitsIsNot) {
  const Compiled made = compile_with("app shop { }\nqueue orders { }\n", "");
  ASSERT_EQ(made.stacks.size(), 1u);
  EXPECT_EQ(made.stacks[0].part, "");
  EXPECT_EQ(driver::new_parts_file(*made.front, made.stacks), std::nullopt);
}

TEST(Parts, TheFileIsObeyed) {
  const Compiled made = compile_with(kShop, "aws.sam orders = base\naws.sam bills = base\naws.sam worker = 2\n");
  ASSERT_FALSE(made.sink.has_errors()) << made.findings();
  const auto at = places(made);
  EXPECT_EQ(at.at("Orders"), "base");
  EXPECT_EQ(at.at("Bills"), "base");
  EXPECT_EQ(at.at("Worker"), "2");
  EXPECT_EQ(made.stacks.front().part, "base") << "what others need comes first";
  const cloud::Stack& base = made.stacks.front().lowered.stack;
  EXPECT_EQ(base.name, "shop-default-base");
  const auto gives = std::find_if(base.outputs.begin(), base.outputs.end(),
                                  [](const auto& o) { return o.name == partition::output_name("Orders", "Arn"); });
  ASSERT_NE(gives, base.outputs.end());
  EXPECT_EQ(gives->export_name, "shop-default-base:OrdersGivesArn");
  const auto worker = std::find_if(made.stacks.begin(), made.stacks.end(), [](const auto& s) { return s.part == "2"; });
  EXPECT_NE(cloud::dump(worker->lowered.stack).find("shop-default-base:OrdersGivesArn"), std::string::npos);
}

TEST(Parts, AFileOfOneLineKeepsAnAppParted) {
  const Compiled made = compile_with("app shop { }\nqueue orders { }\n", "aws.sam orders = 1\n");
  ASSERT_EQ(made.stacks.size(), 1u) << made.findings();
  EXPECT_EQ(made.stacks[0].part, "1");
  EXPECT_EQ(made.stacks[0].lowered.stack.name, "shop-default");
}

TEST(Parts, OneLineStandsForEverythingThatIsThere) {
  const std::string fits = std::string(kShop).replace(std::string(kShop).find("= 6"), 3, "= 8");
  const Compiled made = compile_with(fits, "aws.sam * = 1\n");
  ASSERT_EQ(made.stacks.size(), 1u) << made.findings();
  const auto text = driver::new_parts_file(*made.front, made.stacks);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->find('*'), std::string::npos);
  EXPECT_NE(text->find("aws.sam biller = 1\n"), std::string::npos);
  const Compiled more = compile_with(fits + "function more { code = \"./code\"  runtime = nodejs20 }\n", *text);
  ASSERT_EQ(more.stacks.size(), 2u) << more.findings();
  EXPECT_EQ(places(more).at("Biller"), "1");
  EXPECT_EQ(places(more).at("More"), "2");
}

TEST(Parts, LinesAreWrittenSortedAndReadAgain) {
  const Compiled made = compile_with(kShop, "aws.sam worker = 7\n");
  ASSERT_FALSE(made.sink.has_errors()) << made.findings();
  const auto text = driver::new_parts_file(*made.front, made.stacks);
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("aws.sam biller = "), std::string::npos);
  EXPECT_NE(text->find("aws.sam worker = 7\n"), std::string::npos);
  SourceMap sources;
  diag::Sink sink;
  EXPECT_EQ(partition::write_parts(partition::read_parts(sources.add("virga.parts", *text), sink)), *text);
  EXPECT_TRUE(sink.all().empty());
  const Compiled again = compile_with(kShop, *text, true);
  EXPECT_FALSE(again.sink.has_errors()) << again.findings();
  EXPECT_EQ(places(again), places(made));
}

TEST(Parts, OfWhatIsNewNobodyKnowsWhenTheFileIsLocked) {
  EXPECT_TRUE(compile_with(kShop, "aws.sam worker = 1\n", true).reports("parts/unplaced"));
  EXPECT_TRUE(compile_with(kShop, "", true).reports("parts/unplaced"));
}

TEST(Parts, StacksThatNeedEachOtherAreACircle) {
  const Compiled made =
      compile_with(kShop, "aws.sam orders = 1\naws.sam worker = 2\naws.sam bills = 2\naws.sam biller = 1\n");
  EXPECT_TRUE(made.reports("parts/circle")) << made.findings();
  EXPECT_NE(made.findings().find("`worker` in `2` needs `orders` in `1`"), std::string::npos) << made.findings();
}

TEST(Parts, WhatNeedsEachOtherIsNeverApart) {
  const Compiled made = compile_with(R"(
app shop { }
authorizer keys { keys = ["acme"] }
function orders { code = "./code"  runtime = nodejs22 }
gateway public {
  auth = keys
  GET "/orders" -> orders
}
)",
                                     "aws.sam public = 1\naws.sam public > orders = 2\n");
  EXPECT_TRUE(made.reports("parts/apart")) << made.findings();
}

TEST(Parts, LinesThatSayNothing) {
  for (const char* line :
       {"aws.sam orders\n", "orders = 1\n", "aws.sam orders = A/B\n", "<<<<<<< mine\n",
        "aws.sam orders = 1\naws.sam orders = 2\n", "aws.terraform orders = 1\n", "moon.rock orders = 1\n"})
    EXPECT_TRUE(compile_with(kShop, line).reports("parts/line")) << line;
  EXPECT_FALSE(compile_with(kShop, "# a note\n\naws.sam orders = 1\n").reports("parts/line"));
}

TEST(Parts, NamesOfOutputsDiffer) {
  EXPECT_NE(partition::output_name("A", "B.C"), partition::output_name("A", "BC"));
  EXPECT_NE(partition::output_name("A", ""), partition::output_name("A", "Itself"));
  EXPECT_TRUE(partition::part_before("2", "10"));
  EXPECT_TRUE(partition::part_before("10", "base"));
}

}  // namespace
}  // namespace virga::test
