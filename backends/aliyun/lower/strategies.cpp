#include "backends/aliyun/lower/strategies.h"

#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/gateway.h"
#include "backends/aliyun/lower/kinds.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aliyun {
namespace {

bool has_keys_to_hand_out(const Lowering& l, const Node& node) { return l.of(node).has("keys"); }
bool has_machine(const Lowering& l, const Node& node) {
  return l.of(node).has("class") || l.of(node).map("memory") == nullptr;
}
bool asks_for_versions(const Lowering& l, const Node& node) {
  return l.of(node).flag("versions") || l.of(node).has("canary");
}
bool asks_for_order(const Lowering& l, const Node& node) { return l.of(node).flag("fifo"); }
bool checks_tokens(const Lowering& l, const Node& node) { return !l.of(node).has("keys"); }

constexpr KindStrategy kKinds[] = {
    {"fc3_function_alias", asks_for_versions, "callers reach a version through the alias", lower_function},
    {"fc3_function", nullptr, "", lower_function},
    {"fc3_layer", nullptr, "", lower_layer},
    {"fc_custom_domain", fits_custom_domain, "a domain with plain routes to functions needs no gateway in between",
     realise_custom_domain},
    {"api_gateway", nullptr, "its routes need what a custom domain has not, or it has no domain", realise_api_group},
    {"inline_keys", checks_tokens, "tokens are checked against keys that stand in the template", lower_authorizer},
    {"app_codes", has_keys_to_hand_out, "each caller becomes an app with a code of its own", lower_authorizer},
    {"given_key", [](const Lowering& l, const Node& node) { return l.of(node).has("existing"); }, "it exists already",
     lower_existing_key},
    {"kms_key", nullptr, "", lower_key},
    {"redis_instance", nullptr, "", lower_cache},
    {"rds_machine", has_machine, "one size of memory is that of a machine", lower_database},
    {"rds_serverless", nullptr, "a range of memory needs no machine", lower_database},
    {"kept_container", nullptr, "", lower_service},
    {"nas", nullptr, "", lower_files},
    {"vpc", nullptr, "", lower_network},
    {"smq_fifo_queue", asks_for_order, "", lower_queue},
    {"smq_queue", nullptr, "", lower_queue},
    {"smq_fifo_topic", asks_for_order, "", lower_topic},
    {"smq_topic", nullptr, "", lower_topic},
    {"default_bus", is_default_bus, "", lower_bus},
    {"event_bus", nullptr, "", lower_event_bus},
    {"stream_logstore", nullptr,
     "Simple Log Service keeps records in order and costs nothing while it is idle, where an instance of Kafka is paid by "
     "the hour",
     lower_stream},
    {"trigger", nullptr, "it is a trigger of the function that it leads to", lower_pipe},
    {"oss_export", nullptr, "jobs of Simple Log Service write the objects", lower_delivery},
    {"timer_trigger", nullptr, "", lower_schedule},
    {"oss_bucket", nullptr, "", lower_bucket},
    {"cdn_domain", nullptr, "", lower_site},
    {"ots_table", nullptr, "", lower_table},
    {"oos_secret_parameter", nullptr, "it costs nothing, where a secret of KMS needs an instance that is paid by the month",
     lower_secret},
    {"oos_parameter", nullptr, "", lower_config},
    {"sls_logstore", nullptr, "", lower_log},
    {"cloudflow", nullptr, "", lower_workflow},
    {"metric_rule", nullptr, "a metric rule of CloudMonitor watches the number", lower_alarm},
    {"address", nullptr, "", lower_external},
    {"raw", nullptr, "", lower_raw},
};

constexpr EdgeStrategy kEdges[] = {
    {"invoke", "", invoke},
    {"invoke_async", "", invoke_async, wants_the_functions_own},
    {"own_copy", "a second function of the same code stands for it: ROS knows one setting for all callers of a function",
     invoke_own_copy},
    {"pass_address", "", pass_address},
    {"outside_caller", "", outside_caller},
    {"destination", "", destination},
    {"send", "", send},
    {"take", "", take},
    {"publish", "", publish},
    {"read_objects", "", read_objects},
    {"write_objects", "", write_objects},
    {"read_rows", "", read_rows},
    {"write_rows", "", write_rows},
    {"read_secret", "", read_secret},
    {"read_config", "", read_config},
    {"write_log", "", write_log},
    {"use_key", "", use_key},
    {"use_cache", "", use_cache},
    {"use_database", "", use_database},
    {"call_service", "", call_service},
    {"route_to_service", "", route_to_service},
    {"mount", "", mount_files},
    {"route_to_function", "", route_to_function},
    {"route_async", "the gateway adds the header that asks for an asynchronous invocation", route_async},
    {"route_to_address", "", route_to_address},
    {"queue_trigger",
     "an EventBridge stream reads the queue and invokes the function, in an account that has the service-linked role "
     "AliyunServiceRoleForEventBridgeSourceMNS",
     queue_trigger},
    {"dead_letters", "", dead_letters},
    {"topic_trigger", "", topic_trigger},
    {"subscription", "", subscription},
    {"rule_trigger", "", rule_trigger, hears_the_default_bus},
    {"rule_through_topic",
     "a rule of the bus tells a topic, whose trigger starts the function, in an account that has the service-linked role "
     "AliyunServiceRoleForEventBridgeSendToMNS",
     rule_through_topic},
    {"rule_to_messages",
     "a rule of the bus, in an account that has the service-linked role AliyunServiceRoleForEventBridgeSendToMNS",
     rule_to_messages},
    {"rule_to_address", "the address asks for nothing but a POST", rule_to_address, needs_no_destination},
    {"rule_to_destination", "the address asks for credentials, headers or another method", rule_to_destination},
    {"rule_to_records", "", rule_to_records},
    {"pipe_trigger", "a trigger of the function behind the pipe", trigger_through_pipe},
    {"pipe_function", "a trigger of the function", trigger_of_pipe},
    {"put_deliveries", "", put_into_delivery},
    {"export", "", export_records},
    {"delivered_objects", "", deliver_objects},
    {"undelivered", "", undelivered},
    {"put_events", "", put_events},
    {"put_records", "", put_records},
    {"stream_trigger", "", stream_trigger},
    {"timer", "", timer},
    {"object_trigger", "", object_trigger},
    {"object_rule",
     "OSS tells the default event bus of every object, and a rule passes it on, in an account that has the service-linked "
     "role AliyunServiceRoleForEventBridgeSendToMNS",
     object_rule},
    {"row_trigger", "", row_trigger},
    {"log_trigger", "", log_trigger},
    {"step", "", run_step},
    {"start_execution", "", start_workflow},
    {"task_token", "", call_back},
    {"flow_schedule", "", schedule_workflow},
    {"rule_to_flow", "", rule_to_flow},
    {"object_rule_to_flow", "OSS tells the default event bus of every object, and a rule starts an execution",
     object_rule_to_flow},
    {"alarm_target", "", alarm_target},
    {"alarm_through_topic",
     "the metric rule tells a topic, whose trigger starts the function, in an account that has let CloudMonitor write to "
     "topics",
     alarm_through_topic},
    {"alarm_webhook", "", alarm_webhook},
};

template <class Strategies>
auto find_in(const Strategies& all, std::string_view name) -> decltype(&all[0]) {
  const auto* found = std::find_if(std::begin(all), std::end(all), [&](const auto& s) { return s.name == name; });
  return found == std::end(all) ? nullptr : found;
}

}  // namespace

