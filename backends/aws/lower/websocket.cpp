// websocket chat { auth = members  connect -> enter  message "say" ~> tell }
//   → AWS::ApiGatewayV2::Api           Chat
//     AWS::ApiGatewayV2::Stage         ChatStage              throttling, the log of what arrives
//     AWS::ApiGatewayV2::Authorizer    ChatAuthMembers        asked when somebody connects
//     AWS::ApiGatewayV2::Deployment    ChatDeployment<hash>   a new one with each change of a route
#include "backends/aws/lower/websocket.h"

#include "backends/aws/lower/gateway.h"
#include "backends/aws/lower/kinds.h"

#include "compiler/cloud/dump.h"

#include <algorithm>

namespace virga::aws {
namespace {

std::string hours(std::string_view fact, Unit unit) {
  return to_text(Quantity{static_cast<std::int64_t>(limit(fact) * amount(unit)), Dimension::duration});
}

/// One line of JSON for each connection, message and end.
constexpr std::string_view kLogFormat =
    R"({"requestId":"$context.requestId","time":"$context.requestTime","ip":"$context.identity.sourceIp",)"
    R"("event":"$context.eventType","route":"$context.routeKey","connection":"$context.connectionId",)"
    R"("status":"$context.status","error":"$context.error.message"})";

void lower_stage(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  cloud::Object stage = cloud::object({{"ApiId", cloud::Ref{lowering.id(node)}}, {"StageName", kRestStage}});
  const std::optional<std::string> log = lower_access_log(lowering, node);
  if (log) {
    stage.set("AccessLogSettings", cloud::object({{"DestinationArn", cloud::GetAtt{*log, "Arn"}}, {"Format", kLogFormat}}));
  }
  if (asked.has("throttle")) {
    stage.set("DefaultRouteSettings",
              throttling(lowering, *asked.find("throttle"), asked.find("burst"), lowering.where(node, "throttle")));
  }
  stage.set("Tags", lowering.tag_map(node));
  cloud::Resource& made = lowering.add(node, lowering.id(node, "Stage"), "AWS::ApiGatewayV2::Stage", std::move(stage));
  log_by_account_role(lowering, node, log.has_value(), made, decision);
}

/// Why API Gateway cannot ask the authorizer; empty when it can.
std::string why_not(const Lowering& lowering, const Node& websocket, const Node& guard) {
  if (lowering.architecture.edges_from(websocket.id, "connect").empty()) return "nothing asks it without a route `connect`";
  if (asked_function(lowering, guard) != nullptr) return {};
  return "a websocket of API Gateway asks a function alone who may connect";
}

void lower_guard(Lowering& lowering, const Node& websocket, const Node& guard, cloud::Decision& decision) {
  const std::string why = why_not(lowering, websocket, guard);
  if (!why.empty()) {
    const bool routed = !lowering.architecture.edges_from(websocket.id, "connect").empty();
    lowering.sink.report(lowering.where(websocket, "auth"), codes::WebsocketAuth, guard.name, websocket.name, why)
        .source(catalog::cite(catalog().fact("apigw.ws.authorizer.type")))
        .help(routed ? "let a function check the token: `authorizer " + guard.name + " { -> check }`"
                     : "say which function greets who connects: `connect -> …`");
    return;
  }
  const Edge& edge = *asked_function(lowering, guard);
  const Node& function = lowering.to(edge);
  if (!lowering.stands(function)) {
    lowering.sink.report(edge.span, codes::CrossRegion, describe(lowering.architecture, edge))
        .help("say `placement = every` at `" + function.name + "`, or `placement = home` at `" + websocket.name + "`");
    return;
  }
  const Attributes& asked = lowering.of(guard);
  const Value* parameter = lowering.of(websocket).find("auth_parameter");
  cloud::Value source = "route.request.header.Authorization";
  if (parameter != nullptr && !parameter->is_none())
    source = cloud::concat({"route.request.querystring.", lowering.value(*parameter)});
  else if (asked.has("header")) source = cloud::concat({"route.request.header.", lowering.value(*asked.find("header"))});
  const std::string id = lowering.id(websocket, "Auth" + lowering.id(guard));
  lowering.add(websocket, id, "AWS::ApiGatewayV2::Authorizer",
               cloud::object({{"ApiId", cloud::Ref{lowering.id(websocket)}},
                              {"Name", guard.name},
                              {"AuthorizerType", "REQUEST"},
                              {"AuthorizerUri", invocation_uri(lowering, function)},
                              {"IdentitySource", cloud::Values{std::move(source)}}}));
  lowering.admit_caller(function, edge, "From" + id + "Permission", "apigateway.amazonaws.com",
                        call_arn(lowering, websocket, "/authorizers/*"), false);
  decision.change += "; `" + function.name + "` is asked at every connection, and answers with a policy";
}

/// What API Gateway deploys and what a change of it must deploy anew.
bool is_deployed(const cloud::Resource& resource) {
  constexpr std::string_view kTypes[] = {"AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Authorizer",
                                         "AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route",
                                         "AWS::ApiGatewayV2::RouteResponse"};
  return std::find(std::begin(kTypes), std::end(kTypes), resource.type) != std::end(kTypes);
}

}  // namespace

const Node* websocket_guard(const Lowering& lowering, const Node& websocket) {
  const std::optional<NodeId> guard = lowering.of(websocket).node("auth");
  return guard ? &lowering.architecture.node(*guard) : nullptr;
}

cloud::Value websocket_url(Lowering& lowering, const Node& websocket) {
  const Map* domain = lowering.of(websocket).map("domain");
  if (domain != nullptr && domain->find("name") != nullptr)
    return cloud::concat({"wss://", lowering.value(*domain->find("name"))});
  return cloud::concat({cloud::GetAtt{lowering.id(websocket), "ApiEndpoint"}, "/" + std::string(kRestStage)});
}

void lower_websocket(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  if (lowering.architecture.edges_from(node.id).empty()) {
    lowering.sink.report(node.span, codes::WebsocketEmpty, node.name).help("say who gets its messages: `other ~> …`");
    return;
  }
  cloud::Object properties = cloud::object({{"Name", lowering.name("AWS::ApiGatewayV2::Api", "Name", node)},
                                            {"ProtocolType", "WEBSOCKET"},
                                            {"RouteSelectionExpression", "$request.body." + asked.text("field")}});
  if (asked.has("description")) properties.set("Description", lowering.value(*asked.find("description")));
  properties.set("Tags", lowering.tag_map(node));
  lowering.add(node, lowering.id(node), "AWS::ApiGatewayV2::Api", std::move(properties));
  decision.change = fmt::format("a connection ends after {}, and after {} in which nothing is said",
                                hours("apigw.ws.connection.duration.max", Unit::hours),
                                hours("apigw.ws.connection.idle_timeout", Unit::minutes));
  lower_stage(lowering, node, decision);
  if (const Node* guard = websocket_guard(lowering, node)) lower_guard(lowering, node, *guard, decision);
  lower_domain(lowering, node);
}

void deploy_websockets(Lowering& lowering) {
  for (const Node& node : lowering.architecture.nodes) {
    if (node.kind != "websocket" || !lowering.stands(node)) continue;
    std::string all;
    std::vector<std::string> routes;
    for (const cloud::Resource& resource : lowering.resources) {
      if (resource.from.node != node.id || !is_deployed(resource)) continue;
      all += resource.id + to_text(cloud::Value(resource.properties));
      if (resource.type.starts_with("AWS::ApiGatewayV2::Route")) routes.push_back(resource.id);
    }
    const std::string id = lowering.id(node, "Deployment" + cloud::short_hash(all, 10));
    cloud::Resource& made =
        lowering.add(node, id, "AWS::ApiGatewayV2::Deployment", cloud::object({{"ApiId", cloud::Ref{lowering.id(node)}}}));
    made.depends_on = std::move(routes);
    lowering.find(lowering.id(node, "Stage"))->properties.set("DeploymentId", cloud::Ref{id});
  }
}

}  // namespace virga::aws
