// shop ~> orders                             a permission to start an execution, and the state machine's ARN
// events ~> orders { where = … }             AWS::Events::Rule   OrdersFromEvents           and the role that starts it
// uploads.created ~> orders { prefix = … }   AWS::Events::Rule   OrdersFromUploadsCreated   of the default bus, which S3
// tells late ~> orders                             AWS::Events::Rule   OrdersFromLate             of the default bus, which
// CloudWatch tells
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/event_rule.h"
#include "backends/aws/lower/workflow.h"

namespace virga::aws {
namespace {

/// What a rule is told to start, and the role with which it does.
cloud::Object execution(Lowering& lowering, const Edge& edge) {
  const cloud::Value arn = arn_of(lowering, lowering.to(edge));
  RoleDraft& role = lowering.role(lowering.from(edge), "events.amazonaws.com");
  lowering.grant(role, edge, {"states:StartExecution"}, arn);
  return cloud::object({{"Arn", arn}, {"RoleArn", cloud::GetAtt{role.id, "Arn"}}});
}

cloud::Value escaped(cloud::Value text) {
  const std::string* known = text.get<std::string>();
  if (known == nullptr) return text;
  std::string out;
  for (const char c : *known) out += (c == '*' || c == '\\' ? std::string("\\") : std::string()) + c;
  return out;
}

/// Several tests of one field are alternatives, so a beginning and an end are one test together.
std::optional<cloud::Value> key_test(Lowering& lowering, const Attributes& asked) {
  const bool prefix = asked.has("prefix"), suffix = asked.has("suffix");
  if (!prefix && !suffix) return std::nullopt;
  if (prefix && suffix) {
    return cloud::object({{"wildcard", cloud::concat({escaped(lowering.value(*asked.find("prefix"))), "*",
                                                      escaped(lowering.value(*asked.find("suffix")))})}});
  }
  const char* word = prefix ? "prefix" : "suffix";
  return cloud::object({{word, lowering.value(*asked.find(word))}});
}

}  // namespace

void start_workflow(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  const bool waits = edge.delivery == Delivery::call;
  if (waits && !lowering.of(to).flag("express")) {
    lowering.sink.report(edge.span, codes::WorkflowWaits, to.name)
        .help("hand over to it with `~>`, or say `express = true` at `" + to.name + "` if it ends within " +
              to_text(Quantity{static_cast<std::int64_t>(limit("sfn.express.duration.max") * amount(Unit::seconds)),
                               Dimension::duration}));
    return;
  }
  lowering.grant(lowering.function_role(lowering.from(edge)), edge,
                 {waits ? "states:StartSyncExecution" : "states:StartExecution"}, arn_of(lowering, to));
  lowering.tell(lowering.from(edge), to, "WORKFLOW_ARN", arn_of(lowering, to));
}

void call_back(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  lowering.grant(lowering.function_role(lowering.from(edge)), edge,
                 {"states:SendTaskFailure", "states:SendTaskHeartbeat", "states:SendTaskSuccess"}, arn_of(lowering, to));
  lowering.tell(lowering.from(edge), to, "WORKFLOW_ARN", arn_of(lowering, to));
}

void rule_to_workflow(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  add_rule(lowering, edge, lowering.to(edge), execution(lowering, edge));
}

void object_to_workflow(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  const Node& bucket = lowering.from(edge);
  cloud::Object& properties = lowering.find(lowering.id(bucket))->properties;
  if (properties.find("NotificationConfiguration") == nullptr) properties.set("NotificationConfiguration", cloud::Object{});
  properties.find("NotificationConfiguration")
      ->get<cloud::Object>()
      ->set("EventBridgeConfiguration", cloud::object({{"EventBridgeEnabled", true}}));

  const bool created = edge.from.name == "created";
  cloud::Object detail = cloud::object({{"bucket", cloud::object({{"name", cloud::Values{name_of(lowering, bucket)}}})}});
  if (auto test = key_test(lowering, lowering.of(edge)))
    detail.set("object", cloud::object({{"key", cloud::Values{std::move(*test)}}}));
  cloud::Object pattern = cloud::object({{"source", cloud::Values{"aws.s3"}}});
  pattern.set("detail-type", cloud::Values{created ? "Object Created" : "Object Deleted"});
  pattern.set("detail", std::move(detail));
  add_rule_of_cloud(lowering, edge, lowering.to(edge), std::move(pattern), execution(lowering, edge));
}

void alarm_to_workflow(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  cloud::Object pattern = cloud::object({{"source", cloud::Values{"aws.cloudwatch"}}});
  pattern.set("detail-type", cloud::Values{"CloudWatch Alarm State Change"});
  pattern.set("resources", cloud::Values{arn_of(lowering, lowering.from(edge))});
  pattern.set("detail", cloud::object({{"state", cloud::object({{"value", cloud::Values{"ALARM"}}})}}));
  add_rule_of_cloud(lowering, edge, lowering.to(edge), std::move(pattern), execution(lowering, edge));
}

}  // namespace virga::aws
