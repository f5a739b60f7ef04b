// The catalogue and the code of Alibaba Cloud fit together.
#include "backends/aliyun/backend.h"
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/strategies.h"
#include "compiler/cloud/backend.h"
#include "compiler/diagnostics/codes.h"
#include "tests/support/compiled.h"

#include <gtest/gtest.h>

#include <set>

namespace virga::aliyun {
namespace {

TEST(AliyunCatalog, EveryStrategyOfATableHasCodeAndTheOtherWayRound) {
  std::set<std::string_view> kinds, edges;
  for (const catalog::KindRow& row : catalog().kinds) {
    for (const std::string_view name : row.strategies) {
      kinds.insert(name);
      EXPECT_NE(find_kind_strategy(name), nullptr) << row.kind << ": " << name;
    }
  }
  for (const catalog::EdgeRow& row : catalog().edges) {
    for (const std::string_view name : row.strategies) {
      edges.insert(name);
      EXPECT_NE(find_edge_strategy(name), nullptr) << row.from << " " << row.to << ": " << name;
    }
  }
  for (const KindStrategy& s : kind_strategies()) EXPECT_TRUE(kinds.contains(s.name)) << s.name;
  for (const EdgeStrategy& s : edge_strategies()) EXPECT_TRUE(edges.contains(s.name)) << s.name;
}

TEST(AliyunCatalog, EveryPrimitiveKindHasARow) {
  const test::Compiled program = test::compile("", "aliyun.ros");
  for (const auto& [name, kind] : program.front->architecture.kinds) {
    if (kind.primitive) {
      EXPECT_NE(catalog().kind(name, "ros"), nullptr) << name;
    }
  }
}

TEST(AliyunCatalog, EveryCodeHasAPage) {
  std::set<std::string> pages;
  for (const EmbeddedFile& page : backend().pages()) pages.insert(std::string(page.path));
  std::string_view before;
  for (const diag::CodeInfo& code : codes::all()) {
    EXPECT_TRUE(pages.contains(std::string(code.id) + ".md")) << code.id;
    EXPECT_LT(before, code.id);
    before = code.id;
  }
}

/// The programs of a page: the wrong one, then the mended one.
std::vector<std::string> programs(std::string_view page) {
  constexpr std::string_view kOpen = "```virga\n";
  std::vector<std::string> out;
  while (true) {
    const std::size_t open = page.find(kOpen);
    const std::size_t close = open == std::string_view::npos ? open : page.find("```", open + kOpen.size());
    if (close == std::string_view::npos) return out;
    out.emplace_back(page.substr(open + kOpen.size(), close - open - kOpen.size()));
    page.remove_prefix(close + 3);
  }
}

/// What the first line of a program names (`// target: aliyun.terraform`), for what only one format can do.
std::string target_of(const std::string& program) {
  constexpr std::string_view kSays = "// target: ";
  return program.starts_with(kSays) ? program.substr(kSays.size(), program.find('\n') - kSays.size()) : "aliyun.ros";
}

TEST(AliyunCatalog, ThePagesAreRight) {
  for (const EmbeddedFile& page : backend().pages()) {
    const std::vector<std::string> examples = programs(page.bytes);
    if (examples.empty()) continue;
    ASSERT_EQ(examples.size(), 2u) << page.path;
    const std::string code(page.path.substr(0, page.path.size() - 3));
    const test::Compiled wrong = test::compile(examples[0], target_of(examples[0]));
    EXPECT_TRUE(wrong.reports(code)) << page.path << "\n" << wrong.findings();
    EXPECT_EQ(wrong.sink.errors(), 1u) << page.path << "\n" << wrong.findings();
    const test::Compiled mended = test::compile(examples[1], target_of(examples[1]));
    EXPECT_FALSE(mended.sink.has_errors()) << page.path << "\n" << mended.findings();
  }
}

/// How well Terraform says that events may wait so long for a function; nothing when it says just that.
std::vector<catalog::Fidelity> on_terraform(cloud::Value age) {
  cloud::Stack stack;
  stack.cloud = "aliyun";
  stack.resources.push_back({.id = "Sync", .type = "ALIYUN::FC3::AsyncInvokeConfig", .properties = cloud::object({})});
  stack.resources.back().properties.set("FunctionName", "sync");
  stack.resources.back().properties.set("MaxAsyncEventAgeInSeconds", std::move(age));
  std::vector<catalog::Fidelity> out;
  for (const cloud::Unsaid& u : cloud::find_target("aliyun.terraform").format->unsaid(stack)) out.push_back(u.fidelity);
  return out;
}

TEST(AliyunCatalog, TheTableOfTerraformAndItsFactsNameOneAge) {
  const catalog::Fact* most = catalog().find_fact("fc3.async.age.terraform_max");
  ASSERT_NE(most, nullptr);
  ASSERT_TRUE(most->has_max);
  const std::vector<catalog::Fidelity> emulated{catalog::Fidelity::emulated};
  EXPECT_TRUE(on_terraform(static_cast<std::int64_t>(most->max)).empty());
  EXPECT_EQ(on_terraform(static_cast<std::int64_t>(most->max) + 1), emulated);
  EXPECT_TRUE(on_terraform(most->max).empty());
  EXPECT_EQ(on_terraform(most->max + 0.5), emulated);
}

TEST(AliyunCatalog, WhoLetsEventsWaitLongerThanTheProviderDoesIsTold) {
  const auto told = [](const char* age) {
    const std::string text = "function sync { code = \"./code\"  runtime = nodejs20  retries = 2  max_age = ";
    return test::compile(text + age + " }\nschedule daily { every = 1d }\ndaily ~> sync", "aliyun.terraform");
  };
  const test::Compiled day = told("1d"), week = told("7d");
  EXPECT_FALSE(day.reports("target/emulated")) << day.findings();
  EXPECT_TRUE(week.reports("target/emulated")) << week.findings();
  EXPECT_NE(week.findings().find("the provider refuses an age of more than a day"), std::string::npos) << week.findings();
}

}  // namespace
}  // namespace virga::aliyun
