// The tables of the catalogue and the code that stands behind them, held together.
#include "backends/aws/codes.h"
#include "backends/aws/lower/strategies.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace virga::aws {
namespace {

template <class Rows>
std::set<std::string> named_by(const Rows& rows) {
  std::set<std::string> names;
  for (const auto& row : rows) names.insert(row.strategies.begin(), row.strategies.end());
  return names;
}

template <class Strategies>
std::set<std::string> names_of(const Strategies& strategies) {
  std::set<std::string> names;
  for (const auto& strategy : strategies)
    EXPECT_TRUE(names.insert(std::string(strategy.name)).second) << strategy.name << " stands twice";
  return names;
}

TEST(AwsTables, EveryRowHasAHandlerAndEveryHandlerARow) {
  EXPECT_EQ(named_by(catalog().kinds), names_of(kind_strategies()));
  EXPECT_EQ(named_by(catalog().edges), names_of(edge_strategies()));
}

TEST(AwsTables, EveryFactThatTheCodeAsksForIsThere) {
  const std::regex asked("(?:limit|fact)\\(\"([a-z0-9_.]+)\"\\)");
  std::size_t count = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(VIRGA_SOURCE_DIR "/backends/aws")) {
    if (file.path().extension() != ".cpp") continue;
    std::ostringstream text;
    text << std::ifstream(file.path()).rdbuf();
    const std::string source = text.str();
    for (auto match = std::sregex_iterator(source.begin(), source.end(), asked); match != std::sregex_iterator();
         ++match, ++count) {
      EXPECT_NE(catalog().find_fact((*match)[1].str()), nullptr) << file.path() << " asks for " << (*match)[1];
    }
  }
  EXPECT_GT(count, 20U);
}

TEST(AwsTables, EveryCodeHasAPageAndEveryPageACode) {
  std::set<std::string> codes, pages;
  for (const diag::CodeInfo& code : all_codes()) codes.insert(std::string(code.id) + ".md");
  for (const EmbeddedFile& page : explain_pages()) pages.insert(std::string(page.path));
  EXPECT_EQ(codes, pages);
}

TEST(AwsTables, FactsAreFoundById) {
  EXPECT_EQ(catalog().fact("lambda.timeout.max").value, 900);
  EXPECT_EQ(catalog().find_fact("lambda.timeout"), nullptr);
  EXPECT_EQ(catalog().find_fact("zzz"), nullptr);
  EXPECT_NE(catalog::cite(catalog().fact("lambda.memory.max")).find("AWS docs: Lambda quotas"), std::string::npos);
}

}  // namespace
}  // namespace virga::aws
