// network shop { nat = true }
//   → ECS::VPC, an ECS::VSwitch for each zone, ECS::SecurityGroup for the members; with `nat` another VSwitch with a
//     VPC::NatGateway, VPC::EIP, VPC::EIPAssociation and VPC::SnatEntry for all of them.
// function sync { network = shop }
//   → VpcConfig, and a role that may make network interfaces
#include "backends/aliyun/lower/network.h"

#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"
#include "compiler/cloud/address_range.h"

#include <fmt/format.h>

namespace virga::aliyun {
namespace {

/// A network is cut into sixteen parts, so that another zone or a gateway later moves none of those that are there.
constexpr int kPartBits = 4;
constexpr std::uint32_t kFirstPublic = 8;

const Map* existing(const Lowering& l, const Node& network) { return l.of(network).map("existing"); }

std::uint32_t zones_of(const Lowering& l, const Node& network) {
  return static_cast<std::uint32_t>(l.of(network).number("zones").value_or(1));
}

Span span_of(const Lowering& l, const Node& node, std::string_view attribute) {
  const Value* value = l.of(node).find(attribute);
  return value != nullptr && value->span.known() ? value->span : node.span;
}

std::string switch_id(Lowering& l, const Node& network, std::uint32_t zone) {
  return l.id(network, fmt::format("Zone{}", zone + 1));
}

class Network {
 public:
  Network(Lowering& l, const Node& node) : l_(l), node_(node), a_(l.of(node)) {}

  void lower() {
    const std::optional<cloud::AddressRange> range = range_of();
    if (!range) return;
    cloud::Object p;
    p.set("VpcName", name("")).set("CidrBlock", cloud::to_text(*range)).set("Tags", tag_list(l_, &node_));
    l_.add(l_.id(node_, "Network"), "ALIYUN::ECS::VPC", std::move(p));
    for (std::uint32_t i = 0; i < zones_of(l_, node_); ++i) {
      add_switch(switch_id(l_, node_, i), fmt::format("zone{}", i + 1), zone(i), *range, i);
    }
    add_group();
    if (a_.flag("nat")) add_way_out(*range);
  }

  void add_group() {
    cloud::Object p;
    p.set("VpcId", vpc_id(l_, node_)).set("SecurityGroupName", name("")).set("SecurityGroupType", "normal");
    p.set("Tags", tag_list(l_, &node_));
    l_.add(l_.id(node_, "Group"), "ALIYUN::ECS::SecurityGroup", std::move(p));
  }

 private:
  std::optional<cloud::AddressRange> range_of() {
    const std::string text = a_.text("range");
    const std::optional<cloud::AddressRange> range = cloud::address_range(text);
    const catalog::Fact& part = catalog().fact("vpc.vswitch.mask");
    const int least = static_cast<int>(part.min) - kPartBits, most = static_cast<int>(part.max) - kPartBits;
    if (range && range->mask >= least && range->mask <= most) return range;
    auto reported = l_.sink().report(
        span_of(l_, node_, "range"), codes::NetworkRange, node_.name,
        text.empty() ? "known only at deployment"
        : !range     ? fmt::format("`{}`, which is no block of addresses", text)
                     : fmt::format("`{}`, whose sixteen parts would not be between /{} and /{}", text, part.min, part.max));
    if (range) reported.source(catalog::cite(part));
    reported.help(fmt::format("write one between /{} and /{}, such as `range = \"10.0.0.0/16\"`", least, most));
    return std::nullopt;
  }

  std::string name(std::string_view part) const {
    return plain_name(l_, "ALIYUN::ECS::VPC", "VpcName",
                      part.empty() ? node_.identity() : fmt::format("{}.{}", node_.identity(), part));
  }

  cloud::Value zone(std::uint32_t index) { return zone_of(l_, node_, index); }

