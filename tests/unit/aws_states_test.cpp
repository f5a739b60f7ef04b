// State machines of Step Functions, read as flows: the order of their states, what steps are sent, and what no flow says.
#include "backends/aws/sam/sam.h"
#include "backends/aws/states/tell.h"
#include "compiler/cloud/template_reader.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace virga::aws::states {
namespace {

cloud::Told told(const std::string& definition) {
  SourceMap sources;
  diag::Sink sink;
  const auto document = cloud::read_template(sources.add("definition", definition), sink);
  EXPECT_TRUE(document && !sink.has_errors()) << definition;
  cloud::Resource resource;
  resource.id = "Orders";
  resource.type = "AWS::StepFunctions::StateMachine";
  resource.properties.set("Definition", cloud::from_document(*document, sam::dialect(), {}));
  const auto made = tell(resource, nullptr);
  EXPECT_TRUE(made.has_value());
  return made.value_or(cloud::Told());
}

/// The flow, or in brackets why there is none.
std::string flow_of(const std::string& definition) {
  const cloud::Told made = told(definition);
  if (!made.lacks.empty()) return "(" + made.lacks + ")";
  return to_text(made.attributes.front().second);
}

/// `a: "input"; b: …`: what each step is sent; `-` for the whole document.
std::string sent(const std::string& definition) {
  std::string out;
  for (const cloud::ToldEdge& edge : told(definition).edges) {
    std::string what = "-";
    for (const auto& [name, value] : edge.properties) {
      if (name == "send") what = to_text(value);
    }
    out += (out.empty() ? "" : "; ") + edge.argument + ": " + what;
  }
  return out;
}

/// States of one task each, by name and where they lead, in the words of YAML; more of a state behind a `|`.
std::string machine(const std::string& states) { return "{ StartAt: A, States: {" + states + "} }"; }
std::string task(const std::string& name, const std::string& rest) {
  return fmt::format(" {}: {{ Type: Task, Resource: !GetAtt F.Arn, {} }},", name, rest);
}

TEST(States, OneAfterTheOther) {
  EXPECT_EQ(flow_of(machine(task("A", "Next: B") + task("B", "Next: W") + " W: { Type: Wait, Seconds: 90, Next: C }," +
                            task("C", "Next: D") + " D: { Type: Succeed }")),
            R"(["a", "b", { wait = 90s }, "c"])");
  EXPECT_EQ(flow_of(machine(" A: { Type: Pass, End: true }")), "[{ succeed = true }]");
}

TEST(States, NamesOfStepsAreWordsThatTheLanguageHasNot) {
  EXPECT_EQ(flow_of("{ StartAt: Input, States: {" + task("Input", "Next: pay-now") + task("pay-now", "Next: 1st") +
                    task("1st", "Next: Pay Now") + task("Pay Now", "End: true") + "} }"),
            R"(["step_input", "pay_now", "n1st", "pay_now_2"])");
}

TEST(States, WaysThatPartComeTogether) {
  const std::string choice =
      " A: { Type: Choice, Choices: [{ Variable: $.x, NumericGreaterThan: 3, Next: B }, { Variable: $.y, StringEquals: z, "
      "Next: C }], "
      "Default: D },";
  EXPECT_EQ(
      flow_of(machine(choice + task("B", "Next: D") + task("C", "Next: D") + task("D", "End: true"))),
      R"([{ choose = [{ when = { input = { x = { above = 3 } } }  do = ["b"] }, { when = { input = { y = "z" } }  do = ["c"] }] }, "d"])");
  // One that ends by itself.
  EXPECT_EQ(
      flow_of(machine(choice + task("B", "Next: D") + " C: { Type: Fail, Error: No }," + task("D", "End: true"))),
      R"([{ choose = [{ when = { input = { x = { above = 3 } } }  do = ["b"] }, { when = { input = { y = "z" } }  do = [{ fail = "No" }] }] }, "d"])");
  EXPECT_EQ(
      flow_of(machine(choice + task("B", "Next: D") + task("C", "End: true") + task("D", "End: true"))),
      R"([{ choose = [{ when = { input = { x = { above = 3 } } }  do = ["b"] }, { when = { input = { y = "z" } }  do = ["c", { succeed = true }] }] }, "d"])");
}

TEST(States, WhatFailsTurnsTheQuestionRound) {
  EXPECT_EQ(
      flow_of(machine(" A: { Type: Choice, Choices: [{ Variable: $.ok, BooleanEquals: true, Next: B }], Default: F }," +
                      task("B", "Next: C") + task("C", "End: true") + " F: { Type: Fail, Error: No, Cause: why }")),
      R"([{ if = { not = { input = { ok = true } } }  then = [{ fail = "No"  cause = "why" }] }, "b", "c"])");
  // Without a default an execution fails where nothing holds.
  EXPECT_EQ(flow_of(machine(" A: { Type: Choice, Choices: [{ Variable: $.ok, IsPresent: false, Next: B }] }," +
                            task("B", "End: true"))),
            R"([{ if = { input = { ok = { exists = true } } }  then = [{ fail = "States.NoChoiceMatched" }] }, "b"])");
}

TEST(States, WhatIsCaughtTheSameWayIsTriedTogether) {
  const std::string caught = "Catch: [{ ErrorEquals: [States.ALL], Next: H }], ";
  EXPECT_EQ(flow_of(machine(task("A", caught + "Next: W") + " W: { Type: Wait, Seconds: 1, Next: B }," +
                            task("B", caught + "Next: C") + task("C", "End: true") + task("H", "Next: F") +
                            " F: { Type: Fail, Error: No }")),
            R"([{ try = ["a", { wait = 1s }, "b"]  catch = [{ do = ["h", { fail = "No" }] }] }, "c"])");
  // What comes between is not to be caught.
  EXPECT_EQ(
      flow_of(machine(task("A", caught + "Next: B") + task("B", "Next: C") + task("C", caught + "End: true") +
                      task("H", "End: true"))),
      R"([{ try = ["a"]  catch = [{ do = [{ set = { a_failed = true } }] }] }, { if = { not = { a_failed = true } }  then = ["b", )"
      R"({ try = ["c"]  catch = [{ do = [{ set = { c_failed = true } }] }] }, { if = { not = { c_failed = true } }  then = [{ succeed = true }] }] }, "h"])");
}

TEST(States, AHandlerGoesOnBehindWhatFollows) {
  EXPECT_EQ(
      flow_of(machine(task("A", "Catch: [{ ErrorEquals: [Late], Next: H }], Next: B") + task("B", "Next: C") +
                      task("C", "End: true") + task("H", "Next: C"))),
      R"([{ try = ["a"]  catch = [{ errors = ["Late"]  do = ["h", { set = { a_failed = true } }] }] }, { if = { not = { a_failed = true } }  then = ["b"] }, "c"])");
  EXPECT_EQ(flow_of(machine(task("A", "Catch: [{ ErrorEquals: [States.TaskFailed], Next: B }], Next: B") +
                            task("B", "End: true"))),
            R"([{ try = ["a"]  catch = [{ do = [] }] }, "b"])");
}

TEST(States, WhereWaysCrossAStepStandsTwice) {
  EXPECT_EQ(flow_of(machine(" A: { Type: Choice, Choices: [{ Variable: $.x, StringEquals: b, Next: B }, { Variable: $.x, "
                            "StringEquals: c, Next: C }], "
                            "Default: D }," +
                            task("B", "Next: X") + task("C", "Next: Y") +
                            " D: { Type: Choice, Choices: [{ Variable: $.y, BooleanEquals: true, Next: X }], Default: Y }," +
                            task("X", "End: true") + task("Y", "End: true"))),
            R"([{ choose = [{ when = { input = { x = "b" } }  do = ["b", "x", { succeed = true }] }, )"
            R"({ when = { input = { x = "c" } }  do = ["c", "y", { succeed = true }] }] }, )"
            R"({ if = { input = { y = true } }  then = ["x_2", { succeed = true }] }, "y_2"])");
}

TEST(States, BranchesAndItems) {
  const std::string one = "{ StartAt: B, States: {" + task("B", "End: true") + "} }",
                    two = "{ StartAt: C, States: {" + task("C", "End: true") + "} }";
  EXPECT_EQ(flow_of(machine(" A: { Type: Parallel, Branches: [" + one + ", " + two + "], End: true }")),
            R"([{ parallel = [["b"], ["c"]] }])");
  EXPECT_EQ(flow_of(machine(" A: { Type: Parallel, Branches: [" + one +
                            "], Catch: [{ ErrorEquals: [States.ALL], Next: D }], End: true }," + task("D", "End: true"))),
            R"([{ try = ["b"]  catch = [{ do = ["d"] }] }])");
  EXPECT_EQ(
      flow_of(machine(" A: { Type: Map, ItemsPath: $.lines, MaxConcurrency: 4, ItemProcessor: " + one + ", End: true }")),
      R"([{ each = "input.lines"  do = ["b"]  at_once = 4 }])");
  // Its results have a name where somebody asks for them.
  EXPECT_EQ(
      flow_of(machine(" A: { Type: Map, ItemsPath: $.lines, Iterator: " + one + ", Next: C }," + task("C", "End: true"))),
      R"([{ each = "input.lines"  do = ["b"]  into = "a" }, "c"])");
}

TEST(States, WhatAStepIsSent) {
  EXPECT_EQ(sent(machine(task("A", "Next: B") + task("B", "Next: C") + task("C", "ResultPath: $.c, Next: D") +
                         task("D", "End: true"))),
            R"(a: "input"; b: "a"; c: "b"; d: -)");
  EXPECT_EQ(
      sent(machine(
          task("A", "InputPath: $.order, ResultPath: $.paid, Next: B") +
          task("B",
               "Parameters: { id.$: $.order.id, by.$: $.paid.by, kind: now, deep: { a: 1 } }, ResultPath: null, Next: C") +
          task("C", "OutputPath: $.order, InputPath: $.paid, End: true"))),
      R"(a: "input.order"; b: { id = { from = "input.order.id" }  by = { from = "a.by" }  kind = "now"  deep = { a = 1 } }; c: "a")");
  const std::string invoke =
      "Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: !Ref F, Payload.$: $ }";
  EXPECT_EQ(sent("{ StartAt: A, States: { A: { Type: Task, " + invoke +
                 ", ResultSelector: { id.$: $.Payload.id }, Next: B }, B: { Type: Task, " + invoke +
                 ", OutputPath: $.Payload, Next: C }," + task("C", "End: true") + "} }"),
            R"(a: "input"; b: { id = { from = "a.id" } }; c: "b")");
  // Within an iteration: the item, and what the execution was started with.
  EXPECT_EQ(
      sent(machine(task("A", "ResultPath: $.a, Next: M") +
                   " M: { Type: Map, ItemsPath: $.a.lines, ItemSelector: { one.$: $$.Map.Item.Value, who.$: "
                   "$.user, x.$: $$.Execution.Input.x }, ItemProcessor: { StartAt: B, States: {" +
                   task("B", "Next: C") + task("C", "End: true") + "} }, End: true }")),
      R"(a: "input"; b: { one = { from = "item" }  who = { from = "input.user" }  x = { from = "input.x" } }; c: "b")");
}

TEST(States, WhatIsKnownOfBothWays) {
  const std::string choice = " A: { Type: Choice, Choices: [{ Variable: $.x, BooleanEquals: true, Next: B }], Default: C },";
  EXPECT_EQ(sent(machine(choice + task("B", "ResultPath: $.b, Next: C") + task("C", "Parameters: { id.$: $.id }, Next: D") +
                         task("D", "End: true"))),
            R"(b: "input"; c: { id = { from = "input.id" } }; d: "c")");
  EXPECT_EQ(sent(machine(choice + task("B", "Next: C") + task("C", "End: true"))), R"(b: "input"; c: -)");
}

TEST(States, WhatNoFlowSays) {
  EXPECT_EQ(flow_of(machine(task("A", "Next: A"))).substr(0, 34), "(the state `A` leads back to `A`, ");
  EXPECT_EQ(flow_of(machine(task("A", "Next: B"))), "(the state `A` leads to `B`, which is not there)");
  EXPECT_EQ(flow_of("{ StartAt: B, States: {" + task("A", "End: true") + "} }"), "(it has no state to begin with)");
  EXPECT_EQ(flow_of("{ QueryLanguage: JSONata, StartAt: A, States: {" + task("A", "End: true") + "} }"),
            "(its data is said in JSONata, of which a flow knows nothing)");
  EXPECT_EQ(flow_of(machine(" A: { Type: Task, Resource: 'arn:aws:states:::glue:startJobRun', End: true }")),
            "(the state `A` asks `glue:startJobRun`, which no step of a flow does)");
  EXPECT_EQ(flow_of(machine(" A: { Type: Choice, Choices: [{ Variable: $.x, StringEqualsPath: $.y, Next: B }] }," +
                            task("B", "End: true"))),
            "(the state `A` asks with `StringEqualsPath`, for which a flow has no question)");
  EXPECT_EQ(flow_of(machine(" A: { Type: Map, ItemReader: { }, ItemProcessor: { StartAt: B, States: {" +
                            task("B", "End: true") + "} }, End: true }")),
            "(the state `A` goes over more than one execution holds (`ItemReader`))");
  EXPECT_EQ(flow_of(machine(" A: { Type: Wait, SecondsPath: $.s, End: true }")),
            "(the state `A` waits for a time that no flow can name)");
}

TEST(States, AMachineThatRepeatsItselfEndlesslyIsNotFollowed) {
  std::string states;
  for (int i = 0; i < 60; ++i)
    states += fmt::format(" {}: {{ Type: Pass, Parameters: {{ a.$: $, b.$: $ }}, Next: {} }},",
                          i == 0 ? "A" : fmt::format("P{}", i), fmt::format("P{}", i + 1));
  EXPECT_EQ(flow_of(machine(states + task("P60", "End: true"))), R"(["p60"])");
  std::string many;
  for (int i = 0; i < 300; ++i)
    many += task(i == 0 ? "A" : fmt::format("T{}", i), i == 299 ? "End: true" : fmt::format("Next: T{}", i + 1));
  EXPECT_EQ(flow_of(machine(many)), "(it has 300 states side by side, more than the 200 that are looked at)");
}

TEST(States, WaysWithoutEndAreNotFollowed) {
  std::string states;
  for (int i = 0; i < 190; ++i) {
    std::string choices;
    for (int k = 1; k < 10 && i + k < 190; ++k)
      choices += fmt::format("{{ Variable: $.x, NumericEquals: {}, Next: C{} }}, ", k, i + k);
    states +=
        fmt::format(" {}: {{ Type: Choice, Choices: [{} {{ Variable: $.y, BooleanEquals: true, Next: Z }}], Default: Y }},",
                    i == 0 ? "A" : fmt::format("C{}", i), choices);
  }
  EXPECT_EQ(flow_of(machine(states + task("Y", "End: true") + task("Z", "End: true"))),
            "(its ways part and do not come together again)");
}

TEST(States, WhatACopyGivesNobodyMayAskFor) {
  const std::string choice =
      " A: { Type: Choice, Choices: [{ Variable: $.x, StringEquals: b, Next: B }, { Variable: $.x, StringEquals: c, Next: C "
      "}], Default: D },";
  EXPECT_EQ(flow_of(machine(choice + task("B", "Next: X") + task("C", "Next: Y") +
                            " D: { Type: Choice, Choices: [{ Variable: $.y, BooleanEquals: true, Next: X }], Default: Y }," +
                            task("X", "Next: E") + task("E", "End: true") + task("Y", "End: true"))),
            "(ways that do not come together lead to the step `x`, and others ask for what it gave)");
}

TEST(States, OneThatWaitsForACallback) {
  const cloud::Told made =
      told(machine(" A: { Type: Task, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Parameters: { "
                   "QueueUrl: !Ref Q, MessageBody: { t.$: "
                   "$$.Task.Token, id.$: $.id } }, End: true }"));
  ASSERT_EQ(made.edges.size(), 1U);
  const cloud::ToldEdge& edge = made.edges.front();
  EXPECT_EQ(edge.kind, "queue");
  EXPECT_TRUE(edge.hand_over);
  std::string properties;
  for (const auto& [name, value] : edge.properties) properties += name + " = " + to_text(value) + "; ";
  EXPECT_EQ(properties, R"(send = { id = { from = "input.id" } }; callback = true; timeout = 365d; )");
}

}  // namespace
}  // namespace virga::aws::states
