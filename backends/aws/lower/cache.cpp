// cache sessions { network = inner  size = 2GB }        sync -> sessions
//   → AWS::ElastiCache::ServerlessCache   Sessions         in the network's parts, at most so large
//     AWS::EC2::SecurityGroup             SessionsGroup, and a SecurityGroupIngress for each function with an edge
//     SESSIONS_ADDRESS, SESSIONS_PORT and SESSIONS_URL in the function's environment
#include "backends/aws/lower/cache.h"

#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"
#include "backends/aws/lower/network.h"

#include <cmath>

namespace virga::aws {
namespace {

/// Of the Redis protocol, as everywhere.
constexpr std::int64_t kPort = 6379;
constexpr double kGigabyte = static_cast<double>(std::int64_t{1} << 30);

/// Names here hold no two hyphens in a row, which elsewhere keep the parts of a name apart: a hash does instead.
std::string name_of_cache(const Lowering& lowering, const Node& node) {
  constexpr std::size_t kHash = 6;
  const std::string whole = lowering.name("AWS::ElastiCache::ServerlessCache", "ServerlessCacheName", node, {}, 1 + kHash);
  std::string out;
  for (const char c : whole) {
    if (c != '-' || (!out.empty() && out.back() != '-')) out += c;
  }
  while (out.ends_with('-')) out.pop_back();
  return out + "-" + cloud::short_hash(whole, kHash);
}

}  // namespace

cloud::Value cache_address(Lowering& lowering, const Node& cache) {
  return cloud::GetAtt{lowering.id(cache), "Endpoint.Address"};
}

cloud::Value cache_url(Lowering& lowering, const Node& cache) {
  // Serverless caches speak TLS alone, which the second `s` says.
  return cloud::concat(
      {"rediss://", cache_address(lowering, cache), ":", cloud::GetAtt{lowering.id(cache), "Endpoint.Port"}});
}

void lower_cache(Lowering& lowering, const Node& node, cloud::Decision&) {
  const Node* network = network_of(lowering, node);
  if (network == nullptr || !network_stands(lowering, node, *network)) return;
  const Attributes& asked = lowering.of(node);
  const std::optional<Quantity> size = asked.quantity("size");
  const double gigabytes = size ? static_cast<double>(size->amount) / kGigabyte : 0;
  if (gigabytes != std::floor(gigabytes)) {
    lowering.sink.report(lowering.where(node, "size"), codes::InexactQuantity, to_text(*size), "gigabytes")
        .source(catalog::cite(catalog().fact("elasticache.serverless.unit")))
        .help("Amazon ElastiCache counts this in gigabytes");
  }
  cloud::Object storage = cloud::object({{"Maximum", static_cast<std::int64_t>(gigabytes)},
                                         {"Unit", catalog().fact("elasticache.serverless.unit").members.front()}});
  const std::string engine = asked.text("engine");
  const catalog::Fact& version = catalog().fact(engine == "redis" ? std::string_view("elasticache.redis.major")
                                                                  : std::string_view("elasticache.valkey.major"));
  cloud::Object properties = cloud::object({{"ServerlessCacheName", name_of_cache(lowering, node)},
                                            {"Engine", engine},
                                            {"MajorEngineVersion", version.members.front()},
                                            {"CacheUsageLimits", cloud::object({{"DataStorage", std::move(storage)}})},
                                            {"SubnetIds", private_subnets(lowering, *network)},
                                            {"SecurityGroupIds", cloud::Values{member_group(lowering, node, *network)}},
                                            {"Tags", lowering.tags(node)}});
  (void)encrypt(lowering, node, properties, "KmsKeyId");
  lowering.add(node, lowering.id(node), "AWS::ElastiCache::ServerlessCache", std::move(properties));
}

void access_cache(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& cache = lowering.to(edge);
  const Node* network = meeting_network(lowering, edge);
  if (network == nullptr) return;
  let_in(lowering, edge, cache, *network, kPort);
  const Node& function = lowering.from(edge);
  lowering.tell(function, cache, "ADDRESS", cache_address(lowering, cache));
  lowering.tell(function, cache, "PORT", cloud::GetAtt{lowering.id(cache), "Endpoint.Port"});
  lowering.tell(function, cache, "URL", cache_url(lowering, cache));
}

}  // namespace virga::aws
