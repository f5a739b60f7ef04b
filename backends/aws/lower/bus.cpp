// bus events { }                               → AWS::Events::EventBus   Events
// events ~> ship { where = { type = "paid" } } → AWS::Events::Rule       ShipFromEvents   a rule with one target
// events.dead ~> lost                          → the dead-letter queue of each rule
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/event_name.h"
#include "backends/aws/lower/event_rule.h"
#include "backends/aws/lower/intake.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"

namespace virga::aws {
void lower_default_bus(Lowering& lowering, const Node& node, cloud::Decision&) {
  report_key(lowering, node, "the account's own bus is there already", "leave `key` or `default` out");
}

void lower_event_bus(Lowering& lowering, const Node& node, cloud::Decision&) {
  const Attributes& asked = lowering.of(node);
  const std::string id = lowering.id(node);
  cloud::Object properties = cloud::object({{"Name", spelt_name(lowering, node)}});
  if (asked.has("description")) properties.set("Description", lowering.value(*asked.find("description")));
  if (encrypt(lowering, node, properties, "KmsKeyIdentifier")) {
    const cloud::Object of_this_bus =
        cloud::object({{"kms:EncryptionContext:aws:events:event-bus:arn", spelt_arn(lowering, node)}});
    let_service_use_key(lowering, node, "events.amazonaws.com", {"kms:DescribeKey"});
    let_service_use_key(lowering, node, "events.amazonaws.com", {"kms:Decrypt", "kms:GenerateDataKey"},
                        cloud::object({{"StringEquals", of_this_bus}}));
  }
  properties.set("Tags", lowering.tags(node));
  lowering.add(node, id, "AWS::Events::EventBus", std::move(properties));
  lowering.known_by_name(id, "", spelt_name(lowering, node));
  lowering.known_by_name(id, "Arn", spelt_arn(lowering, node));
}

void access_bus(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  refuse_event_name(lowering, edge, "the code of `" + lowering.from(edge).name + "` says it of each event");
  lowering.grant(lowering.function_role(lowering.from(edge)), edge, {"events:PutEvents"}, arn_of(lowering, to));
  lowering.tell(lowering.from(edge), to, "BUS_NAME", name_of(lowering, to));
}

void rule_to_function(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  if (!same_region(lowering, edge)) return;
  const Node& function = lowering.to(edge);
  Intake* intake = lowering.intake(edge);
  if (intake == nullptr) return;
  realise_intake(lowering, *intake);
  explain_intake(lowering, *intake, decision);
  if (intake->way == Intake::Way::queue) {
    const std::string rule = add_rule(lowering, edge, function, cloud::object({{"Arn", intake_arn(lowering, *intake)}}));
    lowering.admit(function, intake_queue(lowering, *intake), true, "events.amazonaws.com", cloud::GetAtt{rule, "Arn"});
    return;
  }
  const std::string rule = add_rule(lowering, edge, function, cloud::object({{"Arn", arn_of(lowering, function)}}));
  lowering.admit_caller(function, edge, rule_suffix(lowering, edge) + "Permission", "events.amazonaws.com",
                        cloud::GetAtt{rule, "Arn"}, false);
}

void rule_to_queue(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  const Node& queue = lowering.to(edge);
  cloud::Object target = cloud::object({{"Arn", arn_of(lowering, queue)}});
  // The events of one bus come in one order, as far as the bus has one.
  if (lowering.of(queue).flag("fifo"))
    target.set("SqsParameters", cloud::object({{"MessageGroupId", lowering.from(edge).name}}));
  const std::string rule = add_rule(lowering, edge, queue, std::move(target));
  lowering.admit(queue, lowering.id(queue), true, "events.amazonaws.com", cloud::GetAtt{rule, "Arn"});
}

void rule_to_topic(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  const Node& topic = lowering.to(edge);
  if (lowering.of(topic).flag("fifo")) {
    lowering.sink
        .report(edge.span, codes::Fifo, describe(lowering.architecture, edge), "a rule cannot name the group of a message")
        .help("let the rule go to a `fifo` queue, or leave `fifo` out at `" + topic.name + "`");
    return;
  }
  const std::string rule = add_rule(lowering, edge, topic, cloud::object({{"Arn", arn_of(lowering, topic)}}));
  lowering.admit(topic, lowering.id(topic), false, "events.amazonaws.com", cloud::GetAtt{rule, "Arn"});
}

void rule_to_bus(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  refuse_event_name(lowering, edge, "each event keeps what it was told with");
  RoleDraft& role = lowering.role(lowering.from(edge), "events.amazonaws.com");
  lowering.grant(role, edge, {"events:PutEvents"}, arn_of(lowering, to));
  add_rule(lowering, edge, to, cloud::object({{"Arn", arn_of(lowering, to)}, {"RoleArn", cloud::GetAtt{role.id, "Arn"}}}));
}

void rule_to_stream(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  const Node& stream = lowering.to(edge);
  RoleDraft& role = lowering.role(lowering.from(edge), "events.amazonaws.com");
  lowering.grant(role, edge, {"kinesis:PutRecord", "kinesis:PutRecords"}, arn_of(lowering, stream));
  // Left to itself, EventBridge spreads events over the shards by their id.
  add_rule(lowering, edge, stream,
           cloud::object({{"Arn", arn_of(lowering, stream)}, {"RoleArn", cloud::GetAtt{role.id, "Arn"}}}));
}

/// Each rule reads this edge for itself; here stands what may be wrong with it.
void undelivered(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  const Node& bus = lowering.from(edge);
  if (dead_letters_of(lowering, bus) != &edge) {
    lowering.sink.report(edge.span, codes::DestinationCount, bus.name, "several")
        .help("let the dead letters go to one queue");
  }
  if (!lowering.of(lowering.to(edge)).flag("fifo")) return;
  lowering.sink
      .report(edge.span, codes::Fifo, describe(lowering.architecture, edge),
              "a rule puts what nobody took into a standard queue")
      .help("leave `fifo` out at `" + lowering.to(edge).name + "`");
}

}  // namespace virga::aws
