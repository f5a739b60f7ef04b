// gateway public { throttle = 50rps  GET "/docs/{page}" -> reader }
//   → AWS::ApiGatewayV2::Api           Public
//     AWS::ApiGatewayV2::Stage         PublicStage             `$default`: throttling, the log of requests
//     AWS::ApiGatewayV2::Integration   PublicToReader
//     AWS::ApiGatewayV2::Route         PublicGetDocsPage
//     AWS::ApiGatewayV2::Authorizer    PublicAuthStaff         one for each authorizer that guards a route
//     AWS::Lambda::Permission          ReaderFromPublicPermission
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/cors.h"
#include "backends/aws/lower/gateway.h"
#include "backends/aws/lower/kinds.h"
#include "backends/aws/lower/users.h"

namespace virga::aws {
namespace {

void lower_stage(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  cloud::Object stage =
      cloud::object({{"ApiId", cloud::Ref{lowering.id(node)}}, {"StageName", "$default"}, {"AutoDeploy", true}});
  if (const std::optional<std::string> log = lower_access_log(lowering, node)) {
    stage.set("AccessLogSettings", cloud::object({{"DestinationArn", cloud::GetAtt{*log, "Arn"}},
                                                  {"Format", access_log_format("$context.routeKey")}}));
  }
  if (asked.has("throttle")) {
    stage.set("DefaultRouteSettings",
              throttling(lowering, *asked.find("throttle"), asked.find("burst"), lowering.where(node, "throttle")));
    if (!asked.has("burst")) decision.change = "as many requests may come at once as `throttle` allows in a second";
  }
  stage.set("Tags", lowering.tag_map(node));
  lowering.add(node, lowering.id(node, "Stage"), "AWS::ApiGatewayV2::Stage", std::move(stage));
}

void lower_guard(Lowering& lowering, const Node& gateway, const Node& authorizer) {
  const Attributes& asked = lowering.of(authorizer);
  const std::string id = lowering.id(gateway, "Auth" + lowering.id(authorizer));
  cloud::Object properties = cloud::object({{"ApiId", cloud::Ref{lowering.id(gateway)}}, {"Name", authorizer.name}});
  const cloud::Value source = cloud::concat(
      {"$request.header.", asked.has("header") ? lowering.value(*asked.find("header")) : cloud::Value("Authorization")});
  if (const Map* jwt = asked.map("jwt")) {
    properties.set("AuthorizerType", "JWT");
    properties.set("IdentitySource", cloud::Values{source});
    properties.set("JwtConfiguration", cloud::object({{"Issuer", lowering.value(*jwt->find("issuer"))},
                                                      {"Audience", lowering.value(*jwt->find("audience"))}}));
  } else if (const std::optional<NodeId> users = asked.node("users")) {
    const Node& pool = lowering.architecture.node(*users);
    if (!lowering.stands(pool)) {
      lowering.sink.report(lowering.where(authorizer, "users"), codes::CrossRegion, authorizer.name)
          .label(pool.span, "stands at home alone")
          .help("say `placement = home` in `" + gateway.name + "`: people sign in at one place");
      return;
    }
    properties.set("AuthorizerType", "JWT");
    properties.set("IdentitySource", cloud::Values{source});
    properties.set("JwtConfiguration", cloud::object({{"Issuer", users_issuer(lowering, pool)},
                                                      {"Audience", cloud::Values{users_client(lowering, pool)}}}));
  } else if (const Edge* edge = asked_function(lowering, authorizer)) {
    const Node& function = lowering.to(*edge);
    properties.set("AuthorizerType", "REQUEST");
    properties.set("AuthorizerUri", invocation_uri(lowering, function));
    properties.set("AuthorizerPayloadFormatVersion", "2.0");
    properties.set("EnableSimpleResponses", true);
    // An answer that is remembered holds for the route that was asked for, not for all that the function guards.
    properties.set("IdentitySource", cloud::Values{source, "$context.routeKey"});
    properties.set("AuthorizerResultTtlInSeconds", lowering.quantity(authorizer, "cache", Unit::seconds));
    lowering.admit_caller(function, *edge, "From" + id + "Permission", "apigateway.amazonaws.com",
                          call_arn(lowering, gateway, "/authorizers/*"), false);
  } else {
    return;  // reported with the authorizer
  }
  lowering.add(gateway, id, "AWS::ApiGatewayV2::Authorizer", std::move(properties));
}

void set_guard(Lowering& lowering, const Edge& edge, cloud::Object& route) {
  const Node* guard = guard_of(lowering, edge);
  if (guard == nullptr) {
    route.set("AuthorizationType", "NONE");
    return;
  }
  const Map* jwt = lowering.of(*guard).map("jwt");
  route.set("AuthorizationType", jwt != nullptr || lowering.of(*guard).has("users") ? "JWT" : "CUSTOM");
  route.set("AuthorizerId", cloud::Ref{lowering.id(lowering.from(edge), "Auth" + lowering.id(*guard))});
  const Value* scopes = jwt == nullptr ? nullptr : jwt->find("scopes");
  const Values* list = scopes == nullptr ? nullptr : scopes->get<Values>();
  if (list != nullptr && !list->empty()) route.set("AuthorizationScopes", lowering.value(*scopes));
}

void add_route(Lowering& lowering, const Edge& edge, const Route& route, const std::string& integration) {
  const Node& gateway = lowering.from(edge);
  const std::string id = lowering.id(gateway, route_id(route));
  cloud::Object properties = cloud::object({{"ApiId", cloud::Ref{lowering.id(gateway)}}, {"RouteKey", route.key()}});
  set_guard(lowering, edge, properties);
  properties.set("Target", cloud::concat({"integrations/", cloud::Ref{integration}}));
  lowering.add(gateway, edge, id, "AWS::ApiGatewayV2::Route", std::move(properties));

  const Attributes& asked = lowering.of(edge);
  if (!asked.has("throttle")) return;
  cloud::Resource& stage = *lowering.find(lowering.id(gateway, "Stage"));
  if (stage.properties.find("RouteSettings") == nullptr) stage.properties.set("RouteSettings", cloud::Object{});
  stage.properties.find("RouteSettings")
      ->get<cloud::Object>()
      ->set(route.key(), throttling(lowering, *asked.find("throttle"), nullptr, lowering.where(edge, "throttle")));
  stage.depends_on.push_back(id);  // a stage refuses settings of a route that is not there yet
}

/// `ANY` takes OPTIONS as well, so behind an authorizer it would refuse the browser that asks first, which never shows a
/// token. Spelt out as the other methods it leaves OPTIONS to the API, which answers by its CORS rules.
void add_methods(Lowering& lowering, const Edge& edge, const Route& route, const std::string& integration,
                 cloud::Decision& decision) {
  const Node& gateway = lowering.from(edge);
  // `OPTIONS /{path*}` takes the place of the one without segments too.
  if (route.method != "ANY" || guard_of(lowering, edge) == nullptr || lowering.of(gateway).map("cors") == nullptr ||
      has_route(lowering, gateway, "OPTIONS", route_of(edge).path)) {
    return add_route(lowering, edge, route, integration);
  }
  for (const char* method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}) {
    if (!has_route(lowering, gateway, method, route.path)) add_route(lowering, edge, {method, route.path, {}}, integration);
  }
  decision.change =
      "`ANY` is spelt out as GET, HEAD, POST, PUT, PATCH and DELETE, so that a browser that asks first gets the answer of "
      "`cors` without a token";
}

}  // namespace

