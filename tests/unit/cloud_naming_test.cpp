#include "compiler/cloud/naming.h"

#include <gtest/gtest.h>

#include <set>

namespace virga::cloud {
namespace {

catalog::NameRule rule(std::uint32_t max, bool underscore, bool hyphen = true, bool upper = true) {
  catalog::NameRule r{};
  r.max = max;
  r.underscore = underscore;
  r.hyphen = hyphen;
  r.upper = upper;
  return r;
}

TEST(Naming, FollowsTheRuleOfTheService) {
  EXPECT_EQ(physical_name(rule(64, true), "docs_site", "prod", "told.handler"), "docs_site-prod-told-handler");
  EXPECT_EQ(physical_name(rule(64, false), "docs_site", "prod", "told.handler"), "docs-site--prod--told--handler");
  EXPECT_EQ(physical_name(rule(64, true, false), "docs_site", "prod", "told.handler"), "docs_site__prod__told__handler");
}

TEST(Naming, NamesDontMeet) {
  // Pairs that lose their difference in one spelling or another.
  const std::vector<std::array<std::string, 3>> triples = {
      {"a", "b", "c.d"}, {"a", "b", "c_d"}, {"a", "b_c", "d"}, {"a_b", "c", "d"}, {"a", "b", "c__d"},
      {"a", "b", "_c"},  {"a", "b_", "c"},  {"a", "b", "C"},   {"a", "b", "c"},   {"a", "b.c", "d"},
  };
  for (const catalog::NameRule& r :
       {rule(64, true), rule(64, false), rule(64, true, false), rule(64, false, true, false), rule(20, false)}) {
    std::set<std::string> seen;
    for (const auto& [app, stage, node] : triples) {
      if (stage.find('.') != std::string::npos) continue;
      EXPECT_TRUE(seen.insert(physical_name(r, app, stage, node)).second) << app << " " << stage << " " << node;
    }
  }
}

TEST(Naming, WhatIsTooLongEndsInAHash) {
  const std::string long_node(100, 'x');
  const std::string name = physical_name(rule(30, true), "app", "stage", long_node);
  EXPECT_EQ(name.size(), 30u);
  EXPECT_EQ(name.substr(23, 1), "-");
  EXPECT_NE(name, physical_name(rule(30, true), "app", "stage", long_node + "y"));
  catalog::NameRule fifo = rule(30, true);
  fifo.suffix = ".fifo";
  EXPECT_TRUE(physical_name(fifo, "app", "stage", long_node).ends_with(".fifo"));
  EXPECT_EQ(physical_name(fifo, "app", "stage", long_node).size(), 30u);
  EXPECT_LE(physical_name(rule(30, true), "app", "stage", long_node, 17).size(), 13u);
  EXPECT_FALSE(physical_name(rule(8, true), "app", "stage", long_node, 7).empty());
}

TEST(Naming, LogicalIds) {
  EXPECT_EQ(logical_id("sync"), "Sync");
  EXPECT_EQ(logical_id("told.handler"), "ToldHandler");
  EXPECT_EQ(logical_id("docs_site"), "DocsSite");
  std::set<std::string> ids;
  for (const char* name : {"a1", "a_1", "a.1", "a__b", "a_b", "_a", "a_", "aB", "A"}) {
    EXPECT_TRUE(ids.insert(logical_id(name)).second) << name;
  }
}

TEST(Naming, EnvironmentNames) {
  EXPECT_EQ(environment_name("pages", "BUCKET_NAME"), "PAGES_BUCKET_NAME");
  EXPECT_EQ(environment_name("told.handler", "FUNCTION_NAME"), "TOLD_HANDLER_FUNCTION_NAME");
}

TEST(Naming, TheHashIsSha256) {
  EXPECT_EQ(short_hash("abc", 64), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(short_hash("abc"), "ba7816");
}

}  // namespace
}  // namespace virga::cloud
