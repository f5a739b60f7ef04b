// authorizer partners { keys = ["acme"] }    gateway public { auth = partners  GET "/orders" -> orders }
//   → AWS::ApiGateway::RestApi      Public
//     AWS::ApiGateway::Resource     PublicOrders          one for each segment of a path
//     AWS::ApiGateway::Method       PublicGetOrders
//     AWS::ApiGateway::Deployment   PublicDeployment<hash>   a new one with each change of a route
//     AWS::ApiGateway::Stage        PublicStage
//     AWS::ApiGateway::UsagePlan    PublicPlan            with a key for each caller
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/gateway.h"
#include "backends/aws/lower/kinds.h"

#include "compiler/cloud/dump.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace virga::aws {
namespace {

std::string words(std::string_view text) {
  std::string id;
  bool start = true;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) id += start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    start = !letter;
  }
  return id;
}

/// The resource of a path, made with all that lead to it.
cloud::Value resource_of(Lowering& lowering, const Node& gateway, const std::string& path) {
  const cloud::Value api = cloud::Ref{lowering.id(gateway)};
  if (path == "/" || path.empty()) return cloud::GetAtt{lowering.id(gateway), "RootResourceId"};
  const std::string id = lowering.id(gateway, "Path" + words(path));
  if (lowering.find(id) == nullptr) {
    const std::size_t slash = path.rfind('/');
    cloud::Value parent = resource_of(lowering, gateway, path.substr(0, slash));
    lowering.add(gateway, id, "AWS::ApiGateway::Resource",
                 cloud::object({{"RestApiId", api}, {"ParentId", std::move(parent)}, {"PathPart", path.substr(slash + 1)}}));
  }
  return cloud::Ref{id};
}

/// `/docs/{page}` as the settings of a stage name it.
std::string setting_path(const std::string& path) {
  std::string out = "/";
  for (const char c : path == "/" ? std::string_view() : std::string_view(path)) {
    if (c == '/') out += "~1";
    else out += c;
  }
  return out;
}

void set_throttling(Lowering& lowering, const Node& gateway, const std::string& method, const std::string& path,
                    const Value& rate, const Value* burst, Span place) {
  cloud::Object& stage = lowering.find(lowering.id(gateway, "Stage"))->properties;
  const cloud::Value per_second = lowering.quantity(rate, Unit::per_second, place);
  cloud::Value at_once = per_second;
  if (burst != nullptr && !burst->is_none()) at_once = lowering.value(*burst);
  else if (const double* fraction = per_second.get<double>()) at_once = static_cast<std::int64_t>(std::ceil(*fraction));
  if (stage.find("MethodSettings") == nullptr) stage.set("MethodSettings", cloud::Values{});
  stage.find("MethodSettings")
      ->get<cloud::Values>()
      ->emplace_back(cloud::object({{"HttpMethod", method},
                                    {"ResourcePath", path},
                                    {"ThrottlingRateLimit", per_second},
                                    {"ThrottlingBurstLimit", at_once}}));
}

void lower_guard(Lowering& lowering, const Node& gateway, const Node& authorizer) {
  if (hands_out_keys(lowering, authorizer) || ways_of(lowering, authorizer) != 1) return;  // the latter is reported there
  const Edge* edge = asked_function(lowering, authorizer);
  if (edge == nullptr) {
    lowering.sink.report(authorizer.span, codes::KeysAndTokens, gateway.name)
        .note("an HTTP API of AWS knows tokens, a REST API knows keys")
        .help("make two gateways of `" + gateway.name + "`, or let a function check the tokens");
    return;
  }
  const Node& function = lowering.to(*edge);
  const std::string id = lowering.id(gateway, "Auth" + lowering.id(authorizer));
  const Attributes& asked = lowering.of(authorizer);
  lowering.add(gateway, id, "AWS::ApiGateway::Authorizer",
               cloud::object({{"RestApiId", cloud::Ref{lowering.id(gateway)}},
                              {"Name", authorizer.name},
                              {"Type", "REQUEST"},
                              {"AuthorizerUri", invocation_uri(lowering, function)},
                              // An answer that is remembered holds for the route that was asked for, not for all.
                              {"IdentitySource", cloud::concat({"method.request.header.",
                                                                asked.has("header") ? lowering.value(*asked.find("header"))
                                                                                    : cloud::Value("Authorization"),
                                                                ",context.resourcePath,context.httpMethod"})},
                              {"AuthorizerResultTtlInSeconds", lowering.quantity(authorizer, "cache", Unit::seconds)}}));
  lowering.admit_caller(function, *edge, "From" + id + "Permission", "apigateway.amazonaws.com",
                        call_arn(lowering, gateway, "/authorizers/*"), false);
}

