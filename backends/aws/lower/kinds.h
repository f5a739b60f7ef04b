// Each kind as resources; one file per kind.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

void lower_function(Lowering&, const Node&, cloud::Decision&);
/// A function that Lambda would stop too early, as a build of CodeBuild.
void lower_build(Lowering&, const Node&, cloud::Decision&);
/// The address of its own; part of `lower_function`.
void lower_function_http(Lowering&, const Node&);
/// What cannot be asked of versions together; part of `lower_function`.
void check_versions(Lowering&, const Node&);
/// Versions, the alias and what is kept warm. In the end, because a version's id carries a hash of all of the function.
void publish_versions(Lowering&);
void lower_http_api(Lowering&, const Node&, cloud::Decision&);
void lower_rest_api(Lowering&, const Node&, cloud::Decision&);
void lower_websocket(Lowering&, const Node&, cloud::Decision&);
void lower_authorizer(Lowering&, const Node&, cloud::Decision&);
void lower_existing_key(Lowering&, const Node&, cloud::Decision&);
void lower_key(Lowering&, const Node&, cloud::Decision&);
void lower_layer(Lowering&, const Node&, cloud::Decision&);
/// The layers of a function, in the order in which AWS lays them over one another; what does not fit is reported.
[[nodiscard]] cloud::Values layers_of(Lowering&, const Node& function);
void lower_cache_nodes(Lowering&, const Node&, cloud::Decision&);
void lower_serverless_cache(Lowering&, const Node&, cloud::Decision&);
void lower_rds_instance(Lowering&, const Node&, cloud::Decision&);
void lower_aurora(Lowering&, const Node&, cloud::Decision&);
void lower_files(Lowering&, const Node&, cloud::Decision&);
void lower_network(Lowering&, const Node&, cloud::Decision&);
void lower_queue(Lowering&, const Node&, cloud::Decision&);
void lower_topic(Lowering&, const Node&, cloud::Decision&);
void lower_default_bus(Lowering&, const Node&, cloud::Decision&);
void lower_event_bus(Lowering&, const Node&, cloud::Decision&);
void lower_delivery(Lowering&, const Node&, cloud::Decision&);
void lower_pipe(Lowering&, const Node&, cloud::Decision&);
void lower_stream(Lowering&, const Node&, cloud::Decision&);
void lower_site(Lowering&, const Node&, cloud::Decision&);
void lower_service(Lowering&, const Node&, cloud::Decision&);
void lower_users(Lowering&, const Node&, cloud::Decision&);
void lower_schedule(Lowering&, const Node&, cloud::Decision&);
void lower_bucket(Lowering&, const Node&, cloud::Decision&);
void lower_table(Lowering&, const Node&, cloud::Decision&);
void lower_given_secret(Lowering&, const Node&, cloud::Decision&);
void lower_generated_secret(Lowering&, const Node&, cloud::Decision&);
void lower_config(Lowering&, const Node&, cloud::Decision&);
void lower_log(Lowering&, const Node&, cloud::Decision&);
void lower_workflow(Lowering&, const Node&, cloud::Decision&);
void lower_alarm(Lowering&, const Node&, cloud::Decision&);
void lower_external(Lowering&, const Node&, cloud::Decision&);
void lower_raw(Lowering&, const Node&, cloud::Decision&);

/// Days for which CloudWatch can keep a log: the next longer ones that it knows. Says so in `decision` when they differ.
[[nodiscard]] cloud::Value retention_days(Lowering&, const Node&, std::string_view attribute, cloud::Decision& decision);
/// A log group with this name; `suffix` tells it apart from the node's other resources.
cloud::Resource& add_log_group(Lowering&, const Node&, std::string_view suffix, std::string name, cloud::Value days);

}  // namespace virga::aws
