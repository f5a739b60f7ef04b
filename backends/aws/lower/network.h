// Networks, and what stands in them.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// The network that a node names as its own; null when it stands in none.
[[nodiscard]] const Node* network_of(const Lowering&, const Node& member);
[[nodiscard]] cloud::Value vpc_id(Lowering&, const Node& network);
/// The parts without a way in from the Internet, one for each zone.
[[nodiscard]] cloud::Values private_subnets(Lowering&, const Node& network);
/// The member's own security group, which lets it out and nobody in; made on first use.
[[nodiscard]] cloud::Value member_group(Lowering&, const Node& member, const Node& network);
/// The member at the source of the edge may open connections to `target` at `port`; both have groups of their own.
void let_in(Lowering&, const Edge& edge, const Node& target, const Node& network, std::int64_t port);
/// Puts a function into its network: `VpcConfig`, and the permissions that Lambda takes its interfaces with.
void join_network(Lowering&, const Node& function, cloud::Object& properties);

}  // namespace virga::aws
