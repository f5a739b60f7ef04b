// gateway public { throttle = 50rps  GET "/docs/{page}" -> reader }
//   → ApiGateway::Group; per route an Api with its Deployment; plug-ins, traffic controls and apps for what it asks.
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/gateway.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/strategies.h"
#include "backends/aliyun/lower/values.h"
#include "backends/aliyun/lower/versions.h"
#include "compiler/cloud/dump.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aliyun {
namespace {

constexpr std::string_view kStage = "RELEASE";

bool is_group(const Lowering& l, const Node& gateway) { return strategy_of(l, gateway)->name == "api_gateway"; }

cloud::Value group_id(Lowering& l, const Node& gateway) { return cloud::GetAtt{l.id(gateway, "Group"), "GroupId"}; }
cloud::Value api_id(Lowering& l, const Edge& route) { return cloud::GetAtt{l.id(route, "Api"), "ApiId"}; }

/// `/docs/{page}` → `/docs/[page]`, `/{path*}` → `/*`; the names of its parameters are put into `names`.
std::string request_path(std::string_view path, std::vector<std::string>& names) {
  std::string out;
  std::string name;
  bool inside = false;
  for (const char c : path) {
    if (c == '{') {
      inside = true;
      name.clear();
    } else if (c == '}') {
      inside = false;
      if (name.ends_with('*')) {
        out += '*';
      } else {
        out += "[" + name + "]";
        names.push_back(name);
      }
    } else {
      (inside ? name : out) += c;
    }
  }
  return out;
}

/// How long the gateway waits, in milliseconds. It has a limit of its own.
cloud::Value wait(Lowering& l, const Edge& route) {
  const catalog::Fact& fact = catalog().fact("apigateway.backend_timeout.max.shared_or_serverless");
  const Quantity most{static_cast<std::int64_t>(fact.value), Dimension::duration};
  const Attributes& own = l.of(route);
  const Node& target = l.to(route);
  if (own.has("timeout")) {
    const std::optional<Quantity> given = own.quantity("timeout");
    if (given && given->amount > most.amount) {
      l.sink()
          .report(own.find("timeout")->span, codes::GatewayTimeout, describe(l.architecture(), route), to_text(*given),
                  to_text(most))
          .source(catalog::cite(fact))
          .help(fmt::format("answer at once and go on behind it: `{} ~> …`", target.name));
    }
    return measured(l, own, "timeout", Unit::milliseconds);
  }
  // That a function may run for longer than the gateway waits, the check of time budgets says.
  const std::optional<Quantity> timeout = target.kind == "function" ? l.of(target).quantity("timeout") : std::nullopt;
  return timeout && timeout->amount <= most.amount ? timeout->amount : most.amount;
}

/// Several routes have the same words in their paths; the hash tells them apart.
std::string api_name(Lowering& l, const Edge& route) {
  std::string words = route.from.name;
  for (const char c : route.from.argument) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    words += letter ? c : '_';
  }
  return plain_name(l, "ALIYUN::ApiGateway::Api", "ApiName", l.from(route).identity() + "." + words);
}

