// cache sessions { network = inner  size = { least = 1GB  most = 4GB } }        sync -> sessions
//   → AWS::ElastiCache::ServerlessCache   Sessions         in the network's parts, within these bounds
// cache sessions { network = inner  size = 4GB  replicas = 1 }
//   → AWS::ElastiCache::ReplicationGroup  Sessions         machines of the smallest type that is large enough
//     AWS::ElastiCache::SubnetGroup       SessionsSubnets  the network's parts
// both: AWS::EC2::SecurityGroup           SessionsGroup, and a SecurityGroupIngress for each function with an edge
//     SESSIONS_ADDRESS, SESSIONS_PORT and SESSIONS_URL in the function's environment
#include "backends/aws/lower/cache.h"

#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"
#include "backends/aws/lower/network.h"
#include "backends/common/machine/machine_class.h"

#include <cmath>

namespace virga::aws {
namespace {

/// Of the Redis protocol, as everywhere.
constexpr std::int64_t kPort = 6379;
constexpr double kGigabyte = static_cast<double>(std::int64_t{1} << 30);

/// Names here hold no two hyphens in a row, which elsewhere keep the parts of a name apart: a hash does instead.
std::string name_of_cache(const Lowering& lowering, const Node& node, std::string_view type, std::string_view property) {
  constexpr std::size_t kHash = 6;
  const std::string whole = lowering.name(type, property, node, {}, 1 + kHash);
  std::string out;
  for (const char c : whole) {
    if (c != '-' || (!out.empty() && out.back() != '-')) out += c;
  }
  while (out.ends_with('-')) out.pop_back();
  return out + "-" + cloud::short_hash(whole, kHash);
}

/// Where it is reached: `Address` or `Port`.
cloud::GetAtt endpoint(Lowering& lowering, const Node& cache, const char* what) {
  return {lowering.id(cache), (has_machines(lowering, cache) ? "PrimaryEndPoint." : "Endpoint.") + std::string(what)};
}

/// The name of a type of machines that holds as much; empty when it was reported that there is none.
std::string node_type(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  if (asked.has("class")) return asked.text("class");
  const std::optional<Quantity> size = asked.quantity("size");
  if (!size) return {};  // it was out of bounds, which was said
  const double gigabytes = static_cast<double>(size->amount) / kGigabyte;
  const catalog::Fact& table = catalog().fact("elasticache.node_types");
  const std::optional<machine::Class> found = machine::smallest_class(table.members, gigabytes, 0);
  if (!found) {
    const machine::Class largest = machine::read_class(table.members.back());
    lowering.sink
        .report(lowering.where(node, "size"), codes::CacheSize, node.name, to_text(*size),
                fmt::format("{}GB", largest.gigabytes))
        .source(catalog::cite(table))
        .help("spread the keys over several caches, or give a range: `size = { least = 1GB  most = …GB }`");
    return {};
  }
  decision.fidelity = std::max(decision.fidelity, catalog::Fidelity::emulated);
  decision.change =
      fmt::format("machines come in sizes: `{}` with {}GB stands for {}", found->name, found->gigabytes, to_text(*size));
  return std::string(found->name);
}

void check_replicas(Lowering& lowering, const Node& node) {
  const catalog::Fact& most = catalog().fact("elasticache.replicas.max");
  const double replicas = lowering.of(node).number("replicas").value_or(0);
  if (replicas <= most.value) return;
  lowering.sink
      .report(lowering.where(node, "replicas"), codes::CacheReplicas, node.name, to_text(replicas), to_text(most.value))
      .source(catalog::cite(most))
      .help("spread the keys over several caches");
}

}  // namespace

cloud::Value cache_address(Lowering& lowering, const Node& cache) { return endpoint(lowering, cache, "Address"); }

cloud::Value cache_url(Lowering& lowering, const Node& cache) {
  // They speak TLS alone, which the second `s` says.
  return cloud::concat({"rediss://", cache_address(lowering, cache), ":", endpoint(lowering, cache, "Port")});
}

bool on_machines(const Attributes& cache) { return cache.has("class") || cache.map("size") == nullptr; }

bool has_machines(const Lowering& lowering, const Node& cache) { return on_machines(lowering.of(cache)); }

void lower_serverless_cache(Lowering& lowering, const Node& node, cloud::Decision&) {
  const Node* network = network_of(lowering, node);
  if (network == nullptr || !network_stands(lowering, node, *network)) return;
  const Attributes& asked = lowering.of(node);
  const std::optional<std::pair<Quantity, Quantity>> size = asked.quantities("size");
  cloud::Object storage;
  const auto bound = [&](const char* property, Quantity asked_for) {
    const double gigabytes = static_cast<double>(asked_for.amount) / kGigabyte;
    if (gigabytes != std::floor(gigabytes)) {
      lowering.sink.report(lowering.where(node, "size"), codes::InexactQuantity, to_text(asked_for), "gigabytes")
          .source(catalog::cite(catalog().fact("elasticache.serverless.unit")))
          .help("Amazon ElastiCache counts this in gigabytes");
    }
    storage.set(property, static_cast<std::int64_t>(gigabytes));
  };
  if (size) {
    bound("Minimum", size->first);
    bound("Maximum", size->second);
  }
  storage.set("Unit", catalog().fact("elasticache.serverless.unit").members.front());
  const std::string engine = asked.text("engine");
  const catalog::Fact& version = catalog().fact(engine == "redis" ? std::string_view("elasticache.redis.major")
                                                                  : std::string_view("elasticache.valkey.major"));
  cloud::Object properties = cloud::object(
      {{"ServerlessCacheName", name_of_cache(lowering, node, "AWS::ElastiCache::ServerlessCache", "ServerlessCacheName")},
       {"Engine", engine},
       {"MajorEngineVersion", version.members.front()},
       {"CacheUsageLimits", cloud::object({{"DataStorage", std::move(storage)}})},
       {"SubnetIds", private_subnets(lowering, *network)},
       {"SecurityGroupIds", cloud::Values{member_group(lowering, node, *network)}},
       {"Tags", lowering.tags(node)}});
  (void)encrypt(lowering, node, properties, "KmsKeyId");
  lowering.add(node, lowering.id(node), "AWS::ElastiCache::ServerlessCache", std::move(properties));
}

void lower_cache_nodes(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Node* network = network_of(lowering, node);
  if (network == nullptr || !network_stands(lowering, node, *network)) return;
  const Attributes& asked = lowering.of(node);
  check_replicas(lowering, node);
  const auto replicas = static_cast<std::int64_t>(asked.number("replicas").value_or(0));
  if (replicas > 0 && !in_zones_enough(lowering, node, *network)) return;
  const std::string type = node_type(lowering, node, decision), parts = lowering.id(node, "Subnets");
  lowering.add(node, parts, "AWS::ElastiCache::SubnetGroup",
               cloud::object({{"CacheSubnetGroupName",
                               name_of_cache(lowering, node, "AWS::ElastiCache::SubnetGroup", "CacheSubnetGroupName")},
                              {"Description", node.name + " of " + lowering.architecture.app.name},
                              {"SubnetIds", private_subnets(lowering, *network)},
                              {"Tags", lowering.tags(node)}}));
  const std::string engine = asked.text("engine");
  const catalog::Fact& version = catalog().fact(engine == "redis" ? std::string_view("elasticache.redis.version")
                                                                  : std::string_view("elasticache.valkey.version"));
  cloud::Object group = cloud::object(
      {{"ReplicationGroupId", name_of_cache(lowering, node, "AWS::ElastiCache::ReplicationGroup", "ReplicationGroupId")},
       {"ReplicationGroupDescription", node.identity() + " of " + lowering.architecture.app.name},
       {"Engine", engine},
       {"EngineVersion", version.members.front()},
       {"CacheNodeType", type},
       {"NumCacheClusters", replicas + 1},
       {"AutomaticFailoverEnabled", replicas > 0},
       {"MultiAZEnabled", replicas > 0},
       {"Port", kPort},
       {"AtRestEncryptionEnabled", true},
       {"TransitEncryptionEnabled", true},
       {"CacheSubnetGroupName", cloud::Ref{parts}},
       {"SecurityGroupIds", cloud::Values{member_group(lowering, node, *network)}},
       {"Tags", lowering.tags(node)}});
  (void)encrypt(lowering, node, group, "KmsKeyId");
  cloud::Resource& made = lowering.add(node, lowering.id(node), "AWS::ElastiCache::ReplicationGroup", std::move(group));
  made.on_removal = made.on_replace = cloud::OnRemoval::remove;
}

void access_cache(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& cache = lowering.to(edge);
  const Node* network = meeting_network(lowering, edge);
  if (network == nullptr) return;
  let_in(lowering, edge, cache, *network, kPort);
  const Node& function = lowering.from(edge);
  lowering.tell(function, cache, "ADDRESS", cache_address(lowering, cache));
  lowering.tell(function, cache, "PORT", endpoint(lowering, cache, "Port"));
  lowering.tell(function, cache, "URL", cache_url(lowering, cache));
}

}  // namespace virga::aws
