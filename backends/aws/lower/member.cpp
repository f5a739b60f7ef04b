// What stands in a network, and what it finds there.
#include "backends/aws/lower/network.h"

namespace virga::aws {

bool network_stands(Lowering& lowering, const Node& member, const Node& network) {
  if (lowering.stands(network)) return true;
  lowering.sink.report(lowering.where(member, "network"), codes::CrossRegion, member.name)
      .label(network.span, "stands at home alone")
      .help("say `placement = every` in `" + network.name + "`");
  return false;
}

const Node* meeting_network(Lowering& lowering, const Edge& edge) {
  const Node& member = lowering.from(edge);
  const Node& target = lowering.to(edge);
  const Node* network = network_of(lowering, target);
  if (network != nullptr && network_of(lowering, member) == network && lowering.stands(target)) return network;
  lowering.sink.report(edge.span, codes::MemberNetwork, member.name, target.name)
      .label(lowering.where(target, "network"), "it stands here")
      .help(lowering.stands(target)
                ? fmt::format("say `network = {}` in `{}`", network == nullptr ? "…" : network->name, member.name)
                : fmt::format("say `placement = every` in `{}`, or `placement = home` in `{}`", target.name, member.name));
  return nullptr;
}

bool in_zones_enough(Lowering& lowering, const Node& member, const Node& network) {
  const catalog::Fact& least = catalog().fact("rds.subnet_group.zones.min");
  const std::size_t zones = private_subnets(lowering, network).size();
  if (zones >= static_cast<std::size_t>(least.value)) return true;
  lowering.sink.report(member.span, codes::MemberZones, member.name, network.name, std::to_string(zones))
      .label(lowering.where(network, "zones"), "its zones")
      .source(catalog::cite(least))
      .help(fmt::format("say `zones = {}` in `{}`", least.value, network.name));
  return false;
}

bool has_way_out(const Lowering& lowering, const Node& network) {
  return lowering.of(network).flag("nat") || lowering.of(network).map("existing") != nullptr;
}

}  // namespace virga::aws