void add_keys(Lowering& lowering, const Node& gateway) {
  const std::string plan = lowering.id(gateway, "Plan");
  lowering.add(
      gateway, plan, "AWS::ApiGateway::UsagePlan",
      cloud::object({{"UsagePlanName", lowering.name("AWS::ApiGatewayV2::Api", "Name", gateway)},
                     {"ApiStages", cloud::Values{cloud::object({{"ApiId", cloud::Ref{lowering.id(gateway)}},
                                                                {"Stage", cloud::Ref{lowering.id(gateway, "Stage")}}})}},
                     {"Tags", lowering.tags(gateway)}}));
  for (const Node* guard : guards_of(lowering, gateway)) {
    const Values* callers = lowering.of(*guard).list("keys");
    for (const Value& caller : callers == nullptr ? Values{} : *callers) {
      const std::string* name = caller.get<std::string>();
      if (name == nullptr) continue;
      const std::string key = lowering.id(gateway, "Key" + lowering.id(*guard) + words(*name));
      lowering.add(gateway, key, "AWS::ApiGateway::ApiKey",
                   cloud::object({{"Name", lowering.name("AWS::ApiGatewayV2::Api", "Name", gateway, *name)},
                                  {"Enabled", true},
                                  {"Tags", lowering.tags(gateway)}}));
      lowering.add(gateway, lowering.id(gateway, "Key" + lowering.id(*guard) + words(*name) + "InPlan"),
                   "AWS::ApiGateway::UsagePlanKey",
                   cloud::object({{"KeyId", cloud::Ref{key}}, {"KeyType", "API_KEY"}, {"UsagePlanId", cloud::Ref{plan}}}));
    }
  }
}

std::vector<std::string> texts_of(const Map& cors, std::string_view key) {
  std::vector<std::string> texts;
  const Value* found = cors.find(key);
  const Values* items = found == nullptr ? nullptr : found->get<Values>();
  for (const Value& item : items == nullptr ? Values{} : *items) {
    if (const std::string* word = item.get<std::string>()) texts.push_back(*word);
  }
  return texts;
}

/// Headers that API Gateway is told are texts in quotes of their own.
std::string quoted(const std::vector<std::string>& texts) { return fmt::format("'{}'", fmt::join(texts, ",")); }

/// A browser takes one origin as the answer: the first stands in the header, and this puts its own in for each other one.
std::string other_origins(const std::vector<std::string>& origins) {
  std::string any;
  for (std::size_t i = 1; i < origins.size(); ++i)
    any += (any.empty() ? "" : " || ") + fmt::format("$origin == \"{}\"", origins[i]);
  return "#set($origin = $input.params().header.get(\"Origin\"))\n"
         "#if(!$origin)#set($origin = $input.params().header.get(\"origin\"))#end\n"
         "#if(" +
         any + ")#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end\n";
}

