// workflow orders { flow = ["reserve", "pay"]  step "reserve" -> stock  step "pay" -> bank { callback = true  timeout = 1d }
// }
//   → AWS::StepFunctions::StateMachine   Orders       the flow as states
//     AWS::IAM::Role                     OrdersRole   one statement for each step
//     AWS::Logs::LogGroup                OrdersLogs   with `log_level`
//
// SAM's own type for state machines adds a tag that CloudFormation's has not, so it would not say the same.
#include "backends/aws/lower/workflow.h"

#include "backends/aws/lower/address.h"
#include "backends/aws/lower/build.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/intake.h"
#include "backends/aws/lower/kinds.h"

namespace virga::aws {
namespace {

constexpr std::string_view kService = "states.amazonaws.com";

bool express(const Lowering& lowering, const Node& workflow) { return lowering.of(workflow).flag("express"); }

/// What an express state machine has not: to wait for anything but the answer of a call.
void check_express(Lowering& lowering, const Node& node) {
  if (!express(lowering, node)) return;
  const auto refuse = [&](const Edge& step, const std::string& what) {
    lowering.sink.report(step.span, codes::WorkflowExpress, node.name, what)
        .source(catalog::cite(catalog().fact("sfn.express.forbidden_patterns")))
        .help("leave `express` out at `" + node.name + "`");
  };
  for (const Edge* step : lowering.architecture.edges_from(node.id, "step")) {
    const Node& to = lowering.to(*step);
    if (lowering.of(*step).flag("callback")) refuse(*step, "a callback");
    else if (to.kind == "workflow" && step->delivery == Delivery::call && !express(lowering, to))
      refuse(*step, "the end of another workflow");
  }
}

void check_at_once(Lowering& lowering, const workflow::Sequence& sequence) {
  const catalog::Fact& most = catalog().fact("sfn.map.inline.concurrency.max");
  for (const workflow::Item& item : sequence) {
    if (item.at_once && static_cast<double>(*item.at_once) > most.value) {
      lowering.sink
          .report(item.span, codes::WorkflowAtOnce, to_text(static_cast<double>(*item.at_once)), to_text(most.value))
          .source(catalog::cite(most))
          .help("say less; or let a step put the items into a queue that a function works on");
    }
    for (const workflow::Branch& branch : item.branches) check_at_once(lowering, branch.body);
    check_at_once(lowering, item.otherwise);
    for (const workflow::Sequence& strand : item.strands) check_at_once(lowering, strand);
    check_at_once(lowering, item.body);
    for (const workflow::Handler& handler : item.handlers) check_at_once(lowering, handler.body);
  }
}

/// `getItem` → `GetItem`
std::string permission_of(std::string action) {
  action[0] = static_cast<char>(action[0] - 'a' + 'A');
  return action;
}

}  // namespace

StepTarget target_of(Lowering& lowering, const Edge& step) {
  const Node& to = lowering.to(step);
  const bool call = step.delivery == Delivery::call;
  const cloud::Value arn = arn_of(lowering, to);
  if (to.kind == "function") {
    const Intake* intake = call ? nullptr : lowering.intake(step);
    if (intake != nullptr && intake->way == Intake::Way::state_machine) {
      const cloud::Value machine = intake_arn(lowering, *intake);
      return {"states:startExecution",
              cloud::object({{"StateMachineArn", machine}}),
              "Input",
              {"states:StartExecution"},
              machine};
    }
    if (intake != nullptr && intake->way == Intake::Way::queue) {
      return {"sqs:sendMessage",
              cloud::object({{"QueueUrl", intake_queue_url(lowering, *intake)}}),
              "MessageBody",
              {"sqs:SendMessage"},
              intake_arn(lowering, *intake)};
    }
    cloud::Object parameters = cloud::object({{"FunctionName", arn}});
    if (!call) parameters.set("InvocationType", "Event");
    return {"lambda:invoke", std::move(parameters), "Payload", {"lambda:InvokeFunction"}, arn};
  }
  if (to.kind == "workflow") {
    cloud::Object parameters = cloud::object({{"StateMachineArn", arn}});
    if (!call || lowering.of(step).flag("callback"))
      return {"states:startExecution", std::move(parameters), "Input", {"states:StartExecution"}, arn};
    if (express(lowering, to)) {
      return {"aws-sdk:sfn:startSyncExecution", std::move(parameters), "Input", {"states:StartSyncExecution"}, arn};
    }
    return {"states:startExecution.sync:2", std::move(parameters), "Input", {"states:StartExecution"}, arn};
  }
  cloud::Object parameters;
  if (to.kind == "table") {
    const std::string action = row_action(lowering, step);
    return {"dynamodb:" + action, {}, "", {"dynamodb:" + permission_of(action)}, arn};
  }
  if (to.kind == "config") {
    StepTarget target{
        "aws-sdk:ssm:getParameter", cloud::object({{"Name", name_of(lowering, to)}}), "", {"ssm:GetParameter"}, arn};
    target.selected = cloud::object({{"value.$", "$.Parameter.Value"}});
    return target;
  }
  if (to.kind == "bus") {
    parameters.set("EventBusName", name_of(lowering, to));
    parameters.set("Source", lowering.architecture.app.name);
    parameters.set("DetailType", step.from.argument);
    StepTarget target{"events:putEvents", std::move(parameters), "Detail", {"events:PutEvents"}, arn};
    target.wrapped_in = "Entries";
    return target;
  }
  const bool queue = to.kind == "queue";
  if (queue) parameters.set("QueueUrl", queue_url(lowering, to));
  else parameters.set("TopicArn", arn);
  // Messages of one execution stay in order.
  if (lowering.of(to).flag("fifo")) parameters.set("MessageGroupId.$", "$$.Execution.Name");
  return {queue ? "sqs:sendMessage" : "sns:publish",
          std::move(parameters),
          queue ? "MessageBody" : "Message",
          {queue ? "sqs:SendMessage" : "sns:Publish"},
          arn};
}

namespace {

/// A log is delivered by CloudWatch Logs itself, which writes who may write to a log group into one policy of the account.
/// That policy may only grow so long; under this beginning of the name it holds one entry for all of them.
void write_log(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  const std::string name = std::string(catalog().fact("logs.vended.prefix").text) + "states/" +
                           lowering.name("AWS::StepFunctions::StateMachine", "StateMachineName", node);
  const std::string group =
      add_log_group(lowering, node, "Logs", name, retention_days(lowering, node, "log_retention", decision)).id;
  std::string level = asked.text("log_level");
  for (char& c : level) c = static_cast<char>(c - 'a' + 'A');
  cloud::Object destination =
      cloud::object({{"CloudWatchLogsLogGroup", cloud::object({{"LogGroupArn", cloud::GetAtt{group, "Arn"}}})}});
  lowering.find(lowering.id(node))
      ->properties.set("LoggingConfiguration", cloud::object({{"Destinations", cloud::Values{std::move(destination)}},
                                                              {"IncludeExecutionData", asked.flag("log_data")},
                                                              {"Level", level}}));
  // None of these can be allowed on one log group alone.
  const std::span<const std::string_view> actions = catalog().fact("sfn.log.actions").members;
  lowering.allow(lowering.role(node, kService), {{actions.begin(), actions.end()}, {"*"}, {}});
}

}  // namespace

void lower_workflow(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  const std::optional<workflow::Sequence> flow =
      workflow::read_flow(lowering.architecture, node, catalog().cloud, lowering.sink);
  if (!flow) return;
  check_express(lowering, node);
  check_at_once(lowering, *flow);
  const std::string id = lowering.id(node);
  RoleDraft& role = lowering.role(node, kService);
  cloud::Object properties;
  properties.set("StateMachineName", spelt_name(lowering, node));
  properties.set("StateMachineType", express(lowering, node) ? "EXPRESS" : "STANDARD");
  properties.set("Definition", definition_of(lowering, node, workflow::make_machine(*flow)));
  properties.set("RoleArn", cloud::GetAtt{role.id, "Arn"});
  properties.set("TracingConfiguration", cloud::object({{"Enabled", asked.flag("trace")}}));
  properties.set("Tags", lowering.tags(node));
  lowering.add(node, id, "AWS::StepFunctions::StateMachine", std::move(properties));
  lowering.known_by_name(id, "", spelt_arn(lowering, node));
  lowering.known_by_name(id, "Arn", spelt_arn(lowering, node));
  lowering.known_by_name(id, "Name", spelt_name(lowering, node));
  if (asked.flag("trace")) {
    lowering.allow(
        role, {{"xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"},
               {"*"},
               {}});
  }
  if (express(lowering, node)) decision.change = "a step may run twice";
  if (asked.text("log_level") != "off") write_log(lowering, node, decision);
}

void run_step(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  if (!same_region(lowering, edge)) return;
  const Node& workflow = lowering.from(edge);
  const Node& to = lowering.to(edge);
  if (Intake* intake = lowering.intake(edge)) {
    realise_intake(lowering, *intake);
    explain_intake(lowering, *intake, decision);
    decision.change.clear();  // the state knows the address itself
  }
  RoleDraft& role = lowering.role(workflow, kService);
  const StepTarget target = target_of(lowering, edge);
  lowering.grant(role, edge, target.actions, target.arn);
  if (target.resource != "states:startExecution.sync:2") return;
  // To wait for another execution is to ask for it, to stop it with one's own, and to hear of its end.
  const cloud::Value executions = Lowering::arn("states", cloud::Pseudo::region, cloud::Pseudo::account,
                                                cloud::concat({"execution:", spelt_name(lowering, to), ":*"}));
  lowering.grant(role, edge, {"states:DescribeExecution", "states:StopExecution"}, executions);
  const cloud::Value rule = Lowering::arn("events", cloud::Pseudo::region, cloud::Pseudo::account,
                                          "rule/" + std::string(catalog().fact("sfn.sync.rule").text));
  lowering.grant(role, edge, {"events:DescribeRule", "events:PutRule", "events:PutTargets"}, rule);
}

}  // namespace virga::aws
