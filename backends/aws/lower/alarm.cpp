// alarm broken { of = sync  metric = errors  above = 0 }
//   → AWS::CloudWatch::Alarm   Broken
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/build.h"
#include "backends/aws/lower/gateway.h"
#include "backends/aws/lower/kinds.h"

namespace virga::aws {
namespace {

/// What CloudWatch counts of a kind. A time is in `unit`.
struct Metric {
  std::string_view kind, name, name_space, metric;
  Unit unit = Unit::seconds;
  /// It is counted for each operation alone: an alarm on the table as a whole would never see a value.
  bool per_operation = false;
};

constexpr Metric kMetrics[] = {
    {"function", "errors", "AWS/Lambda", "Errors"},
    {"function", "throttles", "AWS/Lambda", "Throttles"},
    {"function", "duration", "AWS/Lambda", "Duration", Unit::milliseconds},
    {"function", "latency", "AWS/Lambda", "Duration", Unit::milliseconds},
    {"function", "invocations", "AWS/Lambda", "Invocations"},
    {"function", "concurrency", "AWS/Lambda", "ConcurrentExecutions"},
    {"build", "errors", "AWS/CodeBuild", "FailedBuilds"},
    {"build", "duration", "AWS/CodeBuild", "Duration", Unit::seconds},
    {"build", "latency", "AWS/CodeBuild", "Duration", Unit::seconds},
    {"build", "invocations", "AWS/CodeBuild", "Builds"},
    {"queue", "depth", "AWS/SQS", "ApproximateNumberOfMessagesVisible"},
    {"queue", "age", "AWS/SQS", "ApproximateAgeOfOldestMessage", Unit::seconds},
    {"queue", "invocations", "AWS/SQS", "NumberOfMessagesSent"},
    {"topic", "errors", "AWS/SNS", "NumberOfNotificationsFailed"},
    {"topic", "invocations", "AWS/SNS", "NumberOfMessagesPublished"},
    {"table", "throttles", "AWS/DynamoDB", "ThrottledRequests", Unit::seconds, true},
    {"table", "errors", "AWS/DynamoDB", "SystemErrors", Unit::seconds, true},
    {"gateway", "errors", "AWS/ApiGateway", "5xx"},
    {"gateway", "server_errors", "AWS/ApiGateway", "5xx"},
    {"gateway", "client_errors", "AWS/ApiGateway", "4xx"},
    {"gateway", "latency", "AWS/ApiGateway", "Latency", Unit::milliseconds},
    {"gateway", "duration", "AWS/ApiGateway", "Latency", Unit::milliseconds},
    {"gateway", "invocations", "AWS/ApiGateway", "Count"},
    {"websocket", "errors", "AWS/ApiGateway", "ExecutionError"},
    {"websocket", "server_errors", "AWS/ApiGateway", "IntegrationError"},
    {"websocket", "client_errors", "AWS/ApiGateway", "ClientError"},
    {"websocket", "latency", "AWS/ApiGateway", "IntegrationLatency", Unit::milliseconds},
    {"websocket", "duration", "AWS/ApiGateway", "IntegrationLatency", Unit::milliseconds},
    {"websocket", "invocations", "AWS/ApiGateway", "MessageCount"},
};

const Metric* metric_of(const std::string& kind, const std::string& name) {
  for (const Metric& metric : kMetrics) {
    if (metric.kind == kind && metric.name == name) return &metric;
  }
  return nullptr;
}

cloud::Values dimensions(Lowering& lowering, const Node& of) {
  const auto one = [](std::string_view name, cloud::Value value) {
    return cloud::Values{cloud::object({{"Name", name}, {"Value", std::move(value)}})};
  };
  if (runs_as_build(lowering.architecture, of)) return one("ProjectName", cloud::Ref{lowering.id(of)});
  if (of.kind == "function") return one("FunctionName", cloud::Ref{lowering.id(of)});
  if (of.kind == "queue") return one("QueueName", name_of(lowering, of));
  if (of.kind == "topic") return one("TopicName", name_of(lowering, of));
  if (of.kind == "table") return one("TableName", name_of(lowering, of));
  if (needs_keys(lowering, of)) return one("ApiName", lowering.name("AWS::ApiGatewayV2::Api", "Name", of));
  return one("ApiId", cloud::Ref{lowering.id(of)});
}

/// A REST API and an HTTP API call the same numbers by different names.
std::string_view metric_name(const Lowering& lowering, const Node& of, const Metric& metric) {
  if (of.kind != "gateway" || !needs_keys(lowering, of)) return metric.metric;
  return metric.metric == "5xx" ? "5XXError" : metric.metric == "4xx" ? "4XXError" : metric.metric;
}

cloud::Value threshold(Lowering& lowering, const Value& value, Unit unit, Span place) {
  return value.get<Quantity>() != nullptr ? lowering.quantity(value, unit, place) : lowering.value(value);
}

std::string statistic(const std::string& word) {
  if (word == "average") return "Average";
  if (word == "maximum") return "Maximum";
  if (word == "minimum") return "Minimum";
  return word.starts_with("p") ? word : "Sum";
}

/// One number out of those of all operations.
std::string over_all(const std::string& statistic) {
  if (statistic == "Average") return "AVG(METRICS())";
  if (statistic == "Minimum") return "MIN(METRICS())";
  return statistic == "Sum" ? "SUM(METRICS())" : "MAX(METRICS())";
}

void watch(Lowering& lowering, const Node& of, const Metric& metric, const std::string& asked, const cloud::Value& period,
           cloud::Object& properties) {
  if (!metric.per_operation) {
    properties.set("Namespace", metric.name_space);
    properties.set("MetricName", metric_name(lowering, of, metric));
    properties.set("Dimensions", dimensions(lowering, of));
    properties.set(asked.starts_with("p") ? "ExtendedStatistic" : "Statistic", statistic(asked));
    properties.set("Period", period);
    return;
  }
  cloud::Values queries{cloud::object(
      {{"Id", "all"}, {"Expression", over_all(statistic(asked))}, {"Label", metric.metric}, {"ReturnData", true}})};
  for (const std::string_view operation : catalog().fact("dynamodb.metric.operations").members) {
    cloud::Values of_one = dimensions(lowering, of);
    of_one.emplace_back(cloud::object({{"Name", "Operation"}, {"Value", operation}}));
    cloud::Object number =
        cloud::object({{"Namespace", metric.name_space}, {"MetricName", metric.metric}, {"Dimensions", std::move(of_one)}});
    queries.emplace_back(cloud::object(
        {{"Id", "of" + std::string(operation)},
         {"MetricStat", cloud::object({{"Metric", std::move(number)}, {"Period", period}, {"Stat", statistic(asked)}})},
         {"ReturnData", false}}));
  }
  properties.set("Metrics", std::move(queries));
}

}  // namespace

void lower_alarm(Lowering& lowering, const Node& node, cloud::Decision&) {
  const Attributes& asked = lowering.of(node);
  const std::optional<NodeId> watched = asked.node("of");
  if (!watched) return;
  const Node& of = lowering.architecture.node(*watched);
  const std::string kind = runs_as_build(lowering.architecture, of) ? "build" : of.kind;
  const Metric* metric = metric_of(kind, asked.text("metric"));
  if (metric == nullptr) {
    std::string known;
    for (const Metric& m : kMetrics) {
      if (m.kind == kind) known += (known.empty() ? "" : ", ") + ("`" + std::string(m.name) + "`");
    }
    auto reported = lowering.sink.report(lowering.where(node, "metric"), codes::AlarmMetric, asked.text("metric"), kind);
    if (!known.empty()) reported.help("of a " + kind + " it knows " + known);
    return;
  }
  if (!lowering.stands(of)) {
    lowering.sink.report(lowering.where(node, "of"), codes::CrossRegion, node.name + " of " + of.name)
        .help("say `placement = home` at `" + node.name + "`");
    return;
  }
  const std::string limit_name = asked.has("above") ? "above" : "below";
  cloud::Object properties;
  properties.set("AlarmName", spelt_name(lowering, node));
  if (asked.has("description")) properties.set("AlarmDescription", lowering.value(*asked.find("description")));
  watch(lowering, of, *metric, asked.text("statistic"), lowering.quantity(node, "period", Unit::seconds), properties);
  properties.set("ComparisonOperator", asked.has("above") ? "GreaterThanThreshold" : "LessThanThreshold");
  properties.set("Threshold", threshold(lowering, *asked.find(limit_name), metric->unit, lowering.where(node, limit_name)));
  properties.set("EvaluationPeriods", asked.has("periods") ? lowering.value(*asked.find("periods")) : cloud::Value(1));
  const std::string missing = asked.text("missing");
  properties.set("TreatMissingData", missing == "bad" ? "breaching" : missing == "ignore" ? "ignore" : "notBreaching");
  properties.set("Tags", lowering.tags(node));
  const std::string id = lowering.id(node);
  lowering.add(node, id, "AWS::CloudWatch::Alarm", std::move(properties));
  lowering.known_by_name(id, "Arn", spelt_arn(lowering, node));
}

}  // namespace virga::aws