void add_api(Lowering& l, const Edge& route, cloud::Object service, cloud::Values constants) {
  const Node& gateway = l.from(route);
  std::vector<std::string> names;
  cloud::Object request;
  const bool plain = domain_field(l, gateway, "name") != nullptr && !has_certificate(l, gateway);
  request.set("RequestProtocol", plain ? "HTTP" : "HTTPS").set("RequestHttpMethod", route.from.name);
  request.set("RequestPath", request_path(route.from.argument, names)).set("RequestMode", "PASSTHROUGH");
  cloud::Values parameters;
  for (const std::string& name : names) {
    parameters.emplace_back(cloud::object(
        {{"ApiParameterName", name}, {"Location", "PATH"}, {"ParameterType", "String"}, {"Required", "REQUIRED"}}));
  }
  const Node* authorizer = authorizer_of(l, route);
  const bool apps = authorizer != nullptr && l.of(*authorizer).has("keys");
  cloud::Object p;
  p.set("GroupId", group_id(l, gateway)).set("ApiName", api_name(l, route)).set("Visibility", "PRIVATE");
  p.set("AuthType", apps ? "APP" : "ANONYMOUS");
  if (apps) p.set("AppCodeAuthType", "HEADER");
  if (!route.doc.empty()) p.set("Description", at_most(l, route.doc, "apigateway.description.max"));
  p.set("RequestConfig", std::move(request));
  if (!parameters.empty()) p.set("RequestParameters", std::move(parameters));
  service.set("ServiceTimeOut", wait(l, route));
  p.set("ServiceConfig", std::move(service));
  if (!constants.empty()) p.set("ConstParameters", std::move(constants));
  p.set("ResultType", "PASSTHROUGH");
  p.set("Tags", tag_list(l, &gateway));

  // An API is reached only once it is published, and again after each change: the description changes with it.
  cloud::Object deployment;
  deployment.set("GroupId", group_id(l, gateway)).set("ApiId", api_id(l, route)).set("StageName", kStage);
  deployment.set("Description", cloud::short_hash(cloud::to_text(cloud::Value(p)), 12));
  l.add(l.id(route, "Api"), "ALIYUN::ApiGateway::Api", std::move(p));
  l.add(l.id(route, "Deployment"), "ALIYUN::ApiGateway::Deployment", std::move(deployment));
}

cloud::Object attachment(Lowering& l, const Edge& route, const std::string& plugin) {
  return cloud::object(
      {{"ApiId", api_id(l, route)}, {"PluginId", cloud::GetAtt{plugin, "PluginId"}}, {"StageName", kStage}});
}

void attach(Lowering& l, const Edge& route, const std::string& plugin, std::string_view noun) {
  l.add(l.id(route, noun), "ALIYUN::ApiGateway::PluginAttachment", attachment(l, route, plugin))
      .depends_on.push_back(l.id(route, "Deployment"));
}

std::string add_plugin(Lowering& l, const Node& node, std::string_view noun, std::string_view type, cloud::Value data) {
  std::string id = l.id(node, noun);
  cloud::Object p;
  p.set("PluginName", plain_name(l, "ALIYUN::ApiGateway::Plugin", "PluginName", node.identity() + "." + std::string(type)));
  p.set("PluginType", type).set("PluginData", std::move(data)).set("Tags", tag_list(l, &node));
  l.add(id, "ALIYUN::ApiGateway::Plugin", std::move(p));
  return id;
}

// ---- cross-origin rules

std::string joined(const Map& rules, std::string_view name) {
  const Value* value = rules.find(name);
  const Values* list = value == nullptr ? nullptr : value->get<Values>();
  std::string out;
  if (list == nullptr) return out;
  for (const Value& v : *list) {
    if (const auto* s = v.get<std::string>()) out += (out.empty() ? "" : ",") + *s;
  }
  return out;
}

void add_cors(Lowering& l, const Node& gateway) {
  const Map* rules = l.of(gateway).map("cors");
  if (rules == nullptr) return;
  const Value* credentials = rules->find("credentials");
  const bool with = credentials != nullptr && credentials->get<bool>() != nullptr && *credentials->get<bool>();
  const Value* age = rules->find("max_age");
  const Quantity* seconds = age == nullptr ? nullptr : age->get<Quantity>();
  std::string data = fmt::format(
      R"({{"allowOrigins":"{}","allowMethods":"{}","allowHeaders":"{}","exposeHeaders":"{}","allowCredentials":{})",
      joined(*rules, "origins"), joined(*rules, "methods"), joined(*rules, "headers"), joined(*rules, "expose"), with);
  if (seconds != nullptr) data += fmt::format(R"(,"maxAge":{})", seconds->amount / 1000);
  const std::string plugin = add_plugin(l, gateway, "Cors", "cors", data + "}");
  for (const Edge* route : routes_of(l, gateway)) attach(l, *route, plugin, "Cors");
}

// ---- throttling

