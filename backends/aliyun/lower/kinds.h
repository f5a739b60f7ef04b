// One function per kind that a node becomes; each stands in the file of its name.
#pragma once

#include "backends/aliyun/lower/lowering.h"

namespace virga::aliyun {

void lower_function(Lowering& l, const Node& node);
void lower_authorizer(Lowering& l, const Node& node);
void lower_layer(Lowering& l, const Node& node);
/// The layers of a function as Function Compute lays them over one another; what does not fit is reported.
[[nodiscard]] cloud::Values layers_of(Lowering& l, const Node& function);
/// The ARN of the layer's version that this stack makes.
[[nodiscard]] cloud::Value layer_arn(Lowering& l, const Node& layer);
void lower_existing_key(Lowering& l, const Node& node);
void lower_key(Lowering& l, const Node& node);
void lower_cache(Lowering& l, const Node& node);
void lower_database(Lowering& l, const Node& node);
void lower_service(Lowering& l, const Node& node);
void lower_files(Lowering& l, const Node& node);
void lower_network(Lowering& l, const Node& node);
void lower_queue(Lowering& l, const Node& node);
void lower_topic(Lowering& l, const Node& node);
void lower_bus(Lowering& l, const Node& node);
void lower_event_bus(Lowering& l, const Node& node);
/// The account's own one; ROS makes no other, and Terraform does.
bool is_default_bus(const Lowering& l, const Node& node);
void lower_delivery(Lowering& l, const Node& node);
void lower_pipe(Lowering& l, const Node& node);
void lower_stream(Lowering& l, const Node& node);
void lower_site(Lowering& l, const Node& node);
void lower_schedule(Lowering& l, const Node& node);
void lower_bucket(Lowering& l, const Node& node);
void lower_table(Lowering& l, const Node& node);
void lower_secret(Lowering& l, const Node& node);
void lower_config(Lowering& l, const Node& node);
void lower_log(Lowering& l, const Node& node);
void lower_workflow(Lowering& l, const Node& node);
void lower_alarm(Lowering& l, const Node& node);
void lower_external(Lowering& l, const Node& node);
void lower_raw(Lowering& l, const Node& node);

}  // namespace virga::aliyun
