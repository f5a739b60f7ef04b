// site shop { files = pages  ANY "/api/{path*}" -> public }
//   → an origin of the distribution, and a cache behaviour for the path: every request goes on to the gateway, nothing is
//   kept
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/gateway.h"

namespace virga::aws {
namespace {

/// `/files/{name}/raw` → `/files/*/raw`; `/api/{path*}` stands for `/api` as well.
std::vector<std::string> patterns_of(const Route& route) {
  std::string pattern;
  bool inside = false;
  for (const char c : route.path) {
    if (c == '{') pattern += '*';
    if (c == '{' || c == '}') inside = c == '{';
    else if (!inside) pattern += c;
  }
  if (route.parent.empty() || route.parent == "/") return {pattern};
  return {route.parent, pattern};
}

cloud::Object origin_of(Lowering& lowering, const Node& gateway) {
  const cloud::Value host = cloud::concat(
      {cloud::Ref{lowering.id(gateway)}, ".execute-api.", cloud::Pseudo::region, ".", cloud::Pseudo::url_suffix});
  cloud::Object origin = cloud::object({{"Id", "gateway-" + gateway.name}, {"DomainName", host}});
  if (needs_keys(lowering, gateway)) origin.set("OriginPath", "/" + std::string(kRestStage));
  origin.set("CustomOriginConfig",
             cloud::object({{"OriginProtocolPolicy", "https-only"}, {"OriginSSLProtocols", cloud::Values{"TLSv1.2"}}}));
  return origin;
}

cloud::Values& list(cloud::Object& in, const char* name) {
  if (in.find(name) == nullptr) in.set(name, cloud::Values{});
  return *in.find(name)->get<cloud::Values>();
}

}  // namespace

void route_of_site(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& site = lowering.from(edge);
  const Node& gateway = lowering.to(edge);
  cloud::Object& config = *lowering.find(lowering.id(site))->properties.find("DistributionConfig")->get<cloud::Object>();
  cloud::Values& origins = list(config, "Origins");
  const cloud::Value origin = origin_of(lowering, gateway);
  if (std::find(origins.begin(), origins.end(), origin) == origins.end()) origins.push_back(origin);

  const bool reads = edge.from.name == "GET";
  const cloud::Values methods = reads ? cloud::Values{"GET", "HEAD", "OPTIONS"}
                                      : cloud::Values{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"};
  for (const std::string& pattern : patterns_of(route_of(edge))) {
    list(config, "CacheBehaviors")
        .emplace_back(
            cloud::object({{"PathPattern", pattern},
                           {"TargetOriginId", "gateway-" + gateway.name},
                           {"ViewerProtocolPolicy", "redirect-to-https"},
                           {"AllowedMethods", methods},
                           {"CachedMethods", cloud::Values{"GET", "HEAD"}},
                           {"Compress", true},
                           {"CachePolicyId", catalog().fact("cloudfront.policy.no_cache").members.front()},
                           // All that the caller sent, but the host: API Gateway answers to its own name alone.
                           {"OriginRequestPolicyId", catalog().fact("cloudfront.policy.all_but_host").members.front()}}));
  }
  const auto most = static_cast<std::size_t>(limit("cloudfront.behaviours.max"));
  if (list(config, "CacheBehaviors").size() > most) {
    lowering.sink.report(edge.span, codes::SiteRoutes, site.name, std::to_string(most))
        .source(catalog::cite(catalog().fact("cloudfront.behaviours.max")))
        .help("let one route lead to the gateway, such as `ANY \"/api/{path*}\"`, which tells them apart itself");
  }
  if (!lowering.of(site).has("missing") && !lowering.of(site).has("fallback")) return;
  decision.fidelity = std::max(decision.fidelity, catalog::Fidelity::degraded);
  decision.change =
      "CloudFront answers what the gateway refuses with 403 or 404 by the site's own page, because `missing` and `fallback` "
      "hold for all of its paths: let the code say 401, 410 or 422 instead";
}

}  // namespace virga::aws
