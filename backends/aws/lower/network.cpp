// network shop { nat = true }
//   → AWS::EC2::VPC                Shop
//     AWS::EC2::Subnet             ShopZone1 …            a private part for each zone, with its route table
//     AWS::EC2::SubnetRouteTableAssociation, RouteTable   ShopZone1Routes …
//     AWS::EC2::Subnet             ShopPublic1 …          parts that face the Internet: one with `nat`, one for each zone
//                                                         where a service is `public`
//     AWS::EC2::InternetGateway, Route                    with one of both; EIP, NatGateway with `nat`
//     AWS::EC2::VPCEndpoint        ShopToS3, ShopToDynamoDB   free ways to buckets and tables that members use
// function sync { network = shop }
//   → AWS::EC2::SecurityGroup      SyncGroup              what others let in when they let in `sync`
#include "backends/aws/lower/network.h"

#include "backends/aws/lower/address.h"
#include "backends/aws/lower/kinds.h"
#include "compiler/cloud/address_range.h"

#include <algorithm>

namespace virga::aws {
namespace {

/// A network is cut into sixteen parts, so that another zone or a gateway later moves none of those that are there.
constexpr int kPartBits = 4;
constexpr std::uint32_t kFirstPublic = 8;

cloud::Value zone(std::uint32_t index) {
  const cloud::Value all = Box<cloud::Call>(cloud::Call{"Fn::GetAZs", ""});
  return Box<cloud::Call>(cloud::Call{"Fn::Select", cloud::Values{std::int64_t{index}, all}});
}

const Map* existing(const Lowering& lowering, const Node& network) { return lowering.of(network).map("existing"); }

cloud::Values given_parts(Lowering& lowering, const Map& given, std::string_view which) {
  cloud::Values all;
  const Value* parts = given.find(which);
  const Values* items = parts == nullptr ? nullptr : parts->get<Values>();
  for (const Value& item : items == nullptr ? Values{} : *items) all.push_back(lowering.value(item));
  return all;
}

/// Something in it is reached from the Internet.
bool has_doors(const Lowering& lowering, const Node& network) {
  return std::any_of(lowering.architecture.nodes.begin(), lowering.architecture.nodes.end(), [&](const Node& node) {
    return lowering.of(node).flag("public") && network_of(lowering, node) == &network && lowering.stands(node);
  });
}

std::optional<cloud::AddressRange> range_of(Lowering& lowering, const Node& network) {
  const std::string text = lowering.of(network).text("range");
  const std::optional<cloud::AddressRange> range = cloud::address_range(text);
  const catalog::Fact& whole = catalog().fact("vpc.range.mask");
  const catalog::Fact& part = catalog().fact("vpc.subnet.mask");
  const int least = static_cast<int>(std::max(whole.min, part.min - kPartBits));
  const int most = static_cast<int>(std::min(whole.max, part.max - kPartBits));
  if (range && range->mask >= least && range->mask <= most) return range;
  auto reported = lowering.sink.report(
      lowering.where(network, "range"), codes::NetworkRange, network.name,
      text.empty() ? "known only at deployment"
      : !range     ? fmt::format("`{}`, which is no block of addresses", text)
                   : fmt::format("`{}`, whose sixteen parts would not be between /{} and /{}", text, part.min, part.max));
  if (range) reported.source(catalog::cite(part));
  reported.help(fmt::format("write one between /{} and /{}, such as `range = \"10.0.0.0/16\"`", least, most));
  return std::nullopt;
}

class Network {
 public:
  Network(Lowering& lowering, const Node& node) : lowering_(lowering), node_(node) {}

  void lower() {
    const std::optional<cloud::AddressRange> range = range_of(lowering_, node_);
    if (!range) return;
    lowering_.add(node_, vpc(), "AWS::EC2::VPC",
                  cloud::object({{"CidrBlock", cloud::to_text(*range)},
                                 {"EnableDnsHostnames", true},
                                 {"EnableDnsSupport", true},
                                 {"Tags", tags("")}}));
    const auto zones = static_cast<std::uint32_t>(lowering_.of(node_).number("zones").value_or(1));
    for (std::uint32_t i = 0; i < zones; ++i) add_part(part("Zone", i), *range, i, i);
    const bool nat = lowering_.of(node_).flag("nat"), doors = has_doors(lowering_, node_);
    if (nat || doors) add_way_in(*range, doors ? zones : 1);
    if (nat) add_way_out(zones);
    add_endpoint("ToS3", "s3", "bucket", zones);
    add_endpoint("ToDynamoDB", "dynamodb", "table", zones);
  }

 private:
  std::string vpc() { return lowering_.id(node_); }
  std::string part(std::string_view noun, std::uint32_t index) {
    return lowering_.id(node_, std::string(noun) + std::to_string(index + 1));
  }