/// Traffic is counted by the minute, for each API by itself.
std::string add_traffic_control(Lowering& l, const std::string& id, const std::string& name, const Value& rate) {
  constexpr std::int64_t kSecondsPerMinute = 60, kThousandths = 1000;
  const auto* q = rate.get<Quantity>();
  if (q == nullptr) {
    l.sink().report(rate.span, diag::codes::ValueTooLate, "the rate", "a traffic control");
    return {};
  }
  const std::int64_t per_minute = std::max<std::int64_t>(1, q->amount * kSecondsPerMinute / kThousandths);
  l.changes(fmt::format(
      "each route takes {} requests a minute instead of {}: nothing is counted by the second or for all routes together",
      per_minute, to_text(*q)));
  cloud::Object p;
  p.set("TrafficControlName", plain_name(l, "ALIYUN::ApiGateway::TrafficControl", "TrafficControlName", name));
  p.set("TrafficControlUnit", "MINUTE").set("ApiDefault", per_minute);
  l.add(id, "ALIYUN::ApiGateway::TrafficControl", std::move(p));
  return id;
}

void throttle(Lowering& l, const Node& gateway, const std::string& id, const std::string& control,
              const std::vector<const Edge*>& routes) {
  if (control.empty() || routes.empty()) return;
  cloud::Values apis;
  std::vector<std::string> deployments;
  for (const Edge* route : routes) {
    apis.push_back(api_id(l, *route));
    deployments.push_back(l.id(*route, "Deployment"));
  }
  cloud::Object p;
  p.set("GroupId", group_id(l, gateway)).set("ApiIds", std::move(apis)).set("StageName", kStage);
  p.set("TrafficControlId", cloud::GetAtt{control, "TrafficControlId"});
  l.add(id, "ALIYUN::ApiGateway::TrafficControlBinding", std::move(p)).depends_on = std::move(deployments);
}

void add_throttling(Lowering& l, const Node& gateway) {
  const Attributes& a = l.of(gateway);
  std::vector<const Edge*> all;
  for (const Edge* route : routes_of(l, gateway)) {
    const Attributes& own = l.of(*route);
    if (!own.has("throttle")) {
      all.push_back(route);
      continue;
    }
    const std::string name = fmt::format("{}.{}", gateway.identity(), cloud::logical_id(l.id(*route, "")));
    throttle(l, gateway, l.id(*route, "TrafficBinding"),
             add_traffic_control(l, l.id(*route, "Traffic"), name, *own.find("throttle")), {route});
  }
  if (a.has("throttle")) {
    throttle(l, gateway, l.id(gateway, "TrafficBinding"),
             add_traffic_control(l, l.id(gateway, "Traffic"), gateway.name, *a.find("throttle")), all);
  }
  if (a.has("burst")) l.changes("`burst` has no counterpart: traffic is counted by the minute");
}

// ---- domain

void add_domain(Lowering& l, const Node& gateway) {
  const Value* name = domain_field(l, gateway, "name");
  if (name == nullptr) {
    l.changes("without a domain the gateway has one for tests, which answers a limited number of calls a day");
    return;
  }
  cloud::Object p;
  p.set("GroupId", group_id(l, gateway)).set("DomainName", to_value(l, *name));
  if (const Value* certificate = domain_field(l, gateway, "certificate")) {
    const Value* key = domain_field(l, gateway, "private_key");
    if (key == nullptr) {
      l.sink()
          .report(l.of(gateway).find("domain")->span, codes::DomainCertificate, gateway.name)
          .source(catalog::cite(catalog().fact("fc3.domain.protocol.enum")))
          .help("give the text of both, as parameters: `certificate = cert  private_key = cert_key`");
      return;
    }
    p.set("CertificateName", plain_name(l, "ALIYUN::ApiGateway::Group", "GroupName", gateway.identity()));
    p.set("CertificateBody", to_value(l, *certificate)).set("CertificatePrivateKey", to_value(l, *key));
  } else {
    l.changes("without a certificate the domain answers plain HTTP alone");
  }
  const std::optional<std::string> record =
      add_domain_record(l, gateway, cloud::GetAtt{l.id(gateway, "Group"), "SubDomain"});
  cloud::Resource& domain = l.add(l.id(gateway, "Domain"), "ALIYUN::ApiGateway::CustomDomain", std::move(p));
  if (record) domain.depends_on.push_back(*record);
}

