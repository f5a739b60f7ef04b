// nightly ~> sync                                a timer trigger
// uploads.created ~> thumbnail { prefix = "a/" } an OSS trigger; to a queue or topic, an EventBridge rule
// ledger.changes ~> audit                        a Tablestore trigger
// lines ~> reader                                a log trigger
// failing ~> told                                a target of a metric rule; to a function, a topic in between
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/cron.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/event_rule.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"
#include "backends/aliyun/lower/workflow.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

namespace virga::aliyun {
namespace {

Span span_in(const Lowering& l, const Node& node, std::string_view attribute) {
  const Value* v = l.of(node).find(attribute);
  return v != nullptr && v->span.known() ? v->span : node.span;
}

/// When a schedule fires, as a timer trigger says it; empty after an error.
std::string expression_of(Lowering& l, const Node& schedule) {
  const Attributes& a = l.of(schedule);
  if (a.has("cron")) {
    Cron cron = to_timer(a.text("cron"), a.text("timezone"));
    if (cron.expression.empty()) {
      l.sink()
          .report(span_in(l, schedule, "cron"), codes::Cron, a.text("cron"), cron.problem)
          .source(catalog::cite(catalog().fact("fc3.trigger.timer.cron.fields")))
          .help("minute, hour, day of the month, month, day of the week, such as `cron = \"30 3 * * MON-FRI\"`");
    }
    return cron.expression;
  }
  const std::optional<Quantity> every = a.quantity("every");
  constexpr std::int64_t kMinute = 60'000;
  if (!every || every->amount % kMinute != 0 || every->amount == 0) {
    l.sink()
        .report(span_in(l, schedule, "every"), codes::Every, every ? to_text(*every) : std::string("this"))
        .source(catalog::cite(catalog().fact("fc3.trigger.timer.every")))
        .help("say whole minutes, such as `every = 5m`, or a `cron`");
    return {};
  }
  return fmt::format("@every {}m", every->amount / kMinute);
}

constexpr std::string_view kCreated[] = {"oss:ObjectCreated:PutObject", "oss:ObjectCreated:PostObject",
                                         "oss:ObjectCreated:CopyObject", "oss:ObjectCreated:AppendObject",
                                         "oss:ObjectCreated:CompleteMultipartUpload"};
constexpr std::string_view kRemoved[] = {"oss:ObjectRemoved:DeleteObject", "oss:ObjectRemoved:DeleteObjects"};

cloud::Values events(const Edge& edge) {
  cloud::Values out;
  if (edge.from.name == "created") {
    for (const std::string_view event : kCreated) out.emplace_back(event);
  } else {
    for (const std::string_view event : kRemoved) out.emplace_back(event);
  }
  return out;
}

std::vector<std::string> names_in(const catalog::Fact& regions) { return {regions.members.begin(), regions.members.end()}; }

/// Those of the regions where the node stands that a list of regions lacks. None when this template fits any region.
std::vector<std::string> regions_without(const Lowering& l, const Node& node, const catalog::Fact& list) {
  std::vector<std::string> missing;
  for (const std::string& region : l.request().regions) {
    if (std::find(list.members.begin(), list.members.end(), region) == list.members.end()) missing.push_back(region);
    if (l.of(node).text("placement") == "home") break;  // the first is home
  }
  return missing;
}

cloud::Value or_empty(Lowering& l, const Attributes& a, std::string_view name) {
  return a.has(name) ? to_value(l, *a.find(name)) : cloud::Value("");
}

}  // namespace

void lower_schedule(Lowering&, const Node&) {}  // its edges are the timers

void timer(Lowering& l, const Edge& edge) {
  if (!same_region(l, edge)) return;
  const Node& schedule = l.from(edge);
  const Attributes& a = l.of(schedule);
  const std::string expression = expression_of(l, schedule);
  if (expression.empty()) return;
  cloud::Object config;
  config.set("cronExpression", expression).set("enable", a.flag("enabled", true));
  if (a.has("input")) {
    const Value& input = *a.find("input");
    const bool text = input.get<std::string>() != nullptr || !known_at_compile_time(input);
    config.set("payload", text ? to_value(l, input) : cloud::Value(json_text(input)));
  }
  l.function(edge.to.node).handed_events = true;
  Trigger made{"timer", schedule.identity(), std::move(config), std::nullopt, std::nullopt};
  if (a.has("description")) made.description = to_value(l, *a.find("description"));
  add_trigger(l, l.id(edge, "Timer"), l.to(edge), std::move(made));
}

void object_trigger(Lowering& l, const Edge& edge) {
  if (!same_region(l, edge)) return;
  const Node& bucket = l.from(edge);
  const Attributes& a = l.of(edge);
  cloud::Object key;
  key.set("prefix", or_empty(l, a, "prefix")).set("suffix", or_empty(l, a, "suffix"));
  cloud::Object config;
  config.set("events", events(edge)).set("filter", cloud::object({{"key", std::move(key)}}));
  l.function(edge.to.node).handed_events = true;
  const cloud::Value role = l.invoker(bucket, "oss.aliyuncs.com", l.to(edge));
  add_trigger(l, l.id(edge, "Trigger"), l.to(edge),
              {"oss", bucket.identity() + "." + edge.from.name, std::move(config), bucket_arn(l, bucket), role});
}

namespace {

/// A rule of the default bus, which OSS tells of objects, to `target_of(…)`.
template <class Target>
void add_object_rule(Lowering& l, const Edge& edge, const Target& target_of) {
  const Node& bucket = l.from(edge);
  const Node& target = l.to(edge);
  const Attributes& a = l.of(edge);
  const catalog::Fact& regions = catalog().fact("eventbridge.oss.regions");
  const std::vector<std::string> missing = regions_without(l, bucket, regions);
  if (!missing.empty()) {
    l.sink()
        .report(edge.span, codes::ObjectRegion, regions_for_people(missing))
        .source(catalog::cite(regions))
        .help("let a function take the objects and pass them on")
        .help(fmt::format("or let `{}` stand in one of {}", bucket.name, regions_for_people(names_in(regions))));
  }
  if (l.request().regions.empty()) {
    l.changes(fmt::format("EventBridge hears of objects in {} alone", regions_for_people(names_in(regions))));
  }
  // Conditions on one field are alternatives, and those on two fields hold together. The key stands in two: by itself, and
  // at the end of the event's subject.
  const auto condition = [&](std::string_view how) {
    return cloud::Values{cloud::object({{std::string(how), to_value(l, *a.find(how))}})};
  };
  cloud::Object object;
  if (a.has("prefix")) object.set("key", condition("prefix"));
  cloud::Object oss;
  oss.set("bucket", cloud::object({{"name", cloud::Values{name_of(l, bucket)}}}));
  if (!object.members.empty()) oss.set("object", std::move(object));
  cloud::Object pattern;
  pattern.set("source", cloud::Values{"acs.oss"}).set("type", events(edge));
  if (a.has("suffix")) pattern.set("subject", condition("suffix"));
  pattern.set("data", cloud::object({{"oss", std::move(oss)}}));

  const std::string name = bucket.identity() + "." + edge.from.name + "." + target.identity();
  add_rule(l, edge, name, std::move(pattern), target_of());
}

}  // namespace

void object_rule(Lowering& l, const Edge& edge) {
  if (same_region(l, edge)) add_object_rule(l, edge, [&] { return message_target(l, l.to(edge), false); });
}

void object_rule_to_flow(Lowering& l, const Edge& edge) {
  if (!same_region(l, edge) || !starts_by_itself(l, edge, "started by a rule")) return;
  add_object_rule(l, edge, [&] { return flow_target(l, edge, false); });
}

namespace {

/// What would change which changes arrive, or how often, is refused; a trigger is told of a table and of nothing else.
bool refuses_row_settings(Lowering& l, const Edge& edge) {
  const Attributes& a = l.of(edge);
  bool refused = false;
  const auto refuse = [&](std::string_view name, std::string_view help) {
    const Value* value = a.find(name);
    l.sink()
        .report(value->span.known() ? value->span : edge.span, codes::StreamSetting, std::string(name), l.from(edge).name)
        .source(catalog::cite(catalog().fact("fc3.trigger.tablestore.config")))
        .help(std::string(help));
    refused = true;
  };
  if (a.flag("halve")) refuse("halve", "let the function take what it gets in parts");
  if (a.flag("partial")) refuse("partial", "let the function put aside what it fails on");
  if (a.has("where")) refuse("where", "let the function pass over what it does not want");
  return refused;
}

}  // namespace

void row_trigger(Lowering& l, const Edge& edge) {
  const bool here = same_region(l, edge) && !refuses_row_settings(l, edge);
  const Node& table = l.from(edge);
  check_trigger_timeout(l, edge, "fc3.trigger.tablestore.timeout.max", "a Tablestore trigger");
  if (!here) return;
  const catalog::Fact& regions = catalog().fact("fc3.trigger.tablestore.regions");
  const std::vector<std::string> missing = regions_without(l, table, regions);
  if (!missing.empty()) {
    l.sink()
        .report(edge.span, codes::TableRegion, regions_for_people(missing))
        .source(catalog::cite(regions))
        .help(fmt::format("let `{}` stand in one of {}", table.name, regions_for_people(names_in(regions))));
    return;
  }
  if (l.request().regions.empty())
    l.changes(fmt::format("there are such triggers in {} alone", regions_for_people(names_in(regions))));
  std::vector<std::string> unknown;
  for (const std::string_view name : {"batch", "window", "from", "parallel", "retries", "max_age"}) {
    const AttributeValue* entry = l.of(edge).entry(name);
    if (entry != nullptr && entry->origin != Origin::fallback) unknown.push_back(fmt::format("`{}`", name));
  }
  if (!unknown.empty()) l.changes(fmt::format("{} can't be said to such a trigger", fmt::join(unknown, ", ")));
  l.changes("the function gets rows in CBOR, and a run that fails is repeated until the row is too old");
  const cloud::Value role = l.invoker(table, "ots.aliyuncs.com", l.to(edge));
  l.let_invoker(table, actions_of("fc3.trigger.tablestore.role"), {instance_arn(l, table), table_arn(l, table)});
  add_trigger(l, l.id(edge, "Trigger"), l.to(edge),
              {"tablestore", table.identity() + ".changes", {}, table_arn(l, table), role});
}

void log_trigger(Lowering& l, const Edge& edge) {
  const Node& log = l.from(edge);
  const Node& function = l.to(edge);
  const bool here = same_region(l, edge), filtered = l.of(edge).has("where");
  const std::optional<NodeId> own_log = l.of(function).node("log");
  const bool feeds_itself = own_log == log.id;
  if (filtered) {
    l.sink()
        .report(l.of(edge).find("where")->span, codes::LogFilter, log.name)
        .source(catalog::cite(catalog().fact("fc3.trigger.log.shard_fanout")))
        .help("leave `where` out and let the function pass over the lines that it doesn't want");
  }
  if (feeds_itself) {
    l.sink()
        .report(edge.span, codes::LogLoop, function.name, log.name)
        .label(l.of(function).find("log")->span, "what it prints goes there")
        .help(fmt::format("leave `log = {}` out of `{}`, and it writes to a log of its own", log.name, function.name));
  }
  if (!here || filtered || feeds_itself) return;
  add_log_trigger(l, edge, Lowering::number("fc3.trigger.log.retries"), Lowering::number("fc3.trigger.log.interval"));
}

void alarm_target(Lowering& l, const Edge& edge) {
  if (!same_region(l, edge)) return;
  AlarmParts& parts = l.alarm(edge.from.node);
  parts.targets.emplace_back(std::to_string(parts.targets.size() + 1), messages_arn(l, l.to(edge)));
}

void alarm_through_topic(Lowering& l, const Edge& edge) {
  if (!same_region(l, edge)) return;
  const Node& alarm = l.from(edge);
  AlarmParts& parts = l.alarm(alarm.id);
  const std::string id = l.id(alarm, "Topic");
  const cloud::Value topic = cloud::GetAtt{id, "TopicName"};
  const cloud::Value arn = cloud::concat({"acs:mns:", region_of(l, alarm), ":", account(), ":/topics/", topic});
  if (!std::exchange(parts.topic, true)) {
    cloud::Object p;
    p.set("TopicName", plain_name(l, "ALIYUN::MNS::Topic", "TopicName", alarm.identity() + ".alarm"));
    p.set("MaximumMessageSize", Lowering::most("smq.message.size.range")).set("LoggingEnabled", false);
    p.set("Tags", tag_list(l, &alarm));
    l.add(id, "ALIYUN::MNS::Topic", std::move(p));
    parts.targets.emplace_back(std::to_string(parts.targets.size() + 1), cloud::concat({arn, "/messages"}));
  }
  l.function(edge.to.node).handed_events = true;
  cloud::Object config;
  config.set("notifyContentFormat", "JSON").set("notifyStrategy", "EXPONENTIAL_DECAY_RETRY");
  const cloud::Value role = l.invoker(alarm, "mns.aliyuncs.com", l.to(edge));
  add_trigger(l, l.id(edge, "Trigger"), l.to(edge),
              {"mns_topic", alarm.identity() + ".alarm", std::move(config), arn, role});
}

void alarm_webhook(Lowering& l, const Edge& edge) {
  AlarmParts& parts = l.alarm(edge.from.node);
  if (parts.webhook) {
    l.sink()
        .report(edge.span, codes::AlarmWebhook, l.from(edge).name)
        .help("let the alarm lead to a topic, and the topic to both");
    return;
  }
  parts.webhook = output_of(l, l.to(edge), "url", edge.span);
}

}  // namespace virga::aliyun