  void add_switch(const std::string& id, std::string_view part, cloud::Value in_zone, const cloud::AddressRange& range,
                  std::uint32_t index) {
    cloud::Object p;
    p.set("VpcId", vpc_id(l_, node_)).set("ZoneId", std::move(in_zone));
    p.set("CidrBlock", cloud::to_text(cloud::part_of(range, kPartBits, index))).set("VSwitchName", name(part));
    p.set("Tags", tag_list(l_, &node_));
    l_.add(id, "ALIYUN::ECS::VSwitch", std::move(p));
  }

  /// One gateway for all zones: each of them costs, and a network that must outlive its zone exists already.
  void add_way_out(const cloud::AddressRange& range) {
    const std::string facing = l_.id(node_, "Public1"), nat = l_.id(node_, "Nat"), address = l_.id(node_, "NatAddress");
    const std::string binding = l_.id(node_, "NatBinding");
    add_switch(facing, "public1", zone(0), range, kFirstPublic);
    cloud::Object gateway;
    gateway.set("VpcId", vpc_id(l_, node_))
        .set("VSwitchId", cloud::GetAtt{facing, "VSwitchId"})
        .set("NatGatewayName", name("nat"));
    gateway.set("NatType", "Enhanced").set("NetworkType", "internet");
    gateway.set("InstanceChargeType", "PostPaid").set("InternetChargeType", "PayByLcu");
    gateway.set("Tags", tag_list(l_, &node_));
    l_.add(nat, "ALIYUN::VPC::NatGateway", std::move(gateway));
    cloud::Object eip;
    eip.set("Name", name("nat")).set("InstanceChargeType", "PostPaid").set("InternetChargeType", "PayByTraffic");
    eip.set("Bandwidth", to_value(l_, *a_.find("nat_bandwidth"))).set("Tags", tag_list(l_, &node_));
    l_.add(address, "ALIYUN::VPC::EIP", std::move(eip));
    cloud::Object bound;
    bound.set("AllocationId", cloud::GetAtt{address, "AllocationId"}).set("InstanceId", cloud::GetAtt{nat, "NatGatewayId"});
    l_.add(binding, "ALIYUN::VPC::EIPAssociation", std::move(bound));
    cloud::Object snat;
    snat.set("SnatTableId", cloud::GetAtt{nat, "SNatTableId"}).set("SnatIp", cloud::GetAtt{address, "EipAddress"});
    snat.set("SourceVSwitchIds", member_switches(l_, node_)).set("SnatEntryName", name("nat"));
    l_.add(l_.id(node_, "Snat"), "ALIYUN::VPC::SnatEntry", std::move(snat)).depends_on = {binding};
  }

