// The policy of a plan in the small: which actions for which change, how names are narrowed, roles that are handed on, what
// is said where nobody knows, and how documents are parted. Whole policies are in tests/plans.
#include "compiler/plan/policy.h"
#include "tests/unit/units.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace virga::plan {
namespace {

using cloud::Unit;
using test::unit;

constexpr std::string_view kBox[] = {"x:{region}:{account}:box/{Name}"};
constexpr std::string_view kRole[] = {"x::{account}:role/{Name}"};
constexpr std::string_view kStack[] = {"x:{region}:{account}:stack/{stack}"};
constexpr std::string_view kAll[] = {"*"};
constexpr std::string_view kRead[] = {"box:Get"}, kCreate[] = {"box:Make"}, kUpdate[] = {"box:Change"},
                           kRemove[] = {"box:Drop"};
constexpr std::string_view kLock[] = {"box:Lock"}, kList[] = {"box:List"}, kRoleMake[] = {"role:Make"}, kGo[] = {"stack:Go"};
constexpr std::string_view kLocked[] = {"Lock.Key"}, kFilling[] = {"Filling"}, kFill[] = {"box:Fill"};
constexpr catalog::Need kBoxNeeds[] = {
    {.on = kBox,
     .passes = "",
     .to = "",
     .when = {},
     .changes = {},
     .read = kRead,
     .create = kCreate,
     .update = kUpdate,
     .remove = kRemove},
    {.on = kBox,
     .passes = "",
     .to = "",
     .when = kLocked,
     .changes = {},
     .read = {},
     .create = kLock,
     .update = kLock,
     .remove = {}},
    {.on = kBox,
     .passes = "",
     .to = "",
     .when = {},
     .changes = kFilling,
     .read = {},
     .create = kFill,
     .update = kFill,
     .remove = {}},
    {.on = kAll, .passes = "", .to = "", .when = {}, .changes = {}, .read = kList, .create = {}, .update = {}, .remove = {}},
    {.on = {},
     .passes = "Role",
     .to = "boxes",
     .when = {},
     .changes = {},
     .read = {},
     .create = {},
     .update = {},
     .remove = {}}};
constexpr catalog::Need kRoleNeeds[] = {{.on = kRole,
                                         .passes = "",
                                         .to = "",
                                         .when = {},
                                         .changes = {},
                                         .read = {},
                                         .create = kRoleMake,
                                         .update = {},
                                         .remove = {}}};
constexpr catalog::Need kEngine[] = {{.on = kStack,
                                      .passes = "",
                                      .to = "",
                                      .when = {},
                                      .changes = {},
                                      .read = {},
                                      .create = kGo,
                                      .update = kGo,
                                      .remove = {}}};
constexpr catalog::DeployerRow kRows[] = {{.type = "Box",
                                           .name = "Name",
                                           .unnamed = "",
                                           .nested = "Inside",
                                           .needs = kBoxNeeds,
                                           .derived = true,
                                           .source = "",
                                           .as_of = ""},
                                          {.type = "Role",
                                           .name = "Name",
                                           .unnamed = "{stack:4}{id:9}*",
                                           .nested = "",
                                           .needs = kRoleNeeds,
                                           .derived = false,
                                           .source = "",
                                           .as_of = ""}};
constexpr catalog::DeployingRow kEngines[] = {
    {.formats = "engine", .note = "", .needs = kEngine, .source = "", .as_of = ""}};
constexpr catalog::PolicyForm kForms[] = {
    {.version = "7", .pass = "role:Pass", .passed_to = "to", .labels = true, .blanks_count = false, .largest = "size"}};

catalog::Catalog catalog_of_boxes() {
  static const std::vector<catalog::Fact> facts = [] {
    catalog::Fact size{};
    size.id = "size";
    size.has_value = true;
    size.value = 6000;
    return std::vector<catalog::Fact>{size};
  }();
  catalog::Catalog c;
  c.facts = facts;
  c.deployer = kRows;
  c.deploying = kEngines;
  c.policies = kForms;
  return c;
}

struct Made {
  StackPlan plan;
  Policy policy;
  /// The actions on one thing, with what else must hold.
  [[nodiscard]] std::string on(const std::string& thing, const std::string& to = "") const {
    std::string out;
    for (const auto& document : policy.documents) {
      for (const Statement& s : document) {
        if (std::find(s.on.begin(), s.on.end(), thing) == s.on.end() || s.passed_to != to) continue;
        for (const std::string& action : s.actions) out += (out.empty() ? "" : " ") + action;
      }
    }
    return out;
  }
};

Made plan_of(std::span<const Unit> standing, std::span<const Unit> wanted, const std::string& region = "north") {
  const catalog::Catalog c = catalog_of_boxes();
  Made made{diff(standing, wanted, c), {}};
  std::vector<std::string> owners(made.plan.changes.size(), "my box");
  const PolicyRequest request{made.plan, standing, wanted,           owners,        "engine",
                              region,    "shop",   standing.empty(), wanted.empty()};
  made.policy = policy_of(request, c);
  return made;
}

TEST(Policy, EachChangeNeedsItsOwnActions) {
  const std::vector<Unit> one{unit("B", "Box", cloud::object({{"Name", "b"}, {"Size", 1}}))};
  const std::vector<Unit> other{unit("B", "Box", cloud::object({{"Name", "b"}, {"Size", 2}}))};
  EXPECT_EQ(plan_of({}, one).on("x:north:*:box/b"), "box:Get box:Make");
  EXPECT_EQ(plan_of(one, other).on("x:north:*:box/b"), "box:Change box:Get");
  EXPECT_EQ(plan_of(one, {}).on("x:north:*:box/b"), "box:Drop box:Get");
  EXPECT_TRUE(plan_of(one, one).policy.documents.empty());
  EXPECT_EQ(plan_of({}, one).on("x:north:*:stack/shop"), "stack:Go");
  EXPECT_EQ(plan_of({}, one).on("*"), "box:List");
}

TEST(Policy, WhatAPropertyAsksForIsThereOnlyWithIt) {
  const std::vector<Unit> one{unit("B", "Box", cloud::object({{"Name", "b"}, {"Lock", cloud::object({{"Key", "k"}})}}))};
  EXPECT_EQ(plan_of({}, one).on("x:north:*:box/b"), "box:Get box:Lock box:Make");
}

TEST(Policy, WhatAChangeOfAPropertyAsksForIsThereOnlyWithThat) {
  const auto box = [](int size, const char* filling) {
    cloud::Object of = cloud::object({{"Name", "b"}, {"Size", size}});
    if (filling != nullptr) of.set("Filling", filling);
    return std::vector<Unit>{unit("B", "Box", std::move(of))};
  };
  EXPECT_EQ(plan_of({}, box(1, "hay")).on("x:north:*:box/b"), "box:Fill box:Get box:Make");
  EXPECT_EQ(plan_of(box(1, "hay"), box(2, "hay")).on("x:north:*:box/b"), "box:Change box:Get");
  EXPECT_EQ(plan_of(box(1, "hay"), box(1, "straw")).on("x:north:*:box/b"), "box:Change box:Fill box:Get");
  EXPECT_EQ(plan_of(box(1, "hay"), box(1, nullptr)).on("x:north:*:box/b"), "box:Change box:Fill box:Get");
}

TEST(Policy, NamesThatNobodyKnowsAreWildcardsAndSaidSo) {
  const std::vector<Unit> one{unit("B", "Box", cloud::object({{"Name", cloud::Parameter{"P"}}}))};
  const Made made = plan_of({}, one, "");
  EXPECT_EQ(made.on("x:*:*:box/*"), "box:Get box:Make");
  std::string notes;
  for (const std::string& note : made.policy.notes) notes += note + "\n";
  EXPECT_EQ(notes,
            "on everything, since no name narrows them: `box:List`\n"
            "`*` stands for the account and the region, and for what is known only afterwards of `B`\n"
            "derived from how the cloud names its actions, which no source says of `Box`\n");
}

TEST(Policy, ANameIsNoPattern) {
  const std::vector<Unit> one{unit("B", "Box", cloud::object({{"Name", "a*${user}"}}))};
  EXPECT_EQ(plan_of({}, one).on("x:north:*:box/a???user?"), "box:Get box:Make");
}

TEST(Policy, RolesAreHandedOnlyToWhomTheyAreMeantFor) {
  const std::vector<Unit> one{unit("B", "Box", cloud::object({{"Name", "b"}, {"Role", cloud::GetAtt{"R", "Arn"}}})),
                              unit("R", "Role", {})};
  const Made made = plan_of({}, one);
  EXPECT_EQ(made.on("x::*:role/shop-R-*", "boxes"), "role:Pass");
  EXPECT_EQ(made.on("x::*:role/shop-R-*"), "role:Make");
}

TEST(Policy, ACircleOfReferencesEnds) {
  const std::vector<Unit> one{unit("A", "Box", cloud::object({{"Name", cloud::Ref{"B"}}})),
                              unit("B", "Box", cloud::object({{"Name", cloud::Ref{"A"}}}))};
  EXPECT_EQ(plan_of({}, one).on("x:north:*:box/*"), "box:Get box:Make");
}

TEST(Policy, ATemplateWithinAUnitIsReadToo) {
  const cloud::Object inner = cloud::object({{"Type", "Box"}, {"Properties", cloud::object({{"Name", "in"}})}});
  const cloud::Object body =
      cloud::object({{"Resources", cloud::object({{"In", inner}, {"Odd", cloud::object({{"Type", "Odd"}})}})}});
  const std::vector<Unit> one{unit("B", "Box", cloud::object({{"Name", "b"}, {"Inside", body}}))};
  const Made made = plan_of({}, one);
  EXPECT_EQ(made.on("x:north:*:box/in"), "box:Get box:Make");
  EXPECT_EQ(made.policy.unknown, std::vector<std::string>{"Odd"});
}

TEST(Policy, AnUnknownTypeIsSaid) {
  const std::vector<Unit> one{unit("O", "Odd", {})};
  const Made made = plan_of({}, one);
  EXPECT_EQ(made.policy.unknown, std::vector<std::string>{"Odd"});
  EXPECT_EQ(made.policy.notes.front(), "nobody knows what `Odd` needs; it must be allowed besides");
}

TEST(Policy, NoDocumentIsLargerThanMayBe) {
  std::vector<Statement> statements;
  for (int i = 0; i < 40; ++i)
    statements.push_back({{"a:B" + std::string(30, 'x')}, {"name" + std::to_string(i)}, "", {"n"}});
  Statement large{{"a:C"}, {}, "", {}};
  for (int i = 0; i < 200; ++i) large.on.push_back("name/" + std::to_string(1000 + i));
  statements.push_back(large);
  for (const bool blanks : {false, true}) {
    catalog::PolicyForm form = kForms[0];
    form.blanks_count = blanks;
    constexpr std::size_t kMost = 900;
    const auto documents = split_policy(statements, form, kMost);
    EXPECT_GT(documents.size(), 4u);
    std::size_t names = 0;
    for (const auto& document : documents) {
      std::string text = write_policy(document, form);
      if (!blanks) std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
      EXPECT_LE(text.size(), kMost);
      for (const Statement& s : document) names += s.on.size();
    }
    EXPECT_EQ(names, 240u);
  }
}

TEST(Policy, ADocumentIsTheCloudsOwn) {
  const std::vector<Statement> statements{{{"a:B"}, {"x"}, "", {"my box"}},
                                          {{"a:C"}, {"y"}, "svc", {"my box", "other"}},
                                          {{"a:D"}, {"z"}, "", {"my box"}},
                                          {{"a:E"}, {"*"}, "", {}}};
  const std::string text = write_policy(statements, kForms[0]);
  for (const char* part : {"\"Version\": \"7\"", "\"Sid\": \"MyBox\"", "\"Sid\": \"MyBoxAnd1More\"", "\"Sid\": \"MyBoxNo2\"",
                           "\"Sid\": \"Deployment\"", "\"StringEquals\": {", "\"to\": \"svc\""})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

}  // namespace
}  // namespace virga::plan
