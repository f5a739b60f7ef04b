// alarm failing { of = sync  metric = errors  above = 3  period = 5m }
//   → CMS::ResourceMetricRule, and CMS::MetricRuleTargets when it leads somewhere.
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

namespace virga::aliyun {
namespace {

/// What a point of a number is: the sum of its minute, a level, or an average of times.
enum class Sort : std::uint8_t { count, level, time };

/// A number that CloudMonitor has (cms.fc.metrics, cms.mns.metrics). A point is gathered each minute.
struct Metric {
  std::string_view kind, metric, space, name;
  Sort sort;
  std::string_view maximum = {}, p99 = {};  ///< names of the same number's largest value and 99th percentile
  std::string_view lacks = {};  ///< what is not in it
};

constexpr Metric kMetrics[] = {
    {"function", "errors", "acs_fc", "FunctionFunctionErrors", Sort::count},
    {.kind = "function",
     .metric = "throttles",
     .space = "acs_fc",
     .name = "FunctionConcurrencyThrottles",
     .sort = Sort::count,
     .lacks = "what is refused because the account has no more instances is another number (FunctionResourceThrottles)"},
    {"function", "invocations", "acs_fc", "FunctionTotalInvocations", Sort::count},
    {"function", "client_errors", "acs_fc", "FunctionClientErrors", Sort::count},
    {"function", "server_errors", "acs_fc", "FunctionServerErrors", Sort::count},
    {"function", "duration", "acs_fc", "FunctionAvgDuration", Sort::time, "FunctionMaxDuration", "FunctionP99Duration"},
    {"function", "latency", "acs_fc", "FunctionLatencyAvg", Sort::time},
    {"queue", "depth", "acs_mns_new", "ActiveMessages", Sort::level},
};

std::string metrics_of(std::string_view kind) {
  std::string out;
  for (const Metric& m : kMetrics) {
    if (m.kind == kind) out += fmt::format("{}`{}`", out.empty() ? "" : ", ", m.metric);
  }
  return out;
}

class Alarm {
 public:
  Alarm(Lowering& l, const Node& node) : l_(l), node_(node), a_(l.of(node)) {}

  void lower() {
    const std::optional<NodeId> watched = a_.node("of");
    if (!watched) return;
    const Node& target = l_.architecture().node(*watched);
    const Metric* metric = metric_of(target);
    if (metric == nullptr) return;
    cloud::Object level;
    const std::string_view name = set_statistic(level, *metric);
    set_threshold(level, *metric);
    level.set("Times", to_value(l_, *a_.find("periods")));

    cloud::Object p;
    p.set("RuleName", name_text(l_, node_)).set("Namespace", metric->space).set("MetricName", name);
    p.set("Resources", resources(target));
    p.set("ContactGroups", contact_groups());
    p.set("Period", measured(l_, a_, "period", Unit::seconds));
    p.set("Escalations", cloud::object({{"Critical", std::move(level)}}));
    p.set("NoDataPolicy", no_data());
    AlarmParts& parts = l_.alarm(node_.id);
    if (parts.webhook) p.set("Webhook", *parts.webhook);
    const std::string id = l_.id(node_, "Rule");
    l_.add(id, "ALIYUN::CMS::ResourceMetricRule", std::move(p));
    add_targets(id, parts);
  }

 private:
  const Metric* metric_of(const Node& target) {
    const std::string metric = a_.text("metric");
    for (const Metric& m : kMetrics) {
      if (m.kind == target.kind && m.metric == metric) return &m;
    }
    auto reported = l_.sink().report(span_of("metric"), codes::AlarmMetric, metric, target.kind);
    const std::string known = metrics_of(target.kind);
    if (!known.empty()) {
      reported.help(fmt::format("of a {} there are {}", target.kind, known));
    } else {
      reported.help(
          "watch the function behind it, or write the rule as a raw resource of type \"ALIYUN::CMS::ResourceMetricRule\"");
    }
    return nullptr;
  }

  Span span_of(std::string_view attribute) const {
    const Value* v = a_.find(attribute);
    return v != nullptr && v->span.known() ? v->span : node_.span;
  }

  /// A rule knows the average, the largest and the smallest of the points of a period, and there is a point for each
  /// minute. So the sum of a period of n minutes passes a threshold when the average passes the n-th part of it. Gives the
  /// name of the number to watch, which may be another one for its extremes.
  std::string_view set_statistic(cloud::Object& level, const Metric& metric) {
    const std::string statistic = a_.text("statistic");
    const bool upper = statistic == "p99" || statistic == "p95";
    if (!metric.lacks.empty()) l_.changes(std::string(metric.lacks));
    if (upper && !metric.p99.empty()) {
      level.set("Statistics", "Maximum");
      if (statistic == "p95") l_.changes("no 95th percentile is known: the 99th is watched");
      else if (minutes() > 1) l_.emulates("the largest 99th percentile of a minute stands for that of the period");
      return metric.p99;
    }
    if (statistic == "maximum" || statistic == "minimum") {
      level.set("Statistics", statistic == "maximum" ? "Maximum" : "Minimum");
      if (metric.sort != Sort::time) return metric.name;
      if (statistic == "maximum" && !metric.maximum.empty()) return metric.maximum;
      l_.changes(fmt::format("times are averages of a minute: the {} single one is not known",
                             statistic == "maximum" ? "longest" : "shortest"));
      return metric.name;
    }
    if (statistic == "sum" && (metric.sort != Sort::count || minutes() <= 1)) {
      level.set("Statistics", "Maximum");
      return metric.name;
    }
    level.set("Statistics", "Average");
    if (statistic == "sum") {
      l_.emulates(
          fmt::format("there is a number for each minute: the average of {} of them stands for their sum, and minutes "
                      "in which nothing happened are left out of it",
                      minutes()));
    } else if (statistic != "average") {
      l_.changes(fmt::format("no such percentile is known: the average of each minute is watched instead of {}", statistic));
    }
    return metric.name;
  }