void lower_http_api(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  cloud::Object properties =
      cloud::object({{"Name", lowering.name("AWS::ApiGatewayV2::Api", "Name", node)}, {"ProtocolType", "HTTP"}});
  if (asked.has("description")) properties.set("Description", lowering.value(*asked.find("description")));
  if (const Map* cors = asked.map("cors"))
    properties.set("CorsConfiguration", cors_of(lowering, *cors, lowering.where(node, "cors")));
  properties.set("Tags", lowering.tag_map(node));
  lowering.add(node, lowering.id(node), "AWS::ApiGatewayV2::Api", std::move(properties));
  lower_stage(lowering, node, decision);
  for (const Node* guard : guards_of(lowering, node)) lower_guard(lowering, node, *guard);
  lower_domain(lowering, node);
}

void http_route(Lowering& lowering, const Edge& edge, const std::string& integration, cloud::Decision& decision,
                const std::string& bare) {
  const Route route = route_of(edge);
  add_methods(lowering, edge, route, integration, decision);
  // `{path+}` takes one segment at least; `{path*}` of the language takes none as well.
  if (route.parent.empty() || has_route(lowering, lowering.from(edge), route.method, route.parent)) return;
  add_methods(lowering, edge, {route.method, route.parent, {}}, bare.empty() ? integration : bare, decision);
}

}  // namespace virga::aws
