// What a pipe reads, and how: batches, where it begins, how often it tries again, what it passes over.
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/json.h"
#include "backends/aws/lower/pipe.h"

namespace virga::aws {
namespace {

void check_most(Lowering& lowering, const Edge& in, const char* name, std::string_view fact) {
  const catalog::Fact& most = catalog().fact(fact);
  const std::optional<Quantity> time = lowering.of(in).quantity(name);
  const std::optional<double> count = lowering.of(in).number(name);
  const double asked = time ? static_cast<double>(time->amount) / amount(Unit::seconds) : count.value_or(0);
  if (asked <= most.max) return;
  const auto seconds = static_cast<std::int64_t>(most.max * amount(Unit::seconds));
  lowering.sink
      .report(lowering.where(in, name), codes::PipeLimit, name, describe(lowering.architecture, in),
              time ? to_text(*time) : to_text(asked),
              time ? to_text(Quantity{seconds, Dimension::duration}) : to_text(most.max))
      .source(catalog::cite(most))
      .help("say no more than that");
}

/// So many at most go on together: what a target or whoever is asked takes in one request. Nothing where it takes any
/// number.
const catalog::Fact* most_together(const Lowering& lowering, const PipePlan& plan) {
  const std::string& to = lowering.to(plan.out).kind;
  // A call of an address holds one event, on the way as well as at the end.
  if (to == "external" || (plan.enrich != nullptr && lowering.to(*plan.enrich).kind == "external"))
    return &catalog().fact("pipes.batch.address");
  if (to == "queue" || to == "topic" || to == "bus") return &catalog().fact("pipes.batch.messages");
  if (to == "stream" || to == "delivery") return &catalog().fact("pipes.batch.records");
  return nullptr;
}

/// A number that was asked for stands or is refused; the usual one gives way to what the target takes.
cloud::Value batch(Lowering& lowering, const PipePlan& plan) {
  const AttributeValue* asked = lowering.of(plan.in).entry("batch");
  const catalog::Fact* most = most_together(lowering, plan);
  const std::optional<double> count = lowering.of(plan.in).number("batch");
  if (most == nullptr || !count || *count <= most->value) return lowering.value(asked->value);
  if (asked->origin != Origin::fallback) {
    lowering.sink
        .report(lowering.where(plan.in, "batch"), codes::PipeLimit, "batch", describe(lowering.architecture, plan.in),
                to_text(*count), to_text(most->value))
        .label(plan.out.span, "so many go on together")
        .source(catalog::cite(*most))
        .help("say `batch = " + to_text(most->value) + "`");
  }
  return static_cast<std::int64_t>(most->value);
}

void refuse(Lowering& lowering, const Edge& in, const char* name, const std::string& help) {
  lowering.sink.report(lowering.where(in, name), codes::PipeSetting, name, describe(lowering.architecture, in))
      .source(catalog::cite(catalog().fact("pipes.source.settings")))
      .help(help);
}

cloud::Value window(Lowering& lowering, const Edge& in) {
  return lowering.quantity(*lowering.of(in).find("window"), Unit::seconds, lowering.where(in, "window"));
}

cloud::Object of_queue(Lowering& lowering, const PipePlan& plan) {
  const Edge& in = plan.in;
  const Attributes& asked = lowering.of(in);
  const Node& queue = lowering.from(in);
  check_most(lowering, in, "batch", "pipes.batch_size");
  check_most(lowering, in, "window", "pipes.batch_window");
  if (asked.has("max_concurrency"))
    refuse(lowering, in, "max_concurrency",
           "bound what stands behind the pipe: `concurrency` of a function, `rate` of an `external`");
  const double most = limit("lambda.esm.batch_size.sqs_fifo.max");
  const bool fifo = lowering.of(queue).flag("fifo");
  if (fifo && asked.number("batch").value_or(1) > most) {
    lowering.sink
        .report(lowering.where(in, "batch"), codes::Fifo, describe(lowering.architecture, in),
                fmt::format("a FIFO queue gives at most {} messages at once", to_text(most)))
        .source(catalog::cite(catalog().fact("lambda.esm.batch_size.sqs_fifo.max")))
        .help(fmt::format("say `batch = {}`", to_text(most)));
  }
  return cloud::object({{"SqsQueueParameters", cloud::object({{"BatchSize", batch(lowering, plan)},
                                                              {"MaximumBatchingWindowInSeconds", window(lowering, in)}})}});
}

cloud::Object of_records(Lowering& lowering, const PipePlan& plan) {
  const Edge& in = plan.in;
  const Attributes& asked = lowering.of(in);
  const bool stream = lowering.from(in).kind == "stream";
  for (const auto& [name, fact] : {std::pair{"batch", "pipes.batch_size"}, std::pair{"window", "pipes.batch_window"},
                                   std::pair{"parallel", "pipes.parallelization_factor"},
                                   std::pair{"retries", "pipes.max_retries"}, std::pair{"max_age", "pipes.max_record_age"}})
    check_most(lowering, in, name, fact);
  // -1: until the source forgets the record.
  const auto or_endless = [&](const char* name, auto convert) {
    return asked.has(name) ? convert(*asked.find(name)) : cloud::Value(-1);
  };
  cloud::Object made = cloud::object({{"StartingPosition", asked.text("from") == "oldest" ? "TRIM_HORIZON" : "LATEST"},
                                      {"BatchSize", batch(lowering, plan)},
                                      {"MaximumBatchingWindowInSeconds", window(lowering, in)}});
  made.set("ParallelizationFactor", lowering.value(*asked.find("parallel")));
  made.set("MaximumRetryAttempts", or_endless("retries", [&](const Value& v) { return lowering.value(v); }));
  made.set("MaximumRecordAgeInSeconds", or_endless("max_age", [&](const Value& v) {
             return lowering.quantity(v, Unit::seconds, lowering.where(in, "max_age"));
           }));
  if (asked.flag("halve")) made.set("OnPartialBatchItemFailure", "AUTOMATIC_BISECT");
  if (plan.dead != nullptr) {
    const cloud::Value arn = arn_of(lowering, lowering.to(*plan.dead));
    made.set("DeadLetterConfig", cloud::object({{"Arn", arn}}));
    if (plan.dead->from.node == in.from.node)
      lowering.grant(plan.role, *plan.dead, {lowering.to(*plan.dead).kind == "queue" ? "sqs:SendMessage" : "sns:Publish"},
                     arn);
  }
  return cloud::object({{stream ? "KinesisStreamParameters" : "DynamoDBStreamParameters", std::move(made)}});
}

void allow_reading(Lowering& lowering, const PipePlan& plan) {
  const Node& source = lowering.from(plan.in);
  const cloud::Value arn = pipe_source_arn(lowering, plan.in);
  const auto grant = [&](std::vector<std::string> actions, cloud::Value resource) {
    lowering.grant(plan.role, plan.in, std::move(actions), std::move(resource));
  };
  if (source.kind == "queue") return grant({"sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"}, arn);
  if (source.kind == "table") {
    grant({"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"}, arn);
    return grant({"dynamodb:ListStreams"}, "*");
  }
  grant({"kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator",
         "kinesis:ListShards"},
        arn);
  grant({"kinesis:ListStreams"}, "*");
}

}  // namespace

cloud::Value pipe_source_arn(Lowering& lowering, const Edge& in) {
  const Node& source = lowering.from(in);
  if (source.kind == "table") return cloud::GetAtt{lowering.id(source), "StreamArn"};
  return arn_of(lowering, source);
}

std::string pipe_payload(const Node& source) {
  if (source.kind == "queue") return "<$.body>";
  return source.kind == "stream" ? "<$.data>" : "";
}

std::string pipe_batch_note(const Lowering& lowering, const PipePlan& plan) {
  const AttributeValue* usual = lowering.of(plan.in).entry("batch");
  const catalog::Fact* most = most_together(lowering, plan);
  const std::optional<double> count = lowering.of(plan.in).number("batch");
  if (usual == nullptr || usual->origin != Origin::fallback || most == nullptr || !count || *count <= most->value) return {};
  return fmt::format("{} at a time, and not {}: its target takes no more", to_text(most->value), to_text(*count));
}

cloud::Object pipe_source(Lowering& lowering, const PipePlan& plan) {
  const Node& source = lowering.from(plan.in);
  const Attributes& asked = lowering.of(plan.in);
  cloud::Object made = source.kind == "queue" ? of_queue(lowering, plan) : of_records(lowering, plan);
  if (asked.has("where")) {
    const char* key = source.kind == "queue" ? "body" : source.kind == "stream" ? "data" : "";
    made.set(
        "FilterCriteria",
        cloud::object(
            {{"Filters", cloud::Values{cloud::object({{"Pattern", filter_text(lowering, *asked.find("where"), key)}})}}}));
  }
  allow_reading(lowering, plan);
  return made;
}

}  // namespace virga::aws
