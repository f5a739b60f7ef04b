// cloud ~> ship { where = { source = "acs.ecs" } }   an EventBridge trigger of the account's own bus
// news ~> count { where = { source = "shop" } }      of another bus, which no trigger hears:
//   → EventBridge::Rule NewsToCountRule, MNS::Topic NewsToCountTopic, FC3::Trigger NewsToCountTrigger of that topic
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/event_rule.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "compiler/cloud/json_text.h"

#include <fmt/format.h>

namespace virga::aliyun {

bool hears_the_default_bus(const Lowering& l, const Edge& edge) { return is_default_bus(l, l.from(edge)); }

void rule_trigger(Lowering& l, const Edge& edge) {
  const bool here = same_region(l, edge);
  check_trigger_timeout(l, edge, "fc3.trigger.eb.invoke.timeout.max", "a trigger of EventBridge");
  const std::optional<cloud::Object> pattern = pattern_of(l, edge);
  if (!here || !pattern) return;
  const Node& bus = l.from(edge);
  // The event is handed over; what the code makes of it is the matter of the function's own retries, as on other clouds.
  cloud::Object options;
  options.set("mode", "event-driven").set("errorsTolerance", "ALL");
  options.set("retryStrategy", cloud::object({{"PushRetryStrategy", "EXPONENTIAL_DECAY_RETRY"}}));
  if (const auto dead = dead_letters_of(l, bus)) options.set("deadLetterQueue", *dead);
  cloud::Object config;
  config.set("triggerEnable", true).set("asyncInvocationType", true);
  config.set("eventRuleFilterPattern", cloud::json_text(*pattern));
  config.set("eventSourceConfig", cloud::object({{"eventSourceType", "Default"}}));
  const char* schema = l.of(edge).flag("raw") ? "RawData" : "CloudEvents";
  config.set("eventSinkConfig", cloud::object({{"deliveryOption", cloud::object({{"eventSchema", schema}})}}));
  config.set("runOptions", std::move(options));
  l.function(edge.to.node).handed_events = true;
  add_trigger(l, l.id(edge, "Trigger"), l.to(edge),
              {"eventbridge", bus.identity(), std::move(config), std::nullopt, std::nullopt});
}

/// A rule's own target names a function by its service, which one of Function Compute 3.0 has not. So a topic stands in
/// between, one for each edge, because the rule is what sorts the events.
void rule_through_topic(Lowering& l, const Edge& edge) {
  const bool here = same_region(l, edge);
  const std::optional<cloud::Object> pattern = pattern_of(l, edge);
  if (!here || !pattern) return;
  const Node& bus = l.from(edge);
  const Node& function = l.to(edge);
  const std::string id = l.id(edge, "Topic"), name = rule_name(l, edge);
  const std::int64_t size = Lowering::most("smq.message.size.range");
  cloud::Object p;
  p.set("TopicName", plain_name(l, "ALIYUN::MNS::Topic", "TopicName", name)).set("MaximumMessageSize", size);
  p.set("LoggingEnabled", false).set("Tags", tag_list(l, &bus));
  l.add(id, "ALIYUN::MNS::Topic", std::move(p));
  const cloud::Value topic = cloud::GetAtt{id, "TopicName"};
  const cloud::Value arn = cloud::concat({"acs:mns:", region_of(l, bus), ":", account(), ":/topics/", topic});

  cloud::Object target = message_target(true, topic, arn, l.of(edge).flag("raw"));
  if (const auto dead = dead_letters_of(l, bus)) {
    target.set("DeadLetterQueue", *dead);
    l.changes("`dead` gets what the topic in between does not take; what the function does not take within a day is lost");
  }
  add_rule(l, edge, name, *pattern, std::move(target));
  l.changes(fmt::format("an event of more than {} KB reaches no function", size / 1024));

  l.function(function.id).handed_events = true;
  cloud::Object config;
  config.set("notifyContentFormat", "JSON").set("notifyStrategy", "EXPONENTIAL_DECAY_RETRY");
  const cloud::Value role = l.invoker(bus, "mns.aliyuncs.com", function);
  add_trigger(l, l.id(edge, "Trigger"), function, {"mns_topic", name, std::move(config), arn, role});
}

}  // namespace virga::aliyun
