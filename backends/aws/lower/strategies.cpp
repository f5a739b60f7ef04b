#include "backends/aws/lower/strategies.h"

#include "backends/aws/lower/build.h"
#include "backends/aws/lower/cache.h"
#include "backends/aws/lower/database.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/gateway.h"
#include "backends/aws/lower/intake.h"
#include "backends/aws/lower/kinds.h"

namespace virga::aws {
namespace {

bool always(const Lowering&, const Node&) { return true; }
bool always_edge(Lowering&, const Edge&) { return true; }

bool takes(Lowering& lowering, const Edge& edge, Intake::Way way) {
  const Intake* intake = lowering.intake(edge);
  return intake != nullptr && intake->way == way;
}

/// In the order tried.
constexpr KindStrategy kKinds[] = {
    {"build_project", [](const Lowering& l, const Node& n) { return runs_as_build(l.architecture, n); }, "", lower_build},
    {"lambda_function", always, "", lower_function},
    {"layer_version", always, "", lower_layer},
    {"rest_api", needs_keys, "callers have keys, which an HTTP API does not know", lower_rest_api},
    {"http_api", always, "the cheaper and faster API, which fetches the keys of token issuers itself", lower_http_api},
    {"websocket_api", always, "", lower_websocket},
    {"jwt_authorizer", [](const Lowering& l, const Node& n) { return l.of(n).has("jwt"); }, "tokens of an issuer",
     lower_authorizer},
    {"users_authorizer", [](const Lowering& l, const Node& n) { return l.of(n).has("users"); }, "tokens of its own users",
     lower_authorizer},
    {"key_authorizer", hands_out_keys, "keys of a usage plan", lower_authorizer},
    {"function_authorizer", always, "a function decides", lower_authorizer},
    {"given_key", [](const Lowering& l, const Node& n) { return l.of(n).has("existing"); }, "it exists already",
     lower_existing_key},
    {"kms_key", always, "", lower_key},
    {"cache_nodes", has_machines, "one size is that of a machine", lower_cache_nodes},
    {"serverless_cache", always, "a range of sizes needs no machine", lower_serverless_cache},
    {"rds_instance", has_machine, "one size of memory is that of a machine", lower_rds_instance},
    {"aurora", always, "a range of memory needs no machine", lower_aurora},
    {"fargate", always, "", lower_service},
    {"cognito", always, "", lower_users},
    {"efs", always, "", lower_files},
    {"vpc", always, "", lower_network},
    {"sqs_queue", always, "", lower_queue},
    {"sns_topic", always, "", lower_topic},
    {"default_bus", [](const Lowering& l, const Node& n) { return l.of(n).flag("default"); }, "the account's own bus",
     lower_default_bus},
    {"event_bus", always, "", lower_event_bus},
    {"kinesis_stream", always, "", lower_stream},
    {"eventbridge_pipe", always, "", lower_pipe},
    {"firehose", always, "", lower_delivery},
    {"scheduler", always, "", lower_schedule},
    {"s3_bucket", always, "", lower_bucket},
    {"cloudfront", always, "", lower_site},
    {"dynamodb_table", always, "", lower_table},
    {"given_secret", [](const Lowering& l, const Node& n) { return l.of(n).has("value"); }, "the value is given",
     lower_given_secret},
    {"generated_secret", always, "no value is given: Secrets Manager makes one up", lower_generated_secret},
    {"ssm_parameter", always, "", lower_config},
    {"log_group", always, "", lower_log},
    {"express_machine", [](const Lowering& l, const Node& n) { return l.of(n).flag("express"); },
     "for many short executions", lower_workflow},
    {"standard_machine", always, "", lower_workflow},
    {"metric_alarm", always, "", lower_alarm},
    {"outside_address", always, "", lower_external},
    {"raw_resource", always, "", lower_raw},
};

constexpr EdgeStrategy kEdges[] = {
    {"invoke", always_edge, "", access_function},
    {"own_settings", [](Lowering& l, const Edge& e) { return takes(l, e, Intake::Way::own_settings); },
     "AWS Lambda's own retries and event age say the same", hand_over},
    {"state_machine_in_between", [](Lowering& l, const Edge& e) { return takes(l, e, Intake::Way::state_machine); }, "",
     hand_over},
    // Last: it takes what the others leave, also the edge whose impossibility was reported when the ways were planned.
    {"queue_in_between", always_edge, "", hand_over},
    {"send_message", always_edge, "", access_queue},
    {"take_messages", always_edge, "", access_messages},
    {"publish_message", always_edge, "", access_topic},
    {"object_access", always_edge, "", access_objects},
    {"row_access", always_edge, "", access_rows},
    {"read_secret", always_edge, "", access_secret},
    {"read_setting", always_edge, "", access_setting},
    {"write_log", always_edge, "", access_log},
    {"use_key", always_edge, "", access_key},
    {"use_cache", always_edge, "", access_cache},
    {"use_database", always_edge, "", access_database},
    {"call_service", always_edge, "", access_service},
    {"mount", always_edge, "", access_files},
    {"address", always_edge, "", access_address},
    {"destination", always_edge, "", tell_outcome},
    {"api_route", always_edge, "", route_to_function},
    {"api_private", always_edge, "", route_to_service},
    {"cache_behaviour", always_edge, "", route_of_site},
    {"api_proxy", always_edge, "", route_to_address},
    {"api_message", always_edge, "", route_to_queue},
    {"api_event", always_edge, "", route_to_state_machine},
    {"socket_answer", always_edge, "", socket_to_function},
    {"socket_event", [](Lowering& l, const Edge& e) { return takes(l, e, Intake::Way::own_settings); },
     "AWS Lambda's own retries and event age say the same", socket_event},
    {"socket_event_in_between", always_edge, "", socket_event},
    {"socket_message", always_edge, "", socket_to_queue},
    {"socket_execution", always_edge, "", socket_to_workflow},
    {"socket_proxy", always_edge, "", socket_to_address},
    {"connections", always_edge, "", access_websocket},
    {"authorizer_function", always_edge, "", authorize_by_function},
    {"event_source_mapping", always_edge, "", deliver_messages},
    {"redrive", always_edge, "", redrive},
    {"dead_letter_reader", always_edge, "", read_dead_letters},
    {"topic_to_function", always_edge, "", subscribe_function},
    {"topic_to_queue", always_edge, "", subscribe_queue},
    {"topic_to_address", always_edge, "", subscribe_address},
    {"put_events", always_edge, "", access_bus},
    {"rule_to_function", always_edge, "", rule_to_function},
    {"rule_to_queue", always_edge, "", rule_to_queue},
    {"rule_to_topic", always_edge, "", rule_to_topic},
    {"rule_to_bus", always_edge, "", rule_to_bus},
    {"rule_to_stream", always_edge, "", rule_to_stream},
    {"rule_to_address", always_edge, "", rule_to_address},
    {"rule_to_workflow", always_edge, "", rule_to_workflow},
    {"rule_to_log", always_edge, "", rule_to_log},
    {"rule_to_delivery", always_edge, "", rule_to_delivery},
    {"pipe_source", always_edge, "", read_into_pipe},
    {"pipe_enrichment", always_edge, "", ask_from_pipe},
    {"pipe_target", always_edge, "", hand_on_from_pipe},
    {"pipe_failure", always_edge, "", give_up_from_pipe},
    {"pipe", always_edge, "a pipe of Amazon EventBridge in between, since its source pushes nothing itself", forward},
    {"put_deliveries", always_edge, "", put_into_delivery},
    {"delivered_stream", always_edge, "", deliver_stream},
    {"delivered_log", always_edge, "", deliver_log},
    {"topic_to_delivery", always_edge, "", subscribe_delivery},
    {"delivered_objects", always_edge, "", deliver_objects},
    {"record_transform", always_edge, "", change_records},
    {"undelivered", always_edge, "", undelivered},
    {"put_records", always_edge, "", access_stream},
    {"kinesis_mapping", always_edge, "", read_stream},
    {"mapping_failure", always_edge, "", give_up_records},
    {"scheduled_function", always_edge, "", schedule_function},
    {"scheduled_message", always_edge, "", schedule_message},
    {"scheduled_publication", always_edge, "", schedule_publication},
    {"scheduled_event", always_edge, "", schedule_event},
    {"scheduled_record", always_edge, "", schedule_record},
    {"scheduled_address", always_edge, "the clock tells the account's own bus, and a rule there calls the address",
     schedule_address},
    {"schedule_failure", always_edge, "", give_up_strikes},
    {"notify_function", always_edge, "", notify_function},
    {"notify_queue", always_edge, "", notify_queue},
    {"notify_topic", always_edge, "", notify_topic},
    {"stream_mapping", always_edge, "", deliver_changes},
    {"log_subscription", always_edge, "", subscribe_to_log},
    {"log_to_stream", always_edge, "", subscribe_stream},
    {"step", always_edge, "", run_step},
    {"start_execution", always_edge, "", start_workflow},
    {"task_token", always_edge, "", call_back},
    {"scheduled_execution", always_edge, "", schedule_workflow},
    {"api_execution", always_edge, "", route_to_workflow},
    {"object_rule", always_edge, "S3 tells the default bus of EventBridge, and a rule starts an execution",
     object_to_workflow},
    {"alarm_rule", always_edge, "CloudWatch tells the default bus of EventBridge, and a rule starts an execution",
     alarm_to_workflow},
    {"api_publication", always_edge, "", route_to_bus},
    {"api_record", always_edge, "", route_to_stream},
    {"alarm_to_topic", always_edge, "", alarm_to_topic},
    {"alarm_to_function", always_edge, "", alarm_to_function},
    {"outside", always_edge, "", from_outside},
};

}  // namespace

std::span<const KindStrategy> kind_strategies() { return kKinds; }
std::span<const EdgeStrategy> edge_strategies() { return kEdges; }

}  // namespace virga::aws