  /// Points in a period.
  std::int64_t minutes() const {
    const std::optional<Quantity> period = a_.quantity("period");
    const std::int64_t point = Lowering::number("cms.period.step") * 1000;
    return period ? std::max<std::int64_t>(1, period->amount / point) : 1;
  }

  void set_threshold(cloud::Object& level, const Metric& metric) {
    const bool above = a_.has("above");
    const std::string_view attribute = above ? "above" : "below";
    const Value* threshold = a_.find(attribute);
    if (threshold == nullptr) return;
    level.set("ComparisonOperator", above ? "GreaterThanThreshold" : "LessThanThreshold");
    cloud::Value value =
        metric.sort == Sort::time ? measured(l_, *threshold, Unit::milliseconds, attribute) : to_value(l_, *threshold);
    if (a_.text("statistic") == "sum" && metric.sort == Sort::count && minutes() > 1)
      value = part_of(*threshold, std::move(value));
    level.set("Threshold", cloud::concat({std::move(value)}));
  }

  /// The n-th part of a count.
  cloud::Value part_of(const Value& threshold, cloud::Value value) {
    const auto* n = threshold.get<double>();
    if (n != nullptr) return *n / static_cast<double>(minutes());
    constexpr int kDigits = 2;
    return Box<cloud::Call>(cloud::Call{
        "Fn::Calculate", cloud::Values{fmt::format("{{0}} / {}", minutes()), kDigits, cloud::Values{std::move(value)}}});
  }

  /// The node, and the copies of a function that stand for it at some of its callers.
  cloud::Values resources(const Node& target) {
    cloud::Values list = {dimensions(target, name_of(l_, target))};
    if (target.kind != "function") return list;
    for (const FunctionCopy& copy : l_.function(target.id).copies) list.push_back(dimensions(target, copy.name));
    return list;
  }

  cloud::Value dimensions(const Node& target, cloud::Value name) {
    cloud::Object o;
    o.set("userId", account()).set("region", region_of(l_, target));
    if (target.kind == "queue") {
      o.set("queue", std::move(name));
    } else {
      // A function of Function Compute 3.0 is in no service, and that has to be said.
      o.set("serviceName", "").set("functionName", std::move(name));
    }
    return o;
  }

  cloud::Value contact_groups() {
    const Values* groups = a_.list("contact_groups");
    if (groups != nullptr && !groups->empty()) return to_value(l_, *a_.find("contact_groups"));
    cloud::StackParameter parameter;
    parameter.name = "AlarmContactGroup";
    parameter.description = "The contact group of CloudMonitor that alarms are sent to.";
    parameter.min_length = 1;
    return cloud::Values{l_.own_parameter(std::move(parameter))};
  }

  std::string no_data() const {
    const std::string missing = a_.text("missing");
    if (missing == "bad") return "INSUFFICIENT_DATA";
    return missing == "ignore" ? "KEEP_LAST_STATE" : "OK";
  }

  void add_targets(const std::string& rule, const AlarmParts& parts) {
    if (parts.targets.empty()) return;
    const auto most = static_cast<std::size_t>(Lowering::number("cms.targets.max"));
    if (parts.targets.size() > most) {
      l_.sink()
          .report(node_.span, codes::AlarmTargets, node_.name, std::to_string(parts.targets.size()), std::to_string(most))
          .source(catalog::cite(catalog().fact("cms.targets.max")))
          .help("let the alarm lead to a topic, and the topic to all of them");
      return;
    }
    cloud::Values targets;
    for (const auto& [id, arn] : parts.targets) {
      targets.emplace_back(cloud::object({{"Id", id}, {"Arn", arn}, {"Level", "CRITICAL"}}));
    }
    cloud::Object p;
    p.set("RuleId", cloud::GetAtt{rule, "RuleId"}).set("Targets", std::move(targets));
    l_.add(l_.id(node_, "Targets"), "ALIYUN::CMS::MetricRuleTargets", std::move(p));
  }

  Lowering& l_;
  const Node& node_;
  const Attributes& a_;
};

}  // namespace

void lower_alarm(Lowering& l, const Node& node) { Alarm(l, node).lower(); }

}  // namespace virga::aliyun
