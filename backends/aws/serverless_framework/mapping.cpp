// What Lambda itself reads for a function: queues, and streams of tables and of Kinesis.
#include "backends/aws/serverless_framework/defaults.h"
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

namespace virga::aws::serverless_framework {
namespace {

/// What a source is called in the ids of its mappings.
std::string source_name(const Document& arn, char by) {
  if (const auto* text = arn.as_string()) return std::string(by == ':' ? after_last(*text, ':') : part_of(*text, by, 1));
  if (const Document* att = arn.find("Fn::GetAtt"); !items(att).empty()) return att->as_list()->front().text();
  for (const char* function : {"Fn::ImportValue", "Ref"}) {
    if (arn.find(function) != nullptr) return arn.find(function)->text();
  }
  if (const Document* join = arn.find("Fn::Join"); items(join).size() == 2 && !items(&join->as_list()->back()).empty()) {
    const std::string last = items(&join->as_list()->back()).back().text();
    return std::string(by == ':' ? std::string_view(last) : after_last(last, by));
  }
  return {};
}

/// The role that has to stand before a mapping, and the alias.
std::vector<std::string> waits_of(const Service& service, const Function& function) {
  std::vector<std::string> waits;
  const Document* role = own_role(service, function);
  if (role == nullptr) {
    waits.emplace_back("IamRoleLambdaExecution");
  } else if (role->is_scalar()) {
    if (role->text().find(':') == std::string::npos) waits.push_back(role->text());
  } else if (const Document* att = role->find("Fn::GetAtt"); items(att).size() == 2 && items(att)[1].text() == "Arn") {
    waits.push_back(items(att)[0].text());
  }
  for (std::string& id : function.waits()) waits.push_back(std::move(id));
  return waits;
}

void set_filters(const Document& said, Document& properties) {
  if (!is_true(said.find("filterPatterns"))) return;
  Document filters = Document::list();
  for (const Document& pattern : items(said.find("filterPatterns")))
    filters.append(Document::map({{"Pattern", compact_json(pattern)}}));
  properties.set("FilterCriteria", Document::map({{"Filters", std::move(filters)}}));
}

Document mapping(const Function& function, const Document& said, const Document& arn) {
  const Document *size = said.find("batchSize"), *enabled = said.find("enabled");
  return Document::map({{"BatchSize", is_true(size) ? *size : usual("serverless_framework.mapping.batch.default")},
                        {"EventSourceArn", arn},
                        {"FunctionName", function.target()},
                        {"Enabled", enabled == nullptr || enabled->is_null() ? Document(true) : *enabled}});
}

/// What one function may read, by what it reads from.
struct Reads {
  Document table = Document::list(), stream = Document::list(), shared = Document::list(), consumer = Document::list(),
           dead_topic = Document::list(), dead_queue = Document::list();

