// What statements allow, in edges: patterns of actions, and the nodes that resources lead to.
#include "compiler/adopt/statements.h"

#include <gtest/gtest.h>

namespace virga::adopt {
namespace {

constexpr std::string_view kStatement[] = {"Action=db:Get db:List db:Describe"};
constexpr std::string_view kWrites[] = {"Action=db:Put db:Describe"};
constexpr std::string_view kAllow[] = {"Effect=Allow"};
constexpr std::string_view kSends[] = {"Action=q:Send"};
const catalog::AdoptedRow kRows[] = {
    {.kind = "table", .type = "T", .called = "Name"},
    {.kind = "queue", .type = "Q", .called = "Name"},
    {.from = "function.self",
     .arrow = "->",
     .to = "table.read",
     .type = "S",
     .target = "On:arn",
     .when = kStatement,
     .fixed = kAllow},
    {.from = "function.self",
     .arrow = "->",
     .to = "table.write",
     .type = "S",
     .target = "On:arn",
     .when = kWrites,
     .fixed = kAllow},
    {.from = "function.self",
     .arrow = "->",
     .to = "queue.self",
     .type = "S",
     .target = "On:arn",
     .when = kSends,
     .fixed = kAllow},
};

cloud::Value text(std::string_view said) { return cloud::Value(said); }

class Statements : public testing::Test {
 protected:
  Statements() {
    catalog_.adopted = kRows;
    add("Orders", "T", "orders");
    add("Other", "T", "other");
    add("Mail", "Q", "mail");
  }
  void add(const char* id, const char* type, const char* name) {
    cloud::Resource& made = stack_.resources.emplace_back();
    made.id = id;
    made.type = type;
    made.properties = cloud::object({{"Name", name}});
  }
  /// `table.read Orders`, … and what is left.
  std::string read(cloud::Object statement) {
    const Table table(catalog_, {});
    const StackNodes nodes(stack_, [&](std::string_view id) -> const Row* {
      const cloud::Resource* r = stack_.find(std::string(id));
      return r == nullptr ? nullptr : &kRows[r->type == "T" ? 0 : 1];
    });
    const AllowedBy allowed = allowed_by(statement, table, "function", nodes);
    std::string out;
    for (const AllowedEdge& e : allowed.edges) out += std::string(e.row->to) + " " + e.target + ", ";
    for (const std::string& action : allowed.unsaid) out += "no " + action + ", ";
    for (const std::string& action : allowed.partly) out += "more " + action + ", ";
    return out + (allowed.elsewhere ? "elsewhere" : "");
  }
  static cloud::Object statement(cloud::Value action, cloud::Value on, const char* effect = "Allow") {
    return cloud::object({{"Effect", effect}, {"Action", std::move(action)}, {"On", std::move(on)}});
  }

  catalog::Catalog catalog_;
  cloud::Stack stack_;
};

TEST(StatementWords, PatternsMeanWords) {
  EXPECT_TRUE(is_meant("db:*", "db:Get"));
  EXPECT_TRUE(is_meant("DB:get", "db:Get"));
  EXPECT_TRUE(is_meant("db:?et", "db:Get"));
  EXPECT_TRUE(is_meant("d*:*t", "db:Get"));
  EXPECT_FALSE(is_meant("db:Get*Item", "db:Get"));
  EXPECT_FALSE(is_meant("db:Ge", "db:Get"));
  EXPECT_FALSE(is_meant("", "db:Get"));
  // A hostile one takes no longer than another.
  EXPECT_FALSE(is_meant(std::string(5000, '*') + "x", std::string(5000, 'y')));
}

TEST_F(Statements, OneActionIsOneEdge) {
  EXPECT_EQ(read(statement("db:Get", cloud::GetAtt{"Orders", "Arn"})), "table.read Orders, ");
}

TEST_F(Statements, SeveralAreSeveral) {
  EXPECT_EQ(read(statement(cloud::Values{"db:Get", "db:Put", "db:Drop"}, cloud::GetAtt{"Orders", "Arn"})),
            "table.read Orders, table.write Orders, no db:Drop, ");
}

TEST_F(Statements, PatternsAllowMore) {
  EXPECT_EQ(read(statement("db:*", cloud::GetAtt{"Orders", "Arn"})), "table.read Orders, table.write Orders, more db:*, ");
}

TEST_F(Statements, WhatBothDoMakesNeither) {
  EXPECT_EQ(read(statement("db:Describe", cloud::GetAtt{"Orders", "Arn"})), "no db:Describe, ");
}

TEST_F(Statements, EverythingIsNoEdge) {
  EXPECT_EQ(read(statement("*", "*")), "no *, ");
  EXPECT_EQ(read(statement("db:Get", "*")), "no db:Get, ");
}

TEST_F(Statements, WhatIsDeniedIsNone) { EXPECT_EQ(read(statement("db:Get", cloud::GetAtt{"Orders", "Arn"}, "Deny")), ""); }

TEST_F(Statements, NamesLeadToNodesOfTheKind) {
  EXPECT_EQ(read(statement("db:Get", "x:db:here:1234:table/orders/index/*")), "table.read Orders, ");
  EXPECT_EQ(read(statement("db:Get", "x:db:here:1234:table/orders-old")), "no db:Get, ");
  EXPECT_EQ(read(statement("db:Get", "x:db:here:1234:table/mail")), "no db:Get, ");
  EXPECT_EQ(read(statement("db:Get", cloud::GetAtt{"Mail", "Arn"})), "no db:Get, ");
}

TEST_F(Statements, SeveralResourcesAreSeveralEdges) {
  EXPECT_EQ(read(statement("db:Get", cloud::Values{cloud::GetAtt{"Orders", "Arn"}, cloud::GetAtt{"Other", "Arn"},
                                                   text("x:db:here:1234:table/elsewhere")})),
            "table.read Orders, table.read Other, elsewhere");
}

TEST_F(Statements, WhatAnotherActionIsAboutIsNotElsewhere) {
  const cloud::Values both{cloud::GetAtt{"Orders", "Arn"}, cloud::GetAtt{"Mail", "Arn"}};
  EXPECT_EQ(read(statement(cloud::Values{"db:Get", "q:Send"}, both)), "table.read Orders, queue.self Mail, ");
  EXPECT_EQ(read(statement("db:Get", both)), "table.read Orders, elsewhere");
}

}  // namespace
}  // namespace virga::adopt