  /// The console shows the tag `Name`, and these have no name of their own.
  cloud::Values tags(std::string_view what) {
    cloud::Values all = lowering_.tags(node_);
    const App& app = lowering_.architecture.app;
    const std::string name = app.name + "-" + app.stage + "-" + node_.name + std::string(what);
    all.insert(all.begin(), cloud::object({{"Key", "Name"}, {"Value", name}}));
    return all;
  }

  /// A part with a route table of its own.
  void add_part(const std::string& id, const cloud::AddressRange& range, std::uint32_t in_zone, std::uint32_t index) {
    const std::string routes = id + "Routes";
    const std::string name = "-" + id.substr(vpc().size());
    lowering_.add(node_, id, "AWS::EC2::Subnet",
                  cloud::object({{"VpcId", cloud::Ref{vpc()}},
                                 {"CidrBlock", cloud::to_text(cloud::part_of(range, kPartBits, index))},
                                 {"AvailabilityZone", zone(in_zone)},
                                 {"MapPublicIpOnLaunch", false},
                                 {"Tags", tags(name)}}));
    lowering_.add(node_, routes, "AWS::EC2::RouteTable",
                  cloud::object({{"VpcId", cloud::Ref{vpc()}}, {"Tags", tags(name)}}));
    lowering_.add(node_, id + "Routing", "AWS::EC2::SubnetRouteTableAssociation",
                  cloud::object({{"SubnetId", cloud::Ref{id}}, {"RouteTableId", cloud::Ref{routes}}}));
  }

  void add_route(const std::string& from, const char* to, const std::string& gateway) {
    cloud::Object route = cloud::object(
        {{"RouteTableId", cloud::Ref{from + "Routes"}}, {"DestinationCidrBlock", "0.0.0.0/0"}, {to, cloud::Ref{gateway}}});
    cloud::Resource& made = lowering_.add(node_, from + "WayOut", "AWS::EC2::Route", std::move(route));
    if (std::string_view(to) == "GatewayId") made.depends_on.push_back(lowering_.id(node_, "InternetAttachment"));
  }

  /// Parts that face the Internet, as load balancers and the NAT gateway want them.
  void add_way_in(const cloud::AddressRange& range, std::uint32_t zones) {
    const std::string internet = lowering_.id(node_, "Internet");
    lowering_.add(node_, internet, "AWS::EC2::InternetGateway", cloud::object({{"Tags", tags("")}}));
    lowering_.add(node_, lowering_.id(node_, "InternetAttachment"), "AWS::EC2::VPCGatewayAttachment",
                  cloud::object({{"VpcId", cloud::Ref{vpc()}}, {"InternetGatewayId", cloud::Ref{internet}}}));
    for (std::uint32_t i = 0; i < zones; ++i) {
      add_part(part("Public", i), range, i, kFirstPublic + i);
      add_route(part("Public", i), "GatewayId", internet);
    }
  }

  /// One gateway for all zones: each of them costs, and a network that must outlive its zone exists already.
  void add_way_out(std::uint32_t zones) {
    const std::string nat = lowering_.id(node_, "Nat"), address = lowering_.id(node_, "NatAddress");
    cloud::Resource& elastic =
        lowering_.add(node_, address, "AWS::EC2::EIP", cloud::object({{"Domain", "vpc"}, {"Tags", tags("-nat")}}));
    elastic.depends_on.push_back(lowering_.id(node_, "InternetAttachment"));
    lowering_.add(node_, nat, "AWS::EC2::NatGateway",
                  cloud::object({{"AllocationId", cloud::GetAtt{address, "AllocationId"}},
                                 {"SubnetId", cloud::Ref{part("Public", 0)}},
                                 {"Tags", tags("-nat")}}));
    for (std::uint32_t i = 0; i < zones; ++i) add_route(part("Zone", i), "NatGatewayId", nat);
  }

  [[nodiscard]] bool members_use(std::string_view kind) const {
    return std::any_of(lowering_.architecture.edges.begin(), lowering_.architecture.edges.end(), [&](const Edge& edge) {
      return lowering_.to(edge).kind == kind && edge.from.name == "self" &&
             network_of(lowering_, lowering_.from(edge)) == &node_;
    });
  }

  /// Amazon S3 and DynamoDB lie outside of every network; a way to them costs nothing.
  void add_endpoint(std::string_view noun, const std::string& service, std::string_view kind, std::uint32_t zones) {
    if (!members_use(kind)) return;
    cloud::Values routes;
    for (std::uint32_t i = 0; i < zones; ++i) routes.emplace_back(cloud::Ref{part("Zone", i) + "Routes"});
    const cloud::Value name = cloud::concat({"com.amazonaws.", cloud::Pseudo::region, "." + service});
    lowering_.add(node_, lowering_.id(node_, noun), "AWS::EC2::VPCEndpoint",
                  cloud::object({{"VpcId", cloud::Ref{vpc()}},
                                 {"ServiceName", name},
                                 {"VpcEndpointType", "Gateway"},
                                 {"RouteTableIds", std::move(routes)}}));
  }