std::span<const KindStrategy> kind_strategies() { return kKinds; }
std::span<const EdgeStrategy> edge_strategies() { return kEdges; }
const KindStrategy* find_kind_strategy(std::string_view name) { return find_in(kKinds, name); }
const EdgeStrategy* find_edge_strategy(std::string_view name) { return find_in(kEdges, name); }

const EdgeStrategy* strategy_of(const Lowering& l, const Edge& edge, const catalog::EdgeRow& row) {
  for (const std::string_view name : row.strategies) {
    const EdgeStrategy* strategy = find_edge_strategy(name);
    if (strategy->when == nullptr || strategy->when(l, edge)) return strategy;
  }
  return find_edge_strategy(row.strategies.back());
}

const KindStrategy* strategy_of(const Lowering& l, const Node& node) {
  const catalog::KindRow* row = catalog().kind(node.raw() ? "resource" : node.kind, l.request().format);
  if (row == nullptr) return nullptr;
  for (const std::string_view name : row->strategies) {
    const KindStrategy* strategy = find_kind_strategy(name);
    if (strategy->when == nullptr || strategy->when(l, node)) return strategy;
  }
  return nullptr;
}

std::string format_title(const Lowering& l) {
  for (const cloud::Format* format : backend().formats())
    if (format->name() == l.request().format) return std::string(format->title());
  return std::string(l.request().format);
}

std::string targets_with(std::string_view kind, std::string_view strategy) {
  std::vector<std::string> names;
  for (const cloud::Format* format : backend().formats()) {
    const catalog::KindRow* row = catalog().kind(kind, format->name());
    if (row != nullptr && std::find(row->strategies.begin(), row->strategies.end(), strategy) != row->strategies.end())
      names.push_back(fmt::format("`{}.{}`", catalog().cloud, format->name()));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace virga::aliyun
