// delivery archive { prefix = "clicks/" }    till ~> archive    archive -> clean    archive ~> lake.write
//   → AWS::KinesisFirehose::DeliveryStream   Archive             what is put into it
//     AWS::IAM::Role                         ArchiveRole         writes into the bucket, asks the function, writes its log
//     AWS::Logs::LogGroup, ::LogStream       ArchiveLogs, ArchiveLogStream   what could not be delivered, and why
// clicks ~> archive (a stream), audit ~> archive (a log)
//   → AWS::KinesisFirehose::DeliveryStream   ArchiveFromClicks   such a source wants a delivery stream of its own
// on aws { raw = { "AWS::KinesisFirehose::DeliveryStream" = { HttpEndpointDestinationConfiguration = { … } } } }
//   → records go where `raw` says, and the bucket gets what could not be delivered there
#include "backends/aws/lower/delivery.h"

#include "backends/aws/lower/address.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/event_rule.h"
#include "backends/aws/lower/json.h"
#include "backends/aws/lower/kinds.h"
#include "compiler/cloud/raw.h"

namespace virga::aws {
namespace {

constexpr std::string_view kService = "firehose.amazonaws.com";
constexpr std::string_view kType = "AWS::KinesisFirehose::DeliveryStream";

RoleDraft& writer(Lowering& lowering, const Node& delivery) { return lowering.role(delivery, kService); }

/// A source that the delivery stream reads, or that speaks a form of its own.
bool wants_its_own(const Node& source) { return source.kind == "stream" || source.kind == "log"; }

const Edge* only(const Lowering& lowering, const Node& delivery, Delivery way) {
  for (const Edge* edge : lowering.architecture.edges_from(delivery.id, "self"))
    if (edge->delivery == way) return edge;
  return nullptr;
}

/// One bucket, and one function at most.
bool ends_are_right(Lowering& lowering, const Node& delivery) {
  std::size_t buckets = 0, functions = 0;
  const std::size_t before = lowering.sink.errors();
  for (const Edge* edge : lowering.architecture.edges_from(delivery.id, "self")) {
    const bool bucket = edge->delivery == Delivery::hand_over;
    if (++(bucket ? buckets : functions) == 1) continue;
    lowering.sink
        .report(edge->span, codes::DeliveryEnds, delivery.name, bucket ? "two buckets" : "two functions that change records")
        .help(bucket ? "let a second `delivery` write into the other one" : "let one function do both");
  }
  if (buckets == 0) {
    lowering.sink.report(delivery.span, codes::DeliveryEnds, delivery.name, "no bucket")
        .help("draw an edge to one: `" + delivery.name + " ~> pages.write`");
  }
  return lowering.sink.errors() == before;
}

std::string folders(const std::string& by) {
  if (by == "year") return "yyyy";
  if (by == "month") return "yyyy/MM";
  return by == "day" ? "yyyy/MM/dd" : "yyyy/MM/dd/HH";
}

std::string_view compression(const std::string& word) {
  if (word == "none") return "UNCOMPRESSED";
  return word == "gzip" ? "GZIP" : "Snappy";
}

cloud::Object processor(std::string_view type, std::initializer_list<std::pair<std::string_view, cloud::Value>> parameters) {
  cloud::Values list;
  for (const auto& [name, value] : parameters)
    list.emplace_back(cloud::object({{"ParameterName", name}, {"ParameterValue", value}}));
  cloud::Object made = cloud::object({{"Type", type}});
  if (!list.empty()) made.set("Parameters", std::move(list));
  return made;
}

/// Where records go that do not go into the bucket, as `raw` names it; empty when it names nothing.
std::string elsewhere(const Lowering& lowering, const Node& delivery) {
  const Map* properties = cloud::said_of(lowering.of(delivery), cloud::kRawAttribute, kType);
  for (const MapEntry& entry : properties == nullptr ? std::vector<MapEntry>{} : properties->entries)
    if (entry.key.ends_with("DestinationConfiguration") && entry.key.find("S3Destination") == std::string::npos)
      return entry.key;
  return {};
}

/// In the order in which Firehose goes through them: what a log sends is opened, a function changes it, a line ends it.
cloud::Values processors(Lowering& lowering, const Node& delivery, const Node* source) {
  cloud::Values all;
  if (source != nullptr && source->kind == "log") {
    all.emplace_back(processor("Decompression", {{"CompressionFormat", "GZIP"}}));
    all.emplace_back(processor("CloudWatchLogProcessing", {{"DataMessageExtraction", "true"}}));
  }
  if (const Edge* edge = only(lowering, delivery, Delivery::call)) {
    const Node& function = lowering.to(*edge);
    const cloud::Value arn = has_versions(lowering, function) ? arn_of(lowering, function)
                                                              : cloud::concat({arn_of(lowering, function), ":$LATEST"});
    all.emplace_back(processor("Lambda", {{"LambdaArn", arn}}));
  }
  if (lowering.of(delivery).flag("lines", true) && elsewhere(lowering, delivery).empty())
    all.emplace_back(processor("AppendDelimiterToRecord", {{"Delimiter", "\\n"}}));
  return all;
}

cloud::Object objects(Lowering& lowering, const Node& delivery, const Node& bucket) {
  const Attributes& asked = lowering.of(delivery);
  const std::string by = folders(asked.text("folders"));
  cloud::Object made = cloud::object(
      {{"BucketARN", arn_of(lowering, bucket)}, {"RoleARN", cloud::GetAtt{writer(lowering, delivery).id, "Arn"}}});
  made.set("Prefix", cloud::concat({lowering.value(*asked.find("prefix")), "!{timestamp:" + by + "}/"}));
  made.set("ErrorOutputPrefix",
           cloud::concat({lowering.value(*asked.find("errors")), "!{firehose:error-output-type}/!{timestamp:" + by + "}/"}));
  made.set("CompressionFormat", compression(asked.text("compress")));
  made.set("BufferingHints", cloud::object({{"SizeInMBs", lowering.quantity(delivery, "buffer", Unit::megabytes)},
                                            {"IntervalInSeconds", lowering.quantity(delivery, "interval", Unit::seconds)}}));
  return made;
}

/// What happens to records on the way, and what is written down of it.
void set_work(Lowering& lowering, const Node& delivery, const Node* source, cloud::Object& destination) {
  cloud::Values steps = processors(lowering, delivery, source);
  destination.set("ProcessingConfiguration", steps.empty()
                                                 ? cloud::object({{"Enabled", false}})
                                                 : cloud::object({{"Enabled", true}, {"Processors", std::move(steps)}}));
  destination.set("CloudWatchLoggingOptions",
                  cloud::object({{"Enabled", true},
                                 {"LogGroupName", cloud::Ref{lowering.id(delivery, "Logs")}},
                                 {"LogStreamName", cloud::Ref{lowering.id(delivery, "LogStream")}}}));
}

/// Every destination has a bucket for what it did not take.
void set_destination(Lowering& lowering, const Node& delivery, const Node& bucket, const Node* source,
                     cloud::Object& stream) {
  const std::string other = elsewhere(lowering, delivery);
  cloud::Object made = objects(lowering, delivery, bucket);
  if (!other.empty()) {
    cloud::Object kept = cloud::object({{"S3Configuration", std::move(made)}});
    // Splunk alone is called with a token of its own and no role.
    if (!other.starts_with("Splunk")) kept.set("RoleARN", cloud::GetAtt{writer(lowering, delivery).id, "Arn"});
    made = std::move(kept);
  }
  set_work(lowering, delivery, source, made);
  stream.set(other.empty() ? "ExtendedS3DestinationConfiguration" : other, std::move(made));
}

/// `source`: the stream or log that has this one for itself; null for the one into which others put.
void add_stream(Lowering& lowering, const Node& delivery, const Node* source) {
  const Edge* out = only(lowering, delivery, Delivery::hand_over);
  const std::string id = lowering.id(delivery, source == nullptr ? "" : "From" + lowering.id(*source));
  cloud::Object properties =
      cloud::object({{"DeliveryStreamName",
                      lowering.name(kType, "DeliveryStreamName", delivery, source == nullptr ? "" : source->identity())}});
  const bool reads = source != nullptr && source->kind == "stream";
  properties.set("DeliveryStreamType", reads ? "KinesisStreamAsSource" : "DirectPut");
  if (reads) {
    properties.set("KinesisStreamSourceConfiguration",
                   cloud::object({{"KinesisStreamARN", arn_of(lowering, *source)},
                                  {"RoleARN", cloud::GetAtt{writer(lowering, delivery).id, "Arn"}}}));
  } else {
    properties.set("DeliveryStreamEncryptionConfigurationInput", cloud::object({{"KeyType", "AWS_OWNED_CMK"}}));
  }
  set_destination(lowering, delivery, lowering.to(*out), source, properties);
  properties.set("Tags", lowering.tags(delivery));
  lowering.add(delivery, id, std::string(kType), std::move(properties));
}

const std::vector<std::string> kPut = {"firehose:PutRecord", "firehose:PutRecordBatch"};

}  // namespace

bool takes_puts(const Lowering& lowering, const Node& delivery) {
  const std::vector<const Edge*> in = lowering.architecture.edges_to(delivery.id, "self");
  return in.empty() || std::any_of(in.begin(), in.end(), [&](const Edge* e) { return !wants_its_own(lowering.from(*e)); });
}

cloud::Value delivery_arn(Lowering& lowering, const Node& delivery) {
  if (lowering.stands(delivery)) return cloud::GetAtt{lowering.id(delivery), "Arn"};
  return spelt_arn(lowering, delivery);
}

void lower_delivery(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  if (!ends_are_right(lowering, node)) return;
  if (!elsewhere(lowering, node).empty())
    decision.change = "records go where `raw` says, and the bucket gets what could not be delivered there";
  RoleDraft& role = writer(lowering, node);
  const cloud::Value days = retention_days(lowering, node, "log_retention", decision);
  add_log_group(lowering, node, "Logs", "/aws/kinesisfirehose/" + lowering.name(kType, "DeliveryStreamName", node), days);
  lowering.add(node, lowering.id(node, "LogStream"), "AWS::Logs::LogStream",
               cloud::object({{"LogGroupName", cloud::Ref{lowering.id(node, "Logs")}}, {"LogStreamName", "delivery"}}));
  lowering.allow(role, {{"logs:PutLogEvents"}, {cloud::GetAtt{lowering.id(node, "Logs"), "Arn"}}, {}});
  if (!takes_puts(lowering, node)) return;
  add_stream(lowering, node, nullptr);
  const std::string id = lowering.id(node);
  lowering.known_by_name(id, "", spelt_name(lowering, node));
  lowering.known_by_name(id, "Arn", spelt_arn(lowering, node));
}

void put_into_delivery(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& to = lowering.to(edge);
  lowering.grant(lowering.function_role(lowering.from(edge)), edge, kPut, delivery_arn(lowering, to));
  lowering.tell(lowering.from(edge), to, "DELIVERY_NAME", name_of(lowering, to));
}

void deliver_stream(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  if (!same_region(lowering, edge)) return;
  const Node& stream = lowering.from(edge);
  const Node& delivery = lowering.to(edge);
  const Attributes& asked = lowering.of(edge);
  for (const char* name : {"batch", "window", "parallel", "from", "retries", "max_age", "halve", "partial", "where"}) {
    const AttributeValue* entry = asked.entry(name);
    if (entry == nullptr || entry->origin == Origin::fallback || entry->value.is_none()) continue;
    lowering.sink.report(lowering.where(edge, name), codes::PipeSetting, name, describe(lowering.architecture, edge))
        .source(catalog::cite(catalog().fact("firehose.source.settings")))
        .help("leave it out, or put a `pipe` between the two");
  }
  decision.change = "it begins with what comes after it was made";
  lowering.grant(writer(lowering, delivery), edge,
                 {"kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"},
                 arn_of(lowering, stream));
  add_stream(lowering, delivery, &stream);
}

void deliver_log(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  const Node& log = lowering.from(edge);
  const Node& delivery = lowering.to(edge);
  add_stream(lowering, delivery, &log);
  const cloud::Value arn = cloud::GetAtt{lowering.id(delivery, "From" + lowering.id(log)), "Arn"};
  subscribe_service(lowering, edge, delivery, arn, kPut);
}

void subscribe_delivery(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  const Node& topic = lowering.from(edge);
  const Node& delivery = lowering.to(edge);
  const Attributes& asked = lowering.of(edge);
  if (lowering.of(topic).flag("fifo")) {
    lowering.sink
        .report(edge.span, codes::Fifo, describe(lowering.architecture, edge), "a FIFO topic delivers to queues only")
        .source(catalog::cite(catalog().fact("sns.fifo.subscriber.protocols")))
        .help("leave `fifo` out at `" + topic.name + "`");
    return;
  }
  RoleDraft& role = lowering.role(topic, "sns.amazonaws.com");
  const cloud::Value arn = delivery_arn(lowering, delivery);
  lowering.grant(role, edge,
                 {"firehose:DescribeDeliveryStream", "firehose:ListDeliveryStreams", "firehose:ListTagsForDeliveryStream",
                  "firehose:PutRecord", "firehose:PutRecordBatch"},
                 arn);
  cloud::Object properties = cloud::object({{"TopicArn", arn_of(lowering, topic)},
                                            {"Protocol", "firehose"},
                                            {"Endpoint", arn},
                                            {"SubscriptionRoleArn", cloud::GetAtt{role.id, "Arn"}},
                                            {"RawMessageDelivery", asked.flag("raw")}});
  if (asked.has("where")) properties.set("FilterPolicy", filter_of(lowering, *asked.find("where")));
  lowering.add(delivery, edge, lowering.id(delivery, "From" + lowering.id(topic)), "AWS::SNS::Subscription",
               std::move(properties));
}

void rule_to_delivery(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  const cloud::Value arn = delivery_arn(lowering, lowering.to(edge));
  RoleDraft& role = lowering.role(lowering.from(edge), "events.amazonaws.com");
  lowering.grant(role, edge, kPut, arn);
  add_rule(lowering, edge, lowering.to(edge), cloud::object({{"Arn", arn}, {"RoleArn", cloud::GetAtt{role.id, "Arn"}}}));
}

/// Each delivery stream reads this edge for itself.
void deliver_objects(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  RoleDraft& role = writer(lowering, lowering.from(edge));
  const cloud::Value bucket = arn_of(lowering, lowering.to(edge));
  lowering.grant(role, edge, {"s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"}, bucket);
  lowering.grant(role, edge, {"s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"}, cloud::concat({bucket, "/*"}));
}

void change_records(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  if (!same_region(lowering, edge)) return;
  const Node& function = lowering.to(edge);
  const catalog::Fact& most = catalog().fact("firehose.transform.timeout.max");
  const std::optional<Quantity> timeout = lowering.of(function).quantity("timeout");
  if (timeout && static_cast<double>(timeout->amount) > most.value * amount(Unit::seconds)) {
    lowering.sink
        .report(lowering.where(function, "timeout"), codes::DeliveryTransform, function.name, to_text(*timeout),
                to_text(Quantity{static_cast<std::int64_t>(most.value * amount(Unit::seconds)), Dimension::duration}))
        .label(edge.span, "waits for it")
        .source(catalog::cite(most))
        .help("let it do less at once, or put a `pipe` that asks it before `" + lowering.from(edge).name + "`");
  }
  decision.change =
      "`" + function.name + "` gets records in the form of Amazon Data Firehose, and must answer with each of them";
  const cloud::Value arn = arn_of(lowering, function);
  lowering.grant(writer(lowering, lowering.from(edge)), edge, {"lambda:GetFunctionConfiguration", "lambda:InvokeFunction"},
                 has_versions(lowering, function) ? arn : cloud::concat({arn, ":$LATEST"}));
}

}  // namespace virga::aws