  void allow(Template& made) {
    const auto add = [&](Document::List actions, Document& resources) {
      if (!resources.as_list()->empty()) made.allow(statement(std::move(actions), std::move(resources)));
    };
    add({"dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams"}, table);
    add({"kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream", "kinesis:ListStreams"}, stream);
    add({"kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStreamSummary", "kinesis:ListShards"}, shared);
    add({"kinesis:SubscribeToShard"}, consumer);
    add({"sns:Publish"}, dead_topic);
    add({"sqs:ListQueues", "sqs:SendMessage"}, dead_queue);
  }
};

void set_stream_settings(const Document& said, Document& properties, Reads& reads) {
  for (const auto& [from, to] : {std::pair{"parallelizationFactor", "ParallelizationFactor"},
                                 {"batchWindow", "MaximumBatchingWindowInSeconds"},
                                 {"maximumRetryAttempts", "MaximumRetryAttempts"},
                                 {"bisectBatchOnFunctionError", "BisectBatchOnFunctionError"},
                                 {"maximumRecordAgeInSeconds", "MaximumRecordAgeInSeconds"},
                                 {"tumblingWindowInSeconds", "TumblingWindowInSeconds"}})
    set_if(properties, to, said.find(from));
  if (const Document* type = said.find("functionResponseType"); is_true(type))
    properties.set("FunctionResponseTypes", Document::list({*type}));
  set_filters(said, properties);
  const Document* dead = at(said, "destinations.onFailure");
  if (!is_true(dead)) return;
  const Document& arn = dead->find("arn") != nullptr ? *dead->find("arn") : *dead;
  const std::string type = dead->find("type") != nullptr ? text_at(*dead, "type") : std::string(part_of(arn.text(), ':', 2));
  (type == "sns" ? reads.dead_topic : reads.dead_queue).append(arn);
  properties.set("DestinationConfig", Document::map({{"OnFailure", Document::map({{"Destination", arn}})}}));
}

/// A reader of its own, with its own share of what the stream gives.
Document consumer_of(Template& made, const Function& function, const Document& said, const Document& arn,
                     const std::string& stream, std::vector<std::string>& waits) {
  const Service& service = made.service;
  if (said.as_boolean() == nullptr) return said;
  Document name = function.key + stream;
  if (is_true(service.setting("kinesis.consumerNamingMode"))) name = text({name, service.name, service.stage});
  name = text({name, "Consumer"});
  const std::string id = normalized(name.text()) + "StreamConsumer";
  made.add(id, "AWS::Kinesis::StreamConsumer", Document::map({{"StreamARN", arn}, {"ConsumerName", name}}));
  waits.push_back(id);
  return reference(id);
}

void add_stream(Template& made, const Function& function, const Document& said, Reads& reads) {
  const Document& arn = said.find("arn") != nullptr ? *said.find("arn") : said;
  const std::string type = said.find("type") != nullptr ? text_at(said, "type") : std::string(part_of(arn.text(), ':', 2));
  const std::string name = source_name(arn, '/');
  if (type.empty() || name.empty())
    return made.wrong(said, function.key + ".events.stream", "a stream with its ARN and type");
  Document properties = mapping(function, said, arn);
  const Document* start = said.find("startingPosition");
  properties.set("StartingPosition", is_true(start) ? *start : Document("TRIM_HORIZON"));
  std::vector<std::string> waits = waits_of(made.service, function);
  const Document* consumer = said.find("consumer");
  (type == "dynamodb" ? reads.table : is_true(consumer) ? reads.shared : reads.stream).append(arn);
  set_stream_settings(said, properties, reads);
  if (is_true(consumer) && type == "kinesis") {
    const Document reader = consumer_of(made, function, *consumer, arn, name, waits);
    properties.set("EventSourceArn", reader);
    reads.consumer.append(reader);
    set_if(properties, "StartingPositionTimestamp", said.find("startingPositionTimestamp"));
  }
  made.add(normalized(function.key) + "EventSourceMapping" + upper_first(type) + alphanumeric(name),
           "AWS::Lambda::EventSourceMapping", std::move(properties), waits);
}

}  // namespace

void add_streams(Template& made) {
  for (const Function& function : made.service.functions) {
    Reads reads;
    for (const Document& event : items(function.said.find("events"))) {
      if (is_true(event.find("stream"))) add_stream(made, function, *event.find("stream"), reads);
    }
    reads.allow(made);
  }
}

void add_queues(Template& made) {
  Document queues = Document::list();
  each_event(made.service, "sqs", [&](const Function& function, const Document& said, std::size_t) {
    const Document& arn = said.find("arn") != nullptr ? *said.find("arn") : said;
    const std::string name = source_name(arn, ':');
    if (name.empty()) return made.wrong(said, function.key + ".events.sqs", "a queue with its ARN");
    Document properties = mapping(function, said, arn);
    set_if(properties, "MaximumBatchingWindowInSeconds", said.find("maximumBatchingWindow"));
    if (const Document* type = said.find("functionResponseType"); is_true(type))
      properties.set("FunctionResponseTypes", Document::list({*type}));
    set_filters(said, properties);
    if (const Document* most = said.find("maximumConcurrency"); is_true(most))
      properties.set("ScalingConfig", Document::map({{"MaximumConcurrency", *most}}));
    queues.append(arn);
    made.add(normalized(function.key) + "EventSourceMappingSQS" + alphanumeric(name), "AWS::Lambda::EventSourceMapping",
             std::move(properties), waits_of(made.service, function));
  });
  if (!queues.as_list()->empty())
    made.allow(statement({"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}, std::move(queues)));
}

}  // namespace virga::aws::serverless_framework