/// Routes of all API groups that this authorizer guards.
std::vector<const Edge*> guarded_by(const Lowering& l, const Node& authorizer) {
  std::vector<const Edge*> out;
  for (const Node& gateway : l.architecture().nodes) {
    if (gateway.kind != "gateway" || !l.stands_here(gateway) || !is_group(l, gateway)) continue;
    for (const Edge* route : routes_of(l, gateway)) {
      if (authorizer_of(l, *route) == &authorizer) out.push_back(route);
    }
  }
  return out;
}

}  // namespace

void realise_api_group(Lowering& l, const Node& gateway) {
  const Attributes& a = l.of(gateway);
  cloud::Object p;
  p.set("GroupName", name_text(l, gateway));
  if (a.has("description"))
    p.set("Description", at_most(l, to_value(l, *a.find("description")), "apigateway.description.max"));
  p.set("Tags", tag_list(l, &gateway));
  l.add(l.id(gateway, "Group"), "ALIYUN::ApiGateway::Group", std::move(p));
  add_cors(l, gateway);
  add_throttling(l, gateway);
  add_domain(l, gateway);
}

// ---- who may pass

void add_token_check(Lowering& l, const Node& authorizer) {
  const std::vector<const Edge*> routes = guarded_by(l, authorizer);
  if (routes.empty()) return;
  std::string claims;
  for (const std::string_view claim : claims_handed_on(l, authorizer)) {
    claims += fmt::format(R"({}{{"claimName":"{}","parameterName":"x-jwt-{}","location":"header"}})",
                          claims.empty() ? "" : ",", claim, claim);
  }
  const std::optional<std::string> key = only_key(l, authorizer);
  const cloud::Value data = cloud::concat(
      {"{\"parameter\":\"", l.of(authorizer).text("header"), "\",\"parameterLocation\":\"header\",\"claimParameters\":[",
       claims, "],", key ? "\"jwk\":" : "\"jwks\":", key ? cloud::Value(*key) : public_keys(l, authorizer), "}"});
  const std::string plugin = add_plugin(l, authorizer, "TokenCheck", "jwtAuth", data);
  for (const Edge* route : routes) attach(l, *route, plugin, "TokenCheck");
}

void add_apps(Lowering& l, const Node& authorizer) {
  const std::vector<const Edge*> routes = guarded_by(l, authorizer);
  const Values* names = l.of(authorizer).list("keys");
  if (routes.empty() || names == nullptr) return;
  l.changes("a caller sends `Authorization: APPCODE …` with the code of its app, whatever `header` says");
  cloud::Values apps;
  for (const Value& name : *names) {
    const auto* text = name.get<std::string>();
    if (text == nullptr) continue;
    const std::string id = l.id(authorizer, cloud::logical_id(*text) + "App");
    cloud::Object p;
    p.set("AppName", plain_name(l, "ALIYUN::ApiGateway::App", "AppName", authorizer.identity() + "." + *text));
    p.set("Tags", tag_list(l, &authorizer));
    l.add(id, "ALIYUN::ApiGateway::App", std::move(p));
    apps.emplace_back(cloud::GetAtt{id, "AppId"});
  }
  // One authorization per group: it names the group.
  std::vector<NodeId> done;
  for (const Edge* route : routes) {
    const Node& gateway = l.from(*route);
    if (std::find(done.begin(), done.end(), gateway.id) != done.end()) continue;
    done.push_back(gateway.id);
    cloud::Values apis;
    std::vector<std::string> deployments;
    for (const Edge* other : routes) {
      if (other->from.node != gateway.id) continue;
      apis.push_back(api_id(l, *other));
      deployments.push_back(l.id(*other, "Deployment"));
    }
    cloud::Object p;
    p.set("GroupId", group_id(l, gateway)).set("ApiIds", std::move(apis)).set("AppIds", apps).set("StageName", kStage);
    l.add(l.id(authorizer, cloud::logical_id(gateway.identity()) + "Authorization"), "ALIYUN::ApiGateway::Authorization",
          std::move(p))
        .depends_on = std::move(deployments);
  }
}

