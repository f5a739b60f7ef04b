#include "backends/aliyun/lower/event_rule.h"

#include "backends/aliyun/lower/names.h"

namespace virga::aliyun {

cloud::Object rule_parameter(std::string_view key, std::string_view form, cloud::Value value) {
  return cloud::object({{"ResourceKey", key}, {"Form", form}, {"Value", std::move(value)}});
}

cloud::Object message_target(bool topic, cloud::Value name, cloud::Value endpoint, bool raw) {
  cloud::Values parameters = {rule_parameter(topic ? "topic" : "queue", "CONSTANT", std::move(name)),
                              raw ? rule_parameter("Body", "JSONPATH", "$.data") : rule_parameter("Body", "ORIGINAL", ""),
                              rule_parameter("IsBase64Encode", "CONSTANT", "true")};
  cloud::Object target;
  target.set("Type", topic ? "acs.mns.topic" : "acs.mns.queue");
  target.set("Endpoint", std::move(endpoint));
  target.set("ParamList", std::move(parameters));
  return target;
}

cloud::Object message_target(Lowering& l, const Node& to, bool raw) {
  const bool topic = to.kind == "topic";
  return message_target(topic, name_of(l, to), topic ? topic_arn(l, to) : queue_arn(l, to), raw);
}

std::string rule_name(const Lowering& l, const Edge& edge) {
  std::size_t before = 0;
  for (const Edge* other : l.architecture().edges_from(edge.from.node, edge.from.name)) {
    if (other->id < edge.id && other->to.node == edge.to.node) ++before;
  }
  return l.from(edge).identity() + "." + l.to(edge).identity() + (before == 0 ? "" : "." + std::to_string(before + 1));
}

void add_rule(Lowering& l, const Edge& edge, std::string_view name, cloud::Object pattern, cloud::Object target) {
  cloud::Object whole = cloud::object({{"Id", "1"}});
  for (cloud::Member& member : target.members) whole.set(std::move(member.key), std::move(member.value));
  whole.set("PushRetryStrategy", "EXPONENTIAL_DECAY_RETRY").set("ErrorsTolerance", "ALL");
  cloud::Object p;
  const Node& from = l.from(edge);
  p.set("EventBusName", from.kind == "bus" ? name_of(l, from) : cloud::Value("default"))
      .set("RuleName", plain_name(l, "ALIYUN::EventBridge::Rule", "RuleName", name));
  p.set("Status", "ENABLE").set("FilterPattern", std::move(pattern)).set("Targets", cloud::Values{std::move(whole)});
  l.add(l.id(edge, "Rule"), "ALIYUN::EventBridge::Rule", std::move(p));
}

}  // namespace virga::aliyun