  Lowering& lowering_;
  const Node& node_;
};

/// What code in a network without a way out calls in vain: all that lies outside, but for buckets and tables of the region.
void check_way_out(Lowering& lowering, const Node& function, const Node& network) {
  if (existing(lowering, network) != nullptr || lowering.of(network).flag("nat")) return;
  for (const Edge* edge : lowering.architecture.edges_from(function.id, "self")) {
    const Node& target = lowering.to(*edge);
    if ((target.kind == "bucket" || target.kind == "table") && lowering.stands(target)) continue;
    // What lies in a network is reached there, but the credentials of a database lie in Secrets Manager.
    if (lowering.of(target).has("network") && target.kind != "function" && target.kind != "database") continue;
    lowering.sink.report(edge->span, codes::NetworkClosed, function.name, target.name, network.name)
        .label(lowering.where(network, "nat"), "no way out")
        .source(catalog::cite(catalog().fact("lambda.vpc.internet")))
        .help("say `nat = true` in `" + network.name + "`, which is paid by the hour, or leave `network` out of `" +
              function.name + "`");
  }
}

}  // namespace

const Node* network_of(const Lowering& lowering, const Node& member) {
  const std::optional<NodeId> network = lowering.of(member).node("network");
  return network ? &lowering.architecture.node(*network) : nullptr;
}

cloud::Value vpc_id(Lowering& lowering, const Node& network) {
  const Map* given = existing(lowering, network);
  return given != nullptr ? lowering.value(*given->find("id")) : cloud::Value(cloud::Ref{lowering.id(network)});
}

cloud::Values private_subnets(Lowering& lowering, const Node& network) {
  if (const Map* given = existing(lowering, network)) return given_parts(lowering, *given, "parts");
  cloud::Values all;
  const auto zones = static_cast<std::size_t>(lowering.of(network).number("zones").value_or(1));
  for (std::size_t i = 1; i <= zones; ++i) all.emplace_back(cloud::Ref{lowering.id(network, "Zone" + std::to_string(i))});
  return all;
}

cloud::Values public_subnets(Lowering& lowering, const Node& network) {
  if (const Map* given = existing(lowering, network)) return given_parts(lowering, *given, "public_parts");
  cloud::Values all;
  const auto zones = static_cast<std::size_t>(lowering.of(network).number("zones").value_or(1));
  for (std::size_t i = 1; i <= zones; ++i) all.emplace_back(cloud::Ref{lowering.id(network, "Public" + std::to_string(i))});
  return all;
}

cloud::Value member_group(Lowering& lowering, const Node& member, const Node& network) {
  const std::string id = lowering.id(member, "Group");
  if (lowering.find(id) == nullptr) {
    lowering.add(member, id, "AWS::EC2::SecurityGroup",
                 cloud::object({{"GroupDescription", member.identity() + " of " + lowering.architecture.app.name},
                                {"VpcId", vpc_id(lowering, network)},
                                {"Tags", lowering.tags(member)}}));
  }
  return cloud::GetAtt{id, "GroupId"};
}

void let_in(Lowering& lowering, const Edge& edge, const Node& target, const Node& network, std::int64_t port) {
  const Node& member = lowering.from(edge);
  const std::string id = lowering.id(target, "From" + cloud::logical_id(member.identity()));
  if (lowering.find(id) != nullptr) return;  // reads and writes come in by one way
  lowering.add(member, edge, id, "AWS::EC2::SecurityGroupIngress",
               cloud::object({{"GroupId", member_group(lowering, target, network)},
                              {"IpProtocol", "tcp"},
                              {"FromPort", port},
                              {"ToPort", port},
                              {"SourceSecurityGroupId", member_group(lowering, member, network)}}));
}

void join_network(Lowering& lowering, const Node& function, cloud::Object& properties) {
  const Node* network = network_of(lowering, function);
  if (network == nullptr || !network_stands(lowering, function, *network)) return;
  check_way_out(lowering, function, *network);
  properties.set("VpcConfig",
                 cloud::object({{"SubnetIds", private_subnets(lowering, *network)},
                                {"SecurityGroupIds", cloud::Values{member_group(lowering, function, *network)}}}));
  // Lambda itself makes the interfaces, under the function's role; none of these actions knows single resources.
  lowering.allow(lowering.function_role(function),
                 {{"ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
                   "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses"},
                  {"*"},
                  {}});
}

void lower_network(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  if (const Map* given = existing(lowering, node)) {
    const Value* parts = given->find("parts");
    const Values* items = parts == nullptr ? nullptr : parts->get<Values>();
    const auto most = static_cast<std::size_t>(limit("lambda.vpc.subnets.max"));
    if (items != nullptr && items->size() > most) {
      lowering.sink
          .report(lowering.where(node, "existing"), codes::NetworkParts, node.name, std::to_string(items->size()),
                  std::to_string(most))
          .source(catalog::cite(catalog().fact("lambda.vpc.subnets.max")))
          .help("name one part for each zone");
    }
    decision.why = "it exists already: nothing is made of it";
    return;
  }
  Network(lowering, node).lower();
}

}  // namespace virga::aws