// ---- routes

void route_to_function(Lowering& l, const Edge& edge) {
  if (!same_region(l, edge)) return;
  const Node& gateway = l.from(edge);
  const Node& function = l.to(edge);
  if (!is_group(l, gateway)) {
    l.function(function.id).behind_domain = true;
    return;
  }
  cloud::Object fc;
  fc.set("FcRegionId", region(l)).set("FcVersion", "3.0").set("FcType", "FCEvent");
  fc.set("FunctionName", cloud::GetAtt{l.id(function, "Function"), "FunctionName"});
  fc.set("Qualifier", qualifier_of(l, function));
  fc.set("RoleArn", l.invoker(gateway, "apigateway.aliyuncs.com", function));
  add_api(l, edge, cloud::object({{"ServiceProtocol", "FunctionCompute"}, {"FunctionComputeConfig", std::move(fc)}}), {});
}

void route_to_service(Lowering& l, const Edge& edge) {
  if (!same_region(l, edge)) return;
  const Node& service = l.to(edge);
  if (l.of(service).flag("public")) {
    l.sink()
        .report(edge.span, codes::ServiceDoors, service.name, l.from(edge).name)
        .label(l.of(service).find("public")->span, "the other door")
        .help(fmt::format("leave `public` out of `{}`: `{}` is its door, or let callers ask it without a gateway",
                          service.name, l.from(edge).name));
    return;
  }
  l.function(service.id).behind_address = true;
  std::vector<std::string> names;
  cloud::Object fc;
  fc.set("FcRegionId", region(l)).set("FcVersion", "3.0").set("FcType", "HttpTrigger");
  fc.set("FcBaseUrl", cloud::GetAtt{l.id(service, "HttpTrigger"), "UrlIntranet"});
  fc.set("Path", request_path(edge.from.argument, names)).set("Method", edge.from.name).set("OnlyBusinessPath", true);
  fc.set("RoleArn", l.invoker(l.from(edge), "apigateway.aliyuncs.com", service));
  add_api(l, edge, cloud::object({{"ServiceProtocol", "FunctionCompute"}, {"FunctionComputeConfig", std::move(fc)}}), {});
}

void route_async(Lowering& l, const Edge& edge) {
  if (!same_region(l, edge)) return;
  const Node& gateway = l.from(edge);
  const Node& function = l.to(edge);
  FunctionParts& parts = l.function(function.id);
  parts.handed_events = true;
  parts.behind_address = true;
  const std::string trigger = l.id(function, "HttpTrigger");
  std::vector<std::string> names;
  cloud::Object fc;
  fc.set("FcRegionId", region(l)).set("FcVersion", "3.0").set("FcType", "HttpTrigger");
  fc.set("FcBaseUrl", cloud::GetAtt{trigger, "UrlIntranet"}).set("Path", request_path(edge.from.argument, names));
  fc.set("Method", edge.from.name).set("OnlyBusinessPath", true);
  fc.set("RoleArn", l.invoker(gateway, "apigateway.aliyuncs.com", function));
  const cloud::Object header =
      cloud::object({{"ServiceParameterName", "X-Fc-Invocation-Type"}, {"ConstValue", "Async"}, {"Location", "HEAD"}});
  add_api(l, edge, cloud::object({{"ServiceProtocol", "FunctionCompute"}, {"FunctionComputeConfig", std::move(fc)}}),
          cloud::Values{header});
}

void route_to_address(Lowering& l, const Edge& edge) {
  std::vector<std::string> names;
  cloud::Object service;
  const cloud::Value url = output_of(l, l.to(edge), "url", edge.span);
  const auto* text = url.get<std::string>();
  const bool plain = text != nullptr && text->starts_with("http://");
  service.set("ServiceProtocol", plain ? "HTTP" : "HTTPS").set("ServiceAddress", url);
  service.set("ServicePath", request_path(edge.from.argument, names)).set("ServiceHttpMethod", edge.from.name);
  add_api(l, edge, std::move(service), {});
}

}  // namespace virga::aliyun
