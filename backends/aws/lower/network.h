// Networks, and what stands in them.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// The network that a node names as its own; null when it stands in none.
[[nodiscard]] const Node* network_of(const Lowering&, const Node& member);
[[nodiscard]] cloud::Value vpc_id(Lowering&, const Node& network);
/// The parts without a way in from the Internet, one for each zone.
[[nodiscard]] cloud::Values private_subnets(Lowering&, const Node& network);
/// The parts that the Internet reaches, one for each zone. Of a network in which nothing is public, there are none.
[[nodiscard]] cloud::Values public_subnets(Lowering&, const Node& network);
/// The member's own security group, which lets it out and nobody in; made on first use.
[[nodiscard]] cloud::Value member_group(Lowering&, const Node& member, const Node& network);
/// The member at the source of the edge may open connections to `target` at `port`; both have groups of their own.
void let_in(Lowering&, const Edge& edge, const Node& target, const Node& network, std::int64_t port);
/// The network is part of this template, as a member of it must find it; says so when it is not.
[[nodiscard]] bool network_stands(Lowering&, const Node& member, const Node& network);
/// The network in which both ends of the edge stand, in this template; null when it was reported that there is none.
[[nodiscard]] const Node* meeting_network(Lowering&, const Edge&);
/// The network has parts in two zones at least, as load balancers and databases want it; says so when it has not.
[[nodiscard]] bool in_zones_enough(Lowering&, const Node& member, const Node& network);
/// Members reach what lies outside. Of a network that exists already nobody knows.
[[nodiscard]] bool has_way_out(const Lowering&, const Node& network);
/// Puts a function into its network: `VpcConfig`, and the permissions that Lambda takes its interfaces with.
void join_network(Lowering&, const Node& function, cloud::Object& properties);

}  // namespace virga::aws
