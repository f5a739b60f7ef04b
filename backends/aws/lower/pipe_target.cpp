// Where a pipe hands on to, and what it asks on the way.
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/api_destination.h"
#include "backends/aws/lower/delivery.h"
#include "backends/aws/lower/event_name.h"
#include "backends/aws/lower/pipe.h"

namespace virga::aws {
namespace {

/// Which part of the source's record keeps things of one kind together in a stream.
std::string_view partition_of(const Node& source) {
  if (source.kind == "stream") return "$.partitionKey";
  return source.kind == "table" ? "$.eventID" : "$.messageId";
}

std::optional<PipeEnd> to_messages(Lowering& lowering, const Edge& out) {
  const Node& to = lowering.to(out);
  const bool fifo = lowering.of(to).flag("fifo");
  if (to.kind == "topic" && fifo) {
    lowering.sink
        .report(out.span, codes::Fifo, describe(lowering.architecture, out),
                "a pipe cannot name the group of a message for a topic")
        .help("let it go to a `fifo` queue, or leave `fifo` out at `" + to.name + "`");
    return std::nullopt;
  }
  cloud::Object parameters;
  if (fifo) parameters.set("SqsQueueParameters", cloud::object({{"MessageGroupId", lowering.from(out).name}}));
  const cloud::Value arn = arn_of(lowering, to);
  return PipeEnd{arn, std::move(parameters), {to.kind == "queue" ? "sqs:SendMessage" : "sns:Publish"}, arn};
}

std::optional<PipeEnd> to_address(Lowering& lowering, const Edge& out, cloud::Decision& decision) {
  const std::optional<cloud::Value> destination = api_destination(lowering, out, decision);
  if (!destination) return std::nullopt;
  return PipeEnd{*destination, {}, {"events:InvokeApiDestination"}, *destination};
}

}  // namespace

std::optional<PipeEnd> pipe_target(Lowering& lowering, const Edge& out, const Node& from, bool enriched,
                                   cloud::Decision& decision) {
  const Node& to = lowering.to(out);
  if (to.kind == "queue" || to.kind == "topic") return to_messages(lowering, out);
  if (to.kind == "external") return to_address(lowering, out, decision);
  if (to.kind == "delivery") {
    const cloud::Value arn = delivery_arn(lowering, to);
    return PipeEnd{arn, {}, {"firehose:PutRecord", "firehose:PutRecordBatch"}, arn};
  }
  const cloud::Value arn = arn_of(lowering, to);
  if (to.kind == "function") {
    // It waits for the answer: what fails comes again.
    return PipeEnd{arn,
                   cloud::object({{"LambdaFunctionParameters", cloud::object({{"InvocationType", "REQUEST_RESPONSE"}})}}),
                   {"lambda:InvokeFunction"},
                   arn};
  }
  if (to.kind == "workflow") {
    return PipeEnd{
        arn,
        cloud::object({{"StepFunctionStateMachineParameters", cloud::object({{"InvocationType", "FIRE_AND_FORGET"}})}}),
        {"states:StartExecution"},
        arn};
  }
  if (to.kind == "log") return PipeEnd{arn, {}, {"logs:CreateLogStream", "logs:PutLogEvents"}, arn};
  if (to.kind == "bus") {
    const EventName name = event_name(lowering, out);
    return PipeEnd{arn,
                   cloud::object({{"EventBridgeEventBusParameters",
                                   cloud::object({{"DetailType", name.type}, {"Source", name.source}})}}),
                   {"events:PutEvents"},
                   arn};
  }
  if (enriched) {
    decision.fidelity = std::max(decision.fidelity, catalog::Fidelity::degraded);
    decision.change = "what was answered has no key, so all records go into one shard of `" + to.name + "`";
  }
  return PipeEnd{
      arn,
      cloud::object(
          {{"KinesisStreamParameters",
            cloud::object({{"PartitionKey", enriched ? std::string_view(lowering.from(out).name) : partition_of(from)}})}}),
      {"kinesis:PutRecord", "kinesis:PutRecords"},
      arn};
}

std::optional<PipeEnd> pipe_enrichment(Lowering& lowering, const Edge& enrich, cloud::Decision& decision) {
  const Node& to = lowering.to(enrich);
  if (to.kind == "external") return to_address(lowering, enrich, decision);
  const cloud::Value arn = arn_of(lowering, to);
  if (to.kind == "function") return PipeEnd{arn, {}, {"lambda:InvokeFunction"}, arn};
  if (lowering.of(to).flag("express")) return PipeEnd{arn, {}, {"states:StartSyncExecution"}, arn};
  lowering.sink.report(enrich.span, codes::WorkflowWaits, to.name).help("say `express = true` at `" + to.name + "`");
  return std::nullopt;
}

}  // namespace virga::aws
