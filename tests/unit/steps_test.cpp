// What is done in which order, over stacks, regions and apps.
#include "compiler/plan/steps.h"

#include <gtest/gtest.h>

namespace virga::plan {
namespace {

const cloud::Unit kUnit;

/// A stack in which as many things are done, one after the other.
StackReport stack(std::string target, std::size_t waves) {
  StackReport s;
  s.target = std::move(target);
  s.plan.waves = waves;
  for (std::size_t i = 0; i < waves; ++i) {
    UnitChange c;
    c.action = Action::create;
    c.after = &kUnit;
    s.plan.changes.push_back(std::move(c));
  }
  return s;
}

Report report(std::string app, std::vector<StackReport> stacks, std::vector<std::string> needs = {}) {
  Report r;
  r.app = std::move(app);
  r.stacks = std::move(stacks);
  r.needs = std::move(needs);
  return r;
}

/// `1 pack a; 2 deploy a.x; …`
std::string told(const Order& order, std::span<const Report* const> apps) {
  std::string out;
  for (const Step& s : order.steps) {
    out += (out.empty() ? "" : "; ") + std::to_string(s.wave) + " " + std::string(word(s.kind)) + " " + apps[s.app]->app;
    if (s.kind != Step::Kind::pack) out += "." + apps[s.app]->stacks[s.stack].target;
  }
  return out;
}

TEST(Steps, NothingIsDoneForWhatStaysAsItIs) {
  const Report same = report("a", {stack("x", 0)}), other = report("b", {stack("x", 1)}, {"a"});
  const Report* const apps[] = {&same, &other};
  EXPECT_EQ(told(order_of(apps), apps), "1 pack b; 2 deploy b.x");
  EXPECT_TRUE(order_of({}).steps.empty());
}

TEST(Steps, CodeIsPackedThenUploadedThenDeployed) {
  Report a = report("a", {stack("x", 2), stack("y", 1)});
  a.stacks[1].upload = {"put it there"};
  const Report* const apps[] = {&a};
  EXPECT_EQ(told(order_of(apps), apps), "1 pack a; 2 deploy a.x; 2 upload a.y; 3 deploy a.y");
}

TEST(Steps, AnAppWaitsForTheSameTargetOfThoseItUses) {
  const Report a = report("a", {stack("x", 1), stack("y", 5)}), b = report("b", {stack("y", 1)}, {"a"}),
               c = report("c", {stack("z", 1)}, {"a"});
  const Report* const apps[] = {&a, &b, &c};
  const Order order = order_of(apps);
  EXPECT_EQ(told(order, apps), "1 pack a; 2 deploy a.x; 2 deploy a.y; 1 pack b; 3 deploy b.y; 1 pack c; 3 deploy c.z");
  EXPECT_EQ(order.steps[4].after, (std::vector<std::size_t>{3, 2}));
  EXPECT_EQ(order.steps[6].after, (std::vector<std::size_t>{5, 1, 2}));  // it has no such target, so all of them
  EXPECT_EQ(order.longest, (std::vector<std::size_t>{0, 2, 4}));
  EXPECT_EQ(order.waves, 3u);
}

TEST(Steps, WhatGoesGoesLastAndTheOtherWayRound) {
  Report a = report("a", {stack("x", 1), stack("y", 1)}), b = report("b", {stack("x", 1), stack("y", 1)}, {"a"});
  a.stacks[1].gone = b.stacks[1].gone = true;
  const Report* const apps[] = {&a, &b};
  EXPECT_EQ(told(order_of(apps), apps), "1 pack a; 2 deploy a.x; 1 pack b; 3 deploy b.x; 4 remove b.y; 4 remove a.y");
}

TEST(Steps, AScriptAsksFirst) {
  Report a = report("a", {stack("x", 1)});
  a.make = {"make them"};
  a.stacks[0].commands = {"deploy \"$TOKEN\""};
  a.stacks[0].variables = {{"TOKEN", "a \"secret\" of ${you} `it`", ""}, {"BUCKET_EU", "where", "BUCKET"}};
  const Report* const apps[] = {&a};
  const std::string script = render_script(apps, "check it");
  EXPECT_NE(script.find(": \"${BUCKET_EU:=${BUCKET:?where}}\"\n"), std::string::npos) << script;
  EXPECT_NE(script.find(R"(: "${TOKEN:?a \"secret\" of \${you\} \`it\`}")"), std::string::npos) << script;
  EXPECT_LT(script.find("TOKEN"), script.find("check it"));
  EXPECT_LT(script.find("check it"), script.find("make them"));
  EXPECT_LT(script.find("make them"), script.find("deploy \""));
}

}  // namespace
}  // namespace virga::plan
