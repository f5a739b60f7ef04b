// stream clicks { shards = 2 }                      → AWS::Kinesis::Stream               Clicks
// clicks ~> count { batch = 500 }                   → AWS::Lambda::EventSourceMapping    CountFromClicks
// ledger.changes ~> audit                           → AWS::Lambda::EventSourceMapping    AuditFromLedger
// clicks.dead ~> lost, ledger.dead ~> lost          → where each mapping tells of records that it gave up on
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/json.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"
#include "compiler/cloud/raw.h"

namespace virga::aws {
namespace {

constexpr std::string_view kMapping = "AWS::Lambda::EventSourceMapping";

/// Of a stream or a table.
const Edge* dead_edge(const Lowering& lowering, const Node& source) {
  const std::vector<const Edge*> edges = lowering.architecture.edges_from(source.id, "dead");
  return edges.empty() ? nullptr : edges.front();
}

/// The record of a batch that was given up on goes to a queue or a topic; the reader's role sends it.
void set_dead_letters(Lowering& lowering, const Edge& edge, cloud::Object& properties) {
  const Edge* dead = dead_edge(lowering, lowering.from(edge));
  if (dead == nullptr) return;
  const Node& to = lowering.to(*dead);
  lowering.grant(lowering.function_role(lowering.to(edge)), *dead, {to.kind == "queue" ? "sqs:SendMessage" : "sns:Publish"},
                 arn_of(lowering, to));
  properties.set("DestinationConfig",
                 cloud::object({{"OnFailure", cloud::object({{"Destination", arn_of(lowering, to)}})}}));
}

/// A mapping of what comes in order, of a stream or of a table's changes. `form`: what a filter finds the record under.
void map_records(Lowering& lowering, const Edge& edge, cloud::Value source, std::string_view form) {
  const Node& function = lowering.to(edge);
  const Attributes& asked = lowering.of(edge);
  // Left out: until the source forgets the record.
  const auto or_endless = [&](const char* name, auto convert) {
    return asked.has(name) ? convert(*asked.find(name)) : cloud::Value(-1);
  };
  cloud::Object properties;
  properties.set("EventSourceArn", std::move(source));
  properties.set("FunctionName", has_versions(lowering, function) ? cloud::Value(cloud::Ref{lowering.id(function, "Alias")})
                                                                  : cloud::Value(cloud::Ref{lowering.id(function)}));
  // A point in time is said in the engine's words, in place of what nobody chose.
  const Map* raw = cloud::said_of(asked, cloud::kRawProperties, kMapping);
  const bool elsewhere = raw != nullptr && raw->find("StartingPosition") != nullptr;
  if (!elsewhere || asked.entry("from")->origin != Origin::fallback)
    properties.set("StartingPosition", asked.text("from") == "oldest" ? "TRIM_HORIZON" : "LATEST");
  properties.set("BatchSize", lowering.value(*asked.find("batch")));
  properties.set("MaximumBatchingWindowInSeconds",
                 lowering.quantity(*asked.find("window"), Unit::seconds, lowering.where(edge, "window")));
  properties.set("ParallelizationFactor", lowering.value(*asked.find("parallel")));
  properties.set("MaximumRetryAttempts", or_endless("retries", [&](const Value& v) { return lowering.value(v); }));
  properties.set("MaximumRecordAgeInSeconds", or_endless("max_age", [&](const Value& v) {
                   return lowering.quantity(v, Unit::seconds, lowering.where(edge, "max_age"));
                 }));
  properties.set("BisectBatchOnFunctionError", asked.flag("halve"));
  if (asked.flag("partial")) properties.set("FunctionResponseTypes", cloud::Values{"ReportBatchItemFailures"});
  if (asked.has("where")) {
    properties.set(
        "FilterCriteria",
        cloud::object(
            {{"Filters", cloud::Values{cloud::object({{"Pattern", filter_text(lowering, *asked.find("where"), form)}})}}}));
  }
  set_dead_letters(lowering, edge, properties);
  properties.set("Enabled", true);
  lowering.add(function, edge, lowering.id(function, "From" + lowering.id(lowering.from(edge))), std::string(kMapping),
               std::move(properties));
}

}  // namespace

void lower_stream(Lowering& lowering, const Node& node, cloud::Decision&) {
  const Attributes& asked = lowering.of(node);
  const std::string id = lowering.id(node);
  cloud::Object properties = cloud::object({{"Name", spelt_name(lowering, node)}});
  properties.set("StreamModeDetails", cloud::object({{"StreamMode", asked.has("shards") ? "PROVISIONED" : "ON_DEMAND"}}));
  if (asked.has("shards")) properties.set("ShardCount", lowering.value(*asked.find("shards")));
  properties.set("RetentionPeriodHours", lowering.quantity(node, "retention", Unit::hours));
  // The key of the service itself, which costs nothing and which all that may read the stream may use.
  cloud::Object encryption = cloud::object({{"EncryptionType", "KMS"}, {"KeyId", "alias/aws/kinesis"}});
  (void)encrypt(lowering, node, encryption, "KeyId");
  properties.set("StreamEncryption", std::move(encryption));
  properties.set("Tags", lowering.tags(node));
  lowering.add(node, id, "AWS::Kinesis::Stream", std::move(properties));
  lowering.known_by_name(id, "", spelt_name(lowering, node));
  lowering.known_by_name(id, "Arn", spelt_arn(lowering, node));
}

void access_stream(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  lowering.grant(lowering.function_role(lowering.from(edge)), edge, {"kinesis:PutRecord", "kinesis:PutRecords"},
                 arn_of(lowering, to));
  lowering.tell(lowering.from(edge), to, "STREAM_NAME", name_of(lowering, to));
}

void read_stream(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const cloud::Value stream = arn_of(lowering, lowering.from(edge));
  map_records(lowering, edge, stream, "data");
  RoleDraft& role = lowering.function_role(lowering.to(edge));
  lowering.grant(role, edge,
                 {"kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords",
                  "kinesis:GetShardIterator", "kinesis:ListShards"},
                 stream);
  lowering.grant(role, edge, {"kinesis:ListStreams"}, "*");
}

void deliver_changes(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const cloud::Value stream = cloud::GetAtt{lowering.id(lowering.from(edge)), "StreamArn"};
  map_records(lowering, edge, stream, "");
  RoleDraft& role = lowering.function_role(lowering.to(edge));
  lowering.grant(role, edge, {"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"}, stream);
  lowering.grant(role, edge, {"dynamodb:ListStreams"}, "*");
}

/// Each mapping reads this edge for itself; here stands what may be wrong with it.
void give_up_records(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& source = lowering.from(edge);
  decision.change = "it gets a record that says which part of the stream was given up on, not the records themselves";
  if (dead_edge(lowering, source) != &edge) {
    lowering.sink.report(edge.span, codes::DestinationCount, source.name, "several")
        .help("let the dead letters go to one queue, or to a topic");
  }
  if (!lowering.of(lowering.to(edge)).flag("fifo")) return;
  lowering.sink
      .report(edge.span, codes::Fifo, describe(lowering.architecture, edge),
              "AWS Lambda sends outcomes to standard queues and topics only")
      .source(catalog::cite(catalog().fact("lambda.async.destination.on_failure.types")))
      .help("leave `fifo` out at `" + lowering.to(edge).name + "`");
}

}  // namespace virga::aws
