// cache sessions { network = inner  size = 2GB }        sync -> sessions
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

#include <fmt/format.h>

#include <charconv>

namespace virga::aliyun {
namespace {

constexpr std::int64_t kGigabyte = std::int64_t{1} << 30;

/// `2 redis.master.mid.default`: the gigabytes of a class, and its name.
struct Class {
  std::int64_t gigabytes = 0;
  std::string_view name;
};

Class class_of(std::string_view member) {
  Class out;
  const std::size_t space = member.find(' ');
  (void)std::from_chars(member.data(), member.data() + space, out.gigabytes);
  out.name = member.substr(space + 1);
  return out;
}

/// The smallest class that is large enough.
cloud::Value instance_class(Lowering& l, const Node& node) {
  const std::optional<Quantity> size = l.of(node).quantity("size");
  Class last;
  for (const std::string_view member : catalog().fact("redis.classes").members) {
    last = class_of(member);
    if (!size || last.gigabytes * kGigabyte < size->amount) continue;
    if (last.gigabytes * kGigabyte != size->amount)
      l.emulates(fmt::format("instances come in sizes: one of {}GB stands for {}", last.gigabytes, to_text(*size)));
    return last.name;
  }
  l.sink()
      .report(node.span, codes::CacheSize, node.name, size ? to_text(*size) : "known only at deployment",
              std::to_string(last.gigabytes) + "GB")
      .source(catalog::cite(catalog().fact("redis.classes")))
      .help("spread the keys over several caches");
  return std::string();
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
  p.set("InstanceName", plain_name(l, "ALIYUN::REDIS::Instance", "InstanceName", node.name));
  p.set("InstanceClass", instance_class(l, node)).set("EngineVersion", catalog().fact("redis.version").members.front());
  p.set("ChargeType", "PostPaid").set("EvictionPolicy", "volatile-lru");
  p.set("VpcId", vpc_id(l, *network)).set("VSwitchId", parts.front()).set("ZoneId", first_zone(l, *network));
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
