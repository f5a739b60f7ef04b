// Loads that a file says of an imported program: what they are laid over, and what has no place in such a file.
#include "compiler/adopt/loads.h"

#include "compiler/diagnostics/render.h"
#include "compiler/driver/migrate.h"
#include "compiler/syntax/parse.h"

#include <gtest/gtest.h>

namespace virga::adopt {
namespace {

DraftEdge edge(std::string from, std::string port, std::string argument, std::string to, Said on = {}) {
  DraftEdge out;
  out.from = std::move(from), out.port = std::move(port), out.argument = std::move(argument), out.to = std::move(to);
  out.hand_over = out.argument.empty();
  out.on = std::move(on);
  return out;
}

/// A gateway, a worker behind a queue, and two patterns of a bus.
struct Laying {
  explicit Laying(const std::string& text) {
    draft.app = "shop", draft.cloud = "aws";
    for (const auto& [kind, name] :
         {std::pair("gateway", "api"), {"function", "work"}, {"queue", "orders"}, {"bus", "news"}}) {
      DraftNode node;
      node.kind = kind, node.name = name;
      draft.nodes.push_back(node);
    }
    draft.edges = {edge("api", "GET", "/x", "work"), edge("orders", "", "", "work"),
                   edge("news", "", "", "work", {{"id", "\"Paid\""}}), edge("news", "", "", "work", {{"id", "\"Sent\""}})};
    const SourceFile& file = sources.add("loads.virga", text);
    laid = lay_loads(draft, file, syntax::parse(file, sink), sink);
  }
  /// `code text`, of each finding.
  [[nodiscard]] std::vector<std::string> findings() const {
    std::vector<std::string> out;
    for (const diag::Diagnostic& d : sink.all()) {
      const std::string& text = sources.file(d.span.file).text;
      out.push_back(d.code + " " + text.substr(d.span.begin, d.span.end - d.span.begin));
    }
    return out;
  }
  SourceMap sources;
  diag::Sink sink;
  Draft draft;
  std::vector<Laid> laid;
};

using Lines = std::vector<std::string>;

TEST(AdoptLoads, AreLaidOverNodesAndEdges) {
  const Laying made(
      "gateway api { GET \"/x\" -> work { load = 2rps } }\norders ~> work { payload = 2KB  times = 0.5 }\n"
      "function work { takes = 20ms }\nnews ~> work { load = { least = 1rps  most = 2rps }  on aws { id = \"Sent\" } }\n");
  EXPECT_EQ(made.findings(), Lines{});
  EXPECT_EQ(made.draft.edges[0].properties, (Said{{"load", "2rps"}}));
  EXPECT_EQ(made.draft.edges[1].properties, (Said{{"payload", "2KB"}, {"times", "0.5"}}));
  EXPECT_EQ(made.draft.edges[2].properties, Said{});
  EXPECT_EQ(made.draft.edges[3].properties, (Said{{"load", "{ least = 1rps  most = 2rps }"}}));
  EXPECT_EQ(made.draft.nodes[1].attributes, (Said{{"takes", "20ms"}}));
  EXPECT_EQ(Laying("api.GET \"/x\" -> work { load = 2rps }\n").draft.edges[0].properties, (Said{{"load", "2rps"}}));
}

TEST(AdoptLoads, WhoCallsFromOutsideMayBeAdded) {
  const Laying made("external clients { url = \"https://a.b\" }\nclients -> work { load = 3rps }\n");
  EXPECT_EQ(made.findings(), Lines{});
  ASSERT_EQ(made.draft.nodes.size(), 5U);
  EXPECT_EQ(made.draft.nodes[4].kind, "external");
  ASSERT_EQ(made.draft.edges.size(), 5U);
  EXPECT_EQ(made.draft.edges[4].properties, (Said{{"load", "3rps"}}));
  EXPECT_EQ(Laying("external clients { url = \"https://a.b\" }\n").findings(), Lines{"adopt/load-nowhere clients"})
      << "who calls nobody says no load";
  EXPECT_EQ(Laying("external clients { url = \"https://a.b\" }\nclients -> gone { load = 1rps }\n").findings(),
            Lines{"adopt/load-nowhere clients -> gone"});
}

TEST(AdoptLoads, WhatWasNotImportedIsAFinding) {
  EXPECT_EQ(Laying("orders -> work { load = 1rps }\n").findings(), Lines{"adopt/load-nowhere orders -> work"});
  EXPECT_EQ(Laying("api.GET \"/y\" -> work { load = 1rps }\n").findings(),
            Lines{"adopt/load-nowhere api.GET \"/y\" -> work"});
  EXPECT_EQ(Laying("function worker { takes = 1s }\n").findings(), Lines{"adopt/load-nowhere worker"});
  EXPECT_EQ(Laying("queue work { takes = 1s }\n").findings(), Lines{"adopt/load-nowhere work"});
  EXPECT_EQ(Laying("gateway apis { GET \"/x\" -> work { load = 1rps } }\n").findings(), Lines{"adopt/load-nowhere apis"})
      << "one mistake, one finding";
  const Laying near("function worker { takes = 1s }\n");
  EXPECT_EQ(near.sink.all().front().help, Lines{"did you mean `work`?"});
}

TEST(AdoptLoads, OfSeveralEdgesOneIsNamed) {
  EXPECT_EQ(Laying("news ~> work { load = 1rps }\n").findings(), Lines{"adopt/load-several news ~> work"});
  EXPECT_EQ(Laying("news ~> work { load = 1rps  on aws { id = \"Lost\" } }\n").findings(),
            Lines{"adopt/load-nowhere news ~> work"});
}

TEST(AdoptLoads, AllElseHasNoPlaceThere) {
  EXPECT_EQ(Laying("function work { takes = 1s  memory = 1GB }\n").findings(), Lines{"adopt/load-word memory"});
  EXPECT_EQ(Laying("orders ~> work { batch = 5 }\n").findings(), Lines{"adopt/load-word batch"});
  EXPECT_EQ(Laying("orders ~> work { takes = 1s }\n").findings(), Lines{"adopt/load-word takes"});
  EXPECT_EQ(Laying("orders ~> work { on aliyun { id = \"x\" } }\n").findings(), Lines{"adopt/load-word on"});
  EXPECT_EQ(Laying("app shop { }\nlet x = 1\n").findings(), (Lines{"adopt/load-word app", "adopt/load-word let"}));
  EXPECT_EQ(Laying("function work { takes = 1s }\nfunction work { takes = 2s }\n").findings(),
            Lines{"kind/attribute-twice takes"});
}

constexpr std::string_view kTold =
    "AWSTemplateFormatVersion: x\nResources:\n  Orders: {Type: AWS::SQS::Queue}\n  Told: {Type: AWS::SNS::Topic}\n"
    "  Both: {Type: AWS::SNS::Subscription, Properties: {Protocol: sqs, TopicArn: {Ref: Told}, Endpoint: {'Fn::GetAtt': "
    "[Orders, Arn]}}}\n";

struct Moving {
  explicit Moving(const std::string& loads, std::string_view text = kTold) {
    const SourceFile& file = sources.add("template.yaml", std::string(text));
    const SourceFile* const files[] = {&file};
    const SourceFile* said = loads.empty() ? nullptr : &sources.add("loads.virga", loads);
    const cloud::Target from = cloud::find_target("aws.sam"), to = cloud::find_target("aliyun.ros");
    made = driver::migrate({files, from, to, "shop", {}, nullptr, said}, sink);
  }
  SourceMap sources;
  diag::Sink sink;
  driver::Migrated made;
};

/// What a value may be is known once the program is built; the finding stands in the file all the same.
TEST(AdoptLoads, AValueThatDoesNotFitIsFoundWhereItStands) {
  const Moving one("// loads\ntold ~> orders { payload = 2KB  load = 5KB }\n");
  EXPECT_EQ(one.made.program, "");
  const std::string text = diag::render_text(one.sink, one.sources);
  EXPECT_NE(text.find("loads.virga:2:40"), std::string::npos) << text;
  EXPECT_NE(text.find("error[value/type]"), std::string::npos) << text;
  const Moving bare("external clients { }\nclients ~> told { load = 5rps }\n");
  const std::string missing = diag::render_text(bare.sink, bare.sources);
  EXPECT_NE(missing.find("loads.virga:1:10"), std::string::npos) << missing;
}

TEST(AdoptLoads, TheProgramHasThemAndBothCloudsAreCounted) {
  const Moving one(
      "told ~> orders { load = 5rps }\nexternal clients { url = \"https://a.b\" }\nclients ~> told { load = 1rps }\n");
  EXPECT_FALSE(one.sink.has_errors()) << diag::render_text(one.sink, one.sources);
  EXPECT_NE(one.made.program.find("load = 5rps"), std::string::npos) << one.made.program;
  EXPECT_TRUE(one.made.costs.loads);
  ASSERT_TRUE(one.made.costs.before && one.made.costs.after) << one.made.costs.no_before << one.made.costs.no_after;
  EXPECT_GT(one.made.costs.before->estimate.lines.size(), 0U);
  EXPECT_FALSE(Moving("").made.costs.loads);
}

TEST(AdoptLoads, ClocksSayThemselvesHowOftenTheyTick) {
  const std::string head =
      "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n"
      "      Runtime: python3.12\n      Handler: a.b\n      CodeUri: src\n      Events:\n"
      "        Tick: {Type: Schedule, Properties: {Schedule: rate(5 minutes)}}\n";
  EXPECT_TRUE(Moving("", head).made.costs.loads);
  EXPECT_FALSE(Moving("", head + "        Get: {Type: HttpApi, Properties: {Path: /, Method: get}}\n").made.costs.loads);
}

TEST(AdoptLoads, WhatCannotArriveHasACostBeforeAlone) {
  const Moving one("told ~> orders { load = 5rps }\n", std::string(kTold) + "  Fleet: {Type: AWS::GameLift::Fleet}\n");
  EXPECT_FALSE(one.made.report.whole);
  EXPECT_TRUE(one.made.costs.before);
  EXPECT_FALSE(one.made.costs.after);
}

}  // namespace
}  // namespace virga::adopt
