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
/// The zone of one of them, which services that stand in it want by name.
[[nodiscard]] cloud::Value zone_of(Lowering& l, const Node& network, std::uint32_t index);
/// All addresses of the network; of one that exists already they are asked for.
[[nodiscard]] cloud::Value address_range_of(Lowering& l, const Node& network);
/// The network is part of this stack, as a member of it must find it; says so when it is not.
[[nodiscard]] bool network_stands(Lowering& l, const Node& member, const Node& network);
/// Both ends of the edge stand in one network, in this stack; says so when they do not.
[[nodiscard]] bool meets_in_network(Lowering& l, const Edge& edge);
/// The function's network as its properties say it, and what its role may do there. Nothing when it stands in none.
void join_network(Lowering& l, const Node& function, std::vector<Statement>& statements, cloud::Object& properties);

}  // namespace virga::aliyun