/// The answer to a browser that asks first; what the functions answer they must allow themselves.
void add_preflight(Lowering& lowering, const Node& gateway, const std::string& path, const Map& cors) {
  const std::string id = lowering.id(gateway, "Preflight" + words(path));
  if (lowering.find(id) != nullptr) return;
  cloud::Object headers, allowed;
  const auto answer = [&](std::string_view header, std::string value) {
    const std::string name = "method.response.header.Access-Control-" + std::string(header);
    headers.set(name, std::move(value));
    allowed.set(name, true);
  };
  const std::vector<std::string> origins = texts_of(cors, "origins");
  answer("Allow-Origin", quoted({origins.begin(), origins.empty() ? origins.end() : origins.begin() + 1}));
  answer("Allow-Methods", quoted(texts_of(cors, "methods")));
  answer("Allow-Headers", quoted(texts_of(cors, "headers")));
  const Value* credentials = cors.find("credentials");
  const bool* with_credentials = credentials == nullptr ? nullptr : credentials->get<bool>();
  if (with_credentials != nullptr && *with_credentials) answer("Allow-Credentials", "'true'");
  const Value* age = cors.find("max_age");
  const cloud::Value seconds =
      age == nullptr ? cloud::Value() : lowering.quantity(*age, Unit::seconds, lowering.where(gateway, "cors"));
  if (const std::int64_t* known = seconds.get<std::int64_t>()) answer("Max-Age", fmt::format("'{}'", *known));
  cloud::Object response = cloud::object({{"StatusCode", "204"}, {"ResponseParameters", std::move(headers)}});
  if (origins.size() > 1) response.set("ResponseTemplates", cloud::object({{"application/json", other_origins(origins)}}));
  lowering.add(
      gateway, id, "AWS::ApiGateway::Method",
      cloud::object({{"RestApiId", cloud::Ref{lowering.id(gateway)}},
                     {"ResourceId", resource_of(lowering, gateway, path)},
                     {"HttpMethod", "OPTIONS"},
                     {"AuthorizationType", "NONE"},
                     {"ApiKeyRequired", false},
                     {"Integration",
                      cloud::object({{"Type", "MOCK"},
                                     {"RequestTemplates", cloud::object({{"application/json", "{\"statusCode\": 204}"}})},
                                     {"IntegrationResponses", cloud::Values{std::move(response)}}})},
                     {"MethodResponses",
                      cloud::Values{cloud::object({{"StatusCode", "204"}, {"ResponseParameters", std::move(allowed)}})}}}));
}

void lower_stage(Lowering& lowering, const Node& gateway, cloud::Decision& decision) {
  cloud::Object stage = cloud::object({{"RestApiId", cloud::Ref{lowering.id(gateway)}}, {"StageName", kRestStage}});
  const std::optional<std::string> log = lower_access_log(lowering, gateway);
  if (log) {
    stage.set("AccessLogSetting",
              cloud::object({{"DestinationArn", cloud::GetAtt{*log, "Arn"}},
                             {"Format", access_log_format("$context.httpMethod $context.resourcePath")}}));
  }
  stage.set("Tags", lowering.tags(gateway));
  cloud::Resource& made = lowering.add(gateway, lowering.id(gateway, "Stage"), "AWS::ApiGateway::Stage", std::move(stage));
  log_by_account_role(lowering, gateway, log.has_value(), made, decision);
}

void add_method(Lowering& lowering, const Edge& edge, const Route& route, cloud::Object integration) {
  const Node& gateway = lowering.from(edge);
  const Node* guard = guard_of(lowering, edge);
  const bool keys = guard != nullptr && hands_out_keys(lowering, *guard);
  cloud::Object properties = cloud::object({{"RestApiId", cloud::Ref{lowering.id(gateway)}},
                                            {"ResourceId", resource_of(lowering, gateway, route.path)},
                                            {"HttpMethod", route.method},
                                            {"AuthorizationType", guard == nullptr || keys ? "NONE" : "CUSTOM"},
                                            {"ApiKeyRequired", keys}});
  if (guard != nullptr && !keys)
    properties.set("AuthorizerId", cloud::Ref{lowering.id(gateway, "Auth" + lowering.id(*guard))});
  if (integration.find("Type")->get<std::string>()->ends_with("_PROXY") == false) {
    properties.set("MethodResponses",
                   cloud::Values{cloud::object({{"StatusCode", "200"}}), cloud::object({{"StatusCode", kRefused}})});
  }
  // The segments of an address outside come from the path of the request.
  cloud::Object from_path, of_request;
  for (std::size_t open = route.path.find('{'); open != std::string::npos; open = route.path.find('{', open + 1)) {
    const std::string name = route.path.substr(open + 1, route.path.find_first_of("+}", open) - open - 1);
    from_path.set("integration.request.path." + name, "method.request.path." + name);
    of_request.set("method.request.path." + name, true);
  }
  if (*integration.find("Type")->get<std::string>() == "HTTP_PROXY" && !from_path.members.empty()) {
    integration.set("RequestParameters", std::move(from_path));
    properties.set("RequestParameters", std::move(of_request));
  }
  properties.set("Integration", std::move(integration));
  lowering.add(gateway, edge, lowering.id(gateway, route_id(route)), "AWS::ApiGateway::Method", std::move(properties));
  const Attributes& asked = lowering.of(edge);
  if (asked.has("throttle")) {
    set_throttling(lowering, gateway, route.method == "ANY" ? "*" : route.method, setting_path(route.path),
                   *asked.find("throttle"), nullptr, lowering.where(edge, "throttle"));
  }
  const Map* cors = lowering.of(gateway).map("cors");
  if (cors != nullptr && !has_route(lowering, gateway, "OPTIONS", route.path))
    add_preflight(lowering, gateway, route.path, *cors);
}

}  // namespace

