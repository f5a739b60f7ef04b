// cache sessions { network = inner  size = 2GB  replicas = 1 }        sync -> sessions
//   → REDIS::Instance in the network's first part, REDIS::Whitelist with the network's addresses;
//     SESSIONS_ADDRESS, SESSIONS_PORT and SESSIONS_URL in the function's environment
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/key.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/network.h"
#include "backends/aliyun/lower/stores.h"
#include "backends/aliyun/lower/values.h"
#include "backends/common/machine/machine_class.h"

#include <fmt/format.h>

#include <charconv>

namespace virga::aliyun {
namespace {

constexpr double kGigabyte = static_cast<double>(std::int64_t{1} << 30);

/// The smallest class that is large enough; of a range, for the most that it holds.
cloud::Value instance_class(Lowering& l, const Node& node) {
  const Attributes& asked = l.of(node);
  if (asked.has("class")) return asked.text("class");
  const std::optional<std::pair<Quantity, Quantity>> size = asked.quantities("size");
  if (!size) return std::string();  // it was out of bounds, which was said
  const double gigabytes = static_cast<double>(size->second.amount) / kGigabyte;
  const catalog::Fact& table = catalog().fact("redis.classes");
  const std::optional<machine::Class> found = machine::smallest_class(table.members, gigabytes, 0);
  if (!found) {
    l.sink()
        .report(node.span, codes::CacheSize, node.name, to_text(size->second),
                fmt::format("{}GB", machine::read_class(table.members.back()).gigabytes))
        .source(catalog::cite(table))
        .help("spread the keys over several caches");
    return std::string();
  }
  if (asked.map("size") != nullptr)
    l.changes(
        fmt::format("it doesn't grow and shrink: a machine of {}GB stands for the most that it holds", found->gigabytes));
  else if (found->gigabytes != gigabytes)
    l.emulates(fmt::format("machines come in sizes: `{}` with {}GB stands for {}", found->name, found->gigabytes,
                           to_text(size->second)));
  return std::string(found->name);
}

/// The edition has one replica, no more and no less.
void check_replicas(Lowering& l, const Node& node) {
  const double replicas = l.of(node).number("replicas").value_or(0);
  const catalog::Fact& there = catalog().fact("redis.replicas");
  if (replicas > there.value) {
    const Value* value = l.of(node).find("replicas");
    l.sink()
        .report(value->span.known() ? value->span : node.span, codes::CacheReplicas, node.name, to_text(replicas),
                to_text(there.value))
        .source(catalog::cite(there))
        .help("say `replicas = 1`");
  }
}

}  // namespace

cloud::Value cache_address(Lowering& l, const Node& cache) {
  return cloud::GetAtt{l.id(cache, "Cache"), "ConnectionDomain"};
}

cloud::Value cache_url(Lowering& l, const Node& cache) {
  return cloud::concat({"redis://", cache_address(l, cache), ":", cloud::GetAtt{l.id(cache, "Cache"), "Port"}});
}

void lower_cache(Lowering& l, const Node& node) {
  if (refuses_key(l, node, "ROS has no property for it")) return;
  const Node* network = network_of(l, node);
  if (network == nullptr || !network_stands(l, node, *network)) return;
  const cloud::Values parts = member_switches(l, *network);
  if (parts.empty()) return;
  cloud::Object p;
  p.set("InstanceName", plain_name(l, "ALIYUN::REDIS::Instance", "InstanceName", node.identity()));
  check_replicas(l, node);
  p.set("InstanceClass", instance_class(l, node)).set("EngineVersion", catalog().fact("redis.version").members.front());
  p.set("ChargeType", "PostPaid").set("EvictionPolicy", "volatile-lru");
  p.set("VpcId", vpc_id(l, *network)).set("VSwitchId", parts.front()).set("ZoneId", zone_of(l, *network, 0));
  // The replica, which is there in any case, stands in another zone when one is asked for.
  if (l.of(node).number("replicas").value_or(0) > 0) {
    if (parts.size() > 1) p.set("SecondaryZoneId", zone_of(l, *network, 1));
    else l.changes("its replica stands in the same zone, the only one of the network");
  }
  p.set("VpcPasswordFree", true).set("SSLEnabled", "Disable").set("Tags", tag_list(l, &node));
  const std::string id = l.id(node, "Cache");
  l.add(id, "ALIYUN::REDIS::Instance", std::move(p)).on_removal = cloud::OnRemoval::remove;
  cloud::Object who;
  who.set("InstanceId", cloud::GetAtt{id, "InstanceId"}).set("SecurityIps", address_range_of(l, *network));
  who.set("SecurityIpGroupName", "network");
  l.add(l.id(node, "Admission"), "ALIYUN::REDIS::Whitelist", std::move(who));
  l.changes("everything in the network may use it, without a password and without encryption on the way");
}

void use_cache(Lowering& l, const Edge& edge) {
  const Node& cache = l.to(edge);
  if (!meets_in_network(l, edge)) return;
  l.tell(edge, "ADDRESS", cache_address(l, cache));
  l.tell(edge, "PORT", cloud::concat({"", cloud::GetAtt{l.id(cache, "Cache"), "Port"}}));
  l.tell(edge, "URL", cache_url(l, cache));
}

}  // namespace virga::aliyun