  Lowering& l_;
  const Node& node_;
  const Attributes& a_;
};

}  // namespace

const Node* network_of(const Lowering& l, const Node& member) {
  const std::optional<NodeId> network = l.of(member).node("network");
  return network ? &l.architecture().node(*network) : nullptr;
}

cloud::Value vpc_id(Lowering& l, const Node& network) {
  if (const Map* given = existing(l, network)) return to_value(l, *given->find("id"));
  return cloud::GetAtt{l.id(network, "Network"), "VpcId"};
}

cloud::Values member_switches(Lowering& l, const Node& network) {
  cloud::Values all;
  if (const Map* given = existing(l, network)) {
    const Value* parts = given->find("parts");
    const Values* items = parts == nullptr ? nullptr : parts->get<Values>();
    for (const Value& item : items == nullptr ? Values{} : *items) all.push_back(to_value(l, item));
    return all;
  }
  for (std::uint32_t i = 0; i < zones_of(l, network); ++i)
    all.emplace_back(cloud::GetAtt{switch_id(l, network, i), "VSwitchId"});
  return all;
}

cloud::Value member_group(Lowering& l, const Node& network) {
  return cloud::GetAtt{l.id(network, "Group"), "SecurityGroupId"};
}

/// Not every zone has every service, and which have is known to nobody but the account: it is asked for.
cloud::Value zone_of(Lowering& l, const Node& network, std::uint32_t index) {
  const Values* given = l.of(network).list("zone_ids");
  if (given != nullptr && index < given->size()) return to_value(l, (*given)[index]);
  cloud::StackParameter parameter;
  parameter.name = fmt::format("{}Zone{}Id", cloud::logical_id(network.identity()), index + 1);
  parameter.description = fmt::format(
      "The zone for part {} of the network `{}`, such as cn-hangzhou-h: one that has what stands in the network.", index + 1,
      network.name);
  parameter.min_length = 1;
  return l.own_parameter(std::move(parameter));
}

cloud::Value address_range_of(Lowering& l, const Node& network) {
  if (existing(l, network) == nullptr) return to_value(l, *l.of(network).find("range"));
  cloud::StackParameter parameter;
  parameter.name = cloud::logical_id(network.identity()) + "Range";
  parameter.description = fmt::format("The addresses of the network `{}`, such as 10.0.0.0/16.", network.name);
  parameter.min_length = 1;
  return l.own_parameter(std::move(parameter));
}

bool network_stands(Lowering& l, const Node& member, const Node& network) {
  if (l.stands_here(network)) return true;
  l.sink()
      .report(span_of(l, member, "network"), codes::NetworkRegion, member.name, network.name)
      .label(network.span, "stands at home alone")
      .help(fmt::format("say `placement = every` in `{}`", network.name));
  return false;
}

bool meets_in_network(Lowering& l, const Edge& edge) {
  const Node& member = l.from(edge);
  const Node& target = l.to(edge);
  const Node* network = network_of(l, target);
  if (network != nullptr && network_of(l, member) == network && l.stands_here(target)) return true;
  l.sink()
      .report(edge.span, codes::MemberNetwork, member.name, target.name)
      .label(span_of(l, target, "network"), "it stands here")
      .help(l.stands_here(target)
                ? fmt::format("say `network = {}` in `{}`", network == nullptr ? "…" : network->name, member.name)
                : fmt::format("say `placement = every` in `{}`, or `placement = home` in `{}`", target.name, member.name));
  return false;
}

void join_network(Lowering& l, const Node& function, std::vector<Statement>& statements, cloud::Object& p) {
  const AttributeValue* internet = l.of(function).entry("internet_access");
  const bool said = internet != nullptr && internet->origin != Origin::fallback;
  const Node* network = network_of(l, function);
  if (network == nullptr) {
    p.set("InternetAccess", l.of(function).flag("internet_access", true));
    return;
  }
  if (!network_stands(l, function, *network)) return;
  const bool by_nat = l.of(*network).flag("nat") && existing(l, *network) == nullptr;
  if (!said && by_nat) {
    p.set("InternetAccess", false);
  } else {
    p.set("InternetAccess", l.of(function).flag("internet_access", true));
    if (!said)
      l.changes(
          "Function Compute lets it out to the Internet beside its network, unless `on aliyun { internet_access = false }`");
  }
  p.set("VpcConfig", cloud::object({{"VpcId", vpc_id(l, *network)},
                                    {"VSwitchIds", member_switches(l, *network)},
                                    {"SecurityGroupId", member_group(l, *network)}}));
  // None of these actions knows single resources: the interfaces do not exist yet.
  statements.push_back(
      {{"vpc:DescribeVSwitchAttributes", "vpc:DescribeVpcAttribute", "ecs:CreateNetworkInterface",
        "ecs:DeleteNetworkInterface", "ecs:DescribeNetworkInterfaces", "ecs:CreateNetworkInterfacePermission",
        "ecs:DescribeNetworkInterfacePermissions", "ecs:DeleteNetworkInterfacePermission"},
       {"*"}});
}

void lower_network(Lowering& l, const Node& node) {
  Network network(l, node);
  if (existing(l, node) != nullptr) network.add_group();
  else network.lower();
}

}  // namespace virga::aliyun