void lower_rest_api(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  decision.fidelity = catalog::Fidelity::degraded;
  decision.change = "callers send their key in the header `x-api-key`";
  const std::vector<const Node*> guards = guards_of(lowering, node);
  if (std::any_of(guards.begin(), guards.end(), [&](const Node* guard) { return !hands_out_keys(lowering, *guard); }))
    decision.change += "; a function that decides answers with a policy, as REST APIs want it, not with `isAuthorized`";
  if (asked.has("cors")) decision.change += "; functions add the headers of cross-origin answers themselves";
  cloud::Object properties = cloud::object({{"Name", lowering.name("AWS::ApiGatewayV2::Api", "Name", node)},
                                            {"EndpointConfiguration", cloud::object({{"Types", cloud::Values{"REGIONAL"}}})},
                                            {"ApiKeySourceType", "HEADER"}});
  if (asked.has("description")) properties.set("Description", lowering.value(*asked.find("description")));
  properties.set("Tags", lowering.tags(node));
  lowering.add(node, lowering.id(node), "AWS::ApiGateway::RestApi", std::move(properties));
  lower_stage(lowering, node, decision);
  if (asked.has("throttle"))
    set_throttling(lowering, node, "*", "/*", *asked.find("throttle"), asked.find("burst"),
                   lowering.where(node, "throttle"));
  for (const Node* guard : guards) lower_guard(lowering, node, *guard);
  add_keys(lowering, node);
  lower_domain(lowering, node);
}

void rest_route(Lowering& lowering, const Edge& edge, cloud::Object integration) {
  const Route route = route_of(edge);
  add_method(lowering, edge, route, integration);
  if (!route.parent.empty() && !has_route(lowering, lowering.from(edge), route.method, route.parent)) {
    // Nothing stands for the segments that are not there.
    if (cloud::Value* uri = integration.find("Uri");
        uri != nullptr && *integration.find("Type")->get<std::string>() == "HTTP_PROXY") {
      const Value* url = lowering.of(lowering.to(edge)).find("url");
      *uri = cloud::concat({url == nullptr ? cloud::Value() : lowering.value(*url), route.parent});
    }
    add_method(lowering, edge, {route.method, route.parent, {}}, std::move(integration));
  }
}

void deploy_rest_apis(Lowering& lowering) {
  for (const Node& node : lowering.architecture.nodes) {
    if (node.kind != "gateway" || !lowering.stands(node) || !needs_keys(lowering, node)) continue;
    std::string all;
    std::vector<std::string> methods;
    for (const cloud::Resource& resource : lowering.resources) {
      if (resource.from.node != node.id || !resource.type.starts_with("AWS::ApiGateway::")) continue;
      if (resource.type == "AWS::ApiGateway::Method") methods.push_back(resource.id);
      if (resource.type != "AWS::ApiGateway::Stage") all += resource.id + to_text(cloud::Value(resource.properties));
    }
    const std::string id = lowering.id(node, "Deployment" + cloud::short_hash(all, 10));
    cloud::Resource& made =
        lowering.add(node, id, "AWS::ApiGateway::Deployment", cloud::object({{"RestApiId", cloud::Ref{lowering.id(node)}}}));
    made.depends_on = std::move(methods);
    lowering.find(lowering.id(node, "Stage"))->properties.set("DeploymentId", cloud::Ref{id});
  }
}

}  // namespace virga::aws
