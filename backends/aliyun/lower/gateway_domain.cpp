// gateway public { domain = { name = "docs.example.com" }  GET "/*" -> reader }
//   → FC3::CustomDomain, whose routes lead to functions without a gateway in between.
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/gateway.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/values.h"
#include "backends/aliyun/lower/versions.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aliyun {
namespace {

/// `/a/{path*}` → `/a/*`; nothing when the path has other parameters, which only the code could read.
std::optional<std::string> plain_path(std::string_view path) {
  const std::size_t open = path.find('{');
  if (open == std::string_view::npos) return std::string(path);
  if (!path.ends_with("*}") || path.find('{', open + 1) != std::string_view::npos) return std::nullopt;
  return std::string(path.substr(0, open)) + "*";
}

struct Route {
  std::string path;
  NodeId function{};
  std::vector<std::string> methods;  ///< empty: all
};

/// Routes with one path become one, with the methods of all. Nothing when one path leads to two functions.
std::optional<std::vector<Route>> merged_routes(const Lowering& l, const Node& gateway) {
  std::vector<Route> out;
  for (const Edge* edge : routes_of(l, gateway)) {
    const std::optional<std::string> path = plain_path(edge->from.argument);
    if (!path) return std::nullopt;
    const bool any = edge->from.name == "ANY";
    const auto same = std::find_if(out.begin(), out.end(), [&](const Route& r) { return r.path == *path; });
    if (same == out.end()) {
      out.push_back({*path, edge->to.node, any ? std::vector<std::string>() : std::vector<std::string>{edge->from.name}});
    } else {
      if (same->function != edge->to.node) return std::nullopt;
      if (any || same->methods.empty()) same->methods.clear();
      else same->methods.push_back(edge->from.name);
    }
  }
  return out;
}

cloud::Object auth_config(Lowering& l, const Node* authorizer) {
  if (authorizer == nullptr) return cloud::object({{"AuthType", "anonymous"}});
  // `where:claim:name`, and commas between.
  std::string claims;
  for (const std::string_view claim : claims_handed_on(l, *authorizer)) {
    claims += fmt::format("{}header:{}:x-jwt-{}", claims.empty() ? "" : ",", claim, claim);
  }
  const cloud::Value info = cloud::concat({"{\"jwks\":{\"keys\":", public_keys(l, *authorizer),
                                           "},\"tokenLookup\":\"header:", l.of(*authorizer).text("header"),
                                           ":Bearer\",\"claimPassBy\":\"", claims, "\"}"});
  return cloud::object({{"AuthType", "jwt"}, {"AuthInfo", info}});
}

}  // namespace

bool fits_custom_domain(const Lowering& l, const Node& gateway) {
  const Attributes& a = l.of(gateway);
  if (!a.has("domain") || a.has("cors") || a.has("throttle")) return false;
  const std::vector<const Edge*> routes = routes_of(l, gateway);
  if (routes.empty() || routes.size() > static_cast<std::size_t>(Lowering::number("fc3.domain.routes.max"))) return false;
  const Node* authorizer = authorizer_of(l, *routes.front());
  if (authorizer != nullptr && !has_public_keys(l, *authorizer)) return false;
  for (const Edge* edge : routes) {
    const Attributes& own = l.of(*edge);
    if (l.to(*edge).kind != "function" || edge->delivery != Delivery::call) return false;
    if (authorizer_of(l, *edge) != authorizer || own.has("throttle") || own.has("timeout")) return false;
  }
  return merged_routes(l, gateway).has_value();
}

void realise_custom_domain(Lowering& l, const Node& gateway) {
  const std::vector<const Edge*> edges = routes_of(l, gateway);
  const bool secure = has_certificate(l, gateway);
  const Value* key = domain_field(l, gateway, "private_key");
  if (secure && key == nullptr) {
    l.sink()
        .report(l.of(gateway).find("domain")->span, codes::DomainCertificate, gateway.name)
        .source(catalog::cite(catalog().fact("fc3.domain.protocol.enum")))
        .help("give the text of both, as parameters: `certificate = cert  private_key = cert_key`");
    return;
  }
  cloud::Values routes;
  const auto merged = merged_routes(l, gateway);
  for (const Route& route : *merged) {
    cloud::Object r;
    r.set("Path", route.path);
    r.set("FunctionName", cloud::GetAtt{l.id(l.architecture().node(route.function), "Function"), "FunctionName"});
    r.set("Qualifier", qualifier_of(l, l.architecture().node(route.function)));
    if (!route.methods.empty()) r.set("Methods", cloud::Values(route.methods.begin(), route.methods.end()));
    routes.emplace_back(std::move(r));
  }
  cloud::Object p;
  p.set("DomainName", to_value(l, *domain_field(l, gateway, "name"))).set("Protocol", secure ? "HTTPS" : "HTTP");
  p.set("AuthConfig", auth_config(l, authorizer_of(l, *edges.front())));
  p.set("RouteConfig", cloud::object({{"Routes", std::move(routes)}}));
  if (secure) {
    p.set("CertConfig",
          cloud::object({{"CertName", plain_name(l, "ALIYUN::FC3::Function", "FunctionName", gateway.identity())},
                         {"Certificate", to_value(l, *domain_field(l, gateway, "certificate"))},
                         {"PrivateKey", to_value(l, *key)}}));
  } else {
    l.changes("without a certificate the domain answers plain HTTP alone");
  }
  const std::optional<std::string> record =
      add_domain_record(l, gateway, cloud::concat({account(), ".", region(l), ".fc.aliyuncs.com"}));
  cloud::Resource& domain = l.add(l.id(gateway, "Domain"), "ALIYUN::FC3::CustomDomain", std::move(p));
  if (record) domain.depends_on.push_back(*record);
  // A route needs the trigger through which it comes in.
  for (const Edge* edge : edges) domain.depends_on.push_back(l.id(l.to(*edge), "HttpTrigger"));
}

}  // namespace virga::aliyun
