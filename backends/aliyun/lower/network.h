// Networks, and what stands in them.
#pragma once

#include "backends/aliyun/lower/lowering.h"

namespace virga::aliyun {

/// The network that a node names as its own; null when it stands in none.
[[nodiscard]] const Node* network_of(const Lowering& l, const Node& member);
[[nodiscard]] cloud::Value vpc_id(Lowering& l, const Node& network);
/// The vSwitches that members stand in, one for each zone.
[[nodiscard]] cloud::Values member_switches(Lowering& l, const Node& network);
/// The security group that the members share.
[[nodiscard]] cloud::Value member_group(Lowering& l, const Node& network);
/// The function's network as its properties say it, and what its role may do there. Nothing when it stands in none.
void join_network(Lowering& l, const Node& function, std::vector<Statement>& statements, cloud::Object& properties);

}  // namespace virga::aliyun
