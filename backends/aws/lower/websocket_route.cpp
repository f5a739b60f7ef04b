// connect -> enter           → a proxy integration, shared by all routes that wait for `enter`
// message "say" -> answer    → the same, and a route response: the answer goes back to who sent the message
// message "say" ~> tell      → an integration that invokes `tell` without waiting, or starts what stands in between
// message "say" ~> orders    → an integration that sends the message on
// told -> chat.send          → a statement in the role of `told`, and CHAT_ENDPOINT in its environment
#include "backends/aws/lower/websocket.h"

#include "backends/aws/lower/address.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/gateway.h"
#include "backends/aws/lower/intake.h"

#include <algorithm>

namespace virga::aws {
namespace {

/// As API Gateway selects a template that does not depend on the message.
constexpr std::string_view kAnyTemplate = "\\$default";

std::string words(std::string_view text) {
  std::string id;
  bool start = true;
  for (const char c : text) {
    const bool lower = c >= 'a' && c <= 'z';
    const bool letter = lower || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) id += start && lower ? static_cast<char>(c - 'a' + 'A') : c;
    start = !letter;
  }
  return id;
}

/// What is wrong with the route itself; it is reported.
bool reported(Lowering& lowering, const Edge& edge) {
  const Node& websocket = lowering.from(edge);
  const catalog::Fact& reserved = catalog().fact("apigw.ws.route_keys.reserved");
  if (edge.from.name == "message" &&
      std::find(reserved.members.begin(), reserved.members.end(), edge.from.argument) != reserved.members.end()) {
    lowering.sink.report(edge.span, codes::WebsocketName, edge.from.argument)
        .source(catalog::cite(reserved))
        .help("API Gateway calls `connect`, `disconnect` and `other` so");
    return true;
  }
  for (const Edge* other : lowering.architecture.edges_from(websocket.id, edge.from.name)) {
    if (other->id >= edge.id || other->from.argument != edge.from.argument) continue;
    const std::string route =
        edge.from.name == "message" ? "the message `" + edge.from.argument + "`" : "`" + edge.from.name + "`";
    lowering.sink.report(edge.span, codes::WebsocketRoute, websocket.name, route)
        .label(other->span, "the first one")
        .help("let it go to a function that tells the other, or to a `topic` by way of one");
    return true;
  }
  return false;
}

/// The route, its throttling, and what a route that waits sends back.
void add_route(Lowering& lowering, const Edge& edge, const std::string& integration) {
  const Node& websocket = lowering.from(edge);
  const cloud::Value api = cloud::Ref{lowering.id(websocket)};
  const std::string key = websocket_key(edge);
  const std::string id = lowering.id(websocket, websocket_route_id(lowering, edge));
  const bool answers = edge.delivery == Delivery::call && edge.from.name != "connect";
  cloud::Object properties = cloud::object({{"ApiId", api}, {"RouteKey", key}});
  const Node* guard = edge.from.name == "connect" ? websocket_guard(lowering, websocket) : nullptr;
  properties.set("AuthorizationType", guard == nullptr ? "NONE" : "CUSTOM");
  if (guard != nullptr) properties.set("AuthorizerId", cloud::Ref{lowering.id(websocket, "Auth" + lowering.id(*guard))});
  if (answers) properties.set("RouteResponseSelectionExpression", "$default");
  properties.set("Target", cloud::concat({"integrations/", cloud::Ref{integration}}));
  lowering.add(websocket, edge, id, "AWS::ApiGatewayV2::Route", std::move(properties));
  if (answers) {
    lowering.add(websocket, edge, id + "Answer", "AWS::ApiGatewayV2::RouteResponse",
                 cloud::object({{"ApiId", api}, {"RouteId", cloud::Ref{id}}, {"RouteResponseKey", "$default"}}));
  }
  const Attributes& asked = lowering.of(edge);
  if (!asked.has("throttle")) return;
  cloud::Object& stage = lowering.find(lowering.id(websocket, "Stage"))->properties;
  if (stage.find("RouteSettings") == nullptr) stage.set("RouteSettings", cloud::Object{});
  stage.find("RouteSettings")
      ->get<cloud::Object>()
      ->set(key, throttling(lowering, *asked.find("throttle"), nullptr, lowering.where(edge, "throttle")));
}

/// Names an integration, makes it unless another route did, and leads the route there.
void lead(Lowering& lowering, const Edge& edge, std::string suffix, cloud::Object properties) {
  const Node& websocket = lowering.from(edge);
  if (lowering.of(edge).has("timeout")) suffix += "For" + websocket_route_id(lowering, edge);
  const std::string id = lowering.id(websocket, suffix);
  if (lowering.find(id) == nullptr) {
    cloud::Object all = cloud::object({{"ApiId", cloud::Ref{lowering.id(websocket)}}});
    for (cloud::Member& member : properties.members) all.set(member.key, std::move(member.value));
    all.set("TimeoutInMillis", route_timeout(lowering, edge, "apigw.ws.integration_timeout.max"));
    lowering.add(websocket, edge, id, "AWS::ApiGatewayV2::Integration", std::move(all));
  }
  add_route(lowering, edge, id);
}

/// A service of AWS gets what `body` makes of the message; nobody waits for more than that it was taken.
cloud::Object service_integration(cloud::Value uri, std::string_view header, std::string_view value, cloud::Value body) {
  return cloud::object({{"IntegrationType", "AWS"},
                        {"IntegrationMethod", "POST"},
                        {"IntegrationUri", std::move(uri)},
                        {"PassthroughBehavior", "NEVER"},
                        {"RequestParameters", cloud::object({{"integration.request.header." + std::string(header), value}})},
                        {"TemplateSelectionExpression", kAnyTemplate},
                        {"RequestTemplates", cloud::object({{"$default", std::move(body)}})}});
}

/// What a function gets: the event that a proxy integration would hand it, without headers. Within a text, `quote` is `\"`.
std::string event_text(const Lowering& lowering, const Edge& edge, const std::string& quote) {
  const auto field = [&](const std::string& name, const std::string& value) { return quote + name + quote + ":" + value; };
  const auto text = [&](const std::string& name) { return field(name, quote + "$context." + name + quote); };
  std::string context;
  for (const char* name : {"routeKey", "eventType", "connectionId", "requestId", "domainName", "stage"})
    context += text(name) + ",";
  if (websocket_guard(lowering, lowering.from(edge)) != nullptr)
    context +=
        field("authorizer", "{" + field("principalId", quote + "$context.authorizer.principalId" + quote) + "}") + ",";
  context += field("connectedAt", "$context.connectedAt") + "," + field("requestTimeEpoch", "$context.requestTimeEpoch");
  std::string event = "{" + field("requestContext", "{" + context + "}");
  if (edge.from.name != "disconnect") {
    const std::string once = escaped_json("$input.body");
    event += "," + field("body", quote + (quote == "\"" ? once : escaped_json(once)) + quote);
  }
  return event + "," + field("isBase64Encoded", "false") + "}";
}

/// `Gone` where there is no message to pass on.
std::string sort_of(const Edge& edge) { return edge.from.name == "disconnect" ? "Gone" : ""; }

cloud::Value role_arn(Lowering& lowering, const Edge& edge) {
  return cloud::GetAtt{lowering.role(lowering.from(edge), "apigateway.amazonaws.com").id, "Arn"};
}

void start_machine(Lowering& lowering, const Edge& edge, const cloud::Value& arn, const std::string& suffix) {
  lowering.grant(lowering.role(lowering.from(edge), "apigateway.amazonaws.com"), edge, {"states:StartExecution"}, arn);
  cloud::Object made = service_integration(
      Lowering::arn("apigateway", lowering.region_of(lowering.to(edge)), "states", "action/StartExecution"), "Content-Type",
      "'application/x-amz-json-1.0'",
      cloud::concat({R"({"stateMachineArn":")", arn, R"(","input":")", event_text(lowering, edge, "\\\""), "\"}"}));
  made.set("CredentialsArn", role_arn(lowering, edge));
  lead(lowering, edge, suffix + sort_of(edge), std::move(made));
}

/// `path`: the account and the name of the queue, as its address has them.
void send(Lowering& lowering, const Edge& edge, const cloud::Value& arn, cloud::Value path, bool fifo,
          const std::string& suffix) {
  lowering.grant(lowering.role(lowering.from(edge), "apigateway.amazonaws.com"), edge, {"sqs:SendMessage"}, arn);
  std::string body = "Action=SendMessage";
  // One connection says one thing after another.
  if (fifo) body += "&MessageGroupId=$util.urlEncode($context.connectionId)&MessageDeduplicationId=$context.requestId";
  int count = 0;
  for (const char* name : {"connectionId", "routeKey", "eventType"}) {
    body += fmt::format(
        "&MessageAttribute.{0}.Name={1}&MessageAttribute.{0}.Value.DataType=String&MessageAttribute.{0}.Value.StringValue="
        "$util.urlEncode($context.{1})",
        ++count, name);
  }
  // A queue takes no empty message.
  body += edge.from.name == "disconnect" ? "&MessageBody=%7B%7D" : "&MessageBody=$util.urlEncode($input.body)";
  cloud::Object made = service_integration(
      Lowering::arn("apigateway", lowering.region_of(lowering.to(edge)), "sqs", cloud::concat({"path/", std::move(path)})),
      "Content-Type", "'application/x-www-form-urlencoded'", std::move(body));
  made.set("CredentialsArn", role_arn(lowering, edge));
  lead(lowering, edge, suffix + sort_of(edge), std::move(made));
}

constexpr std::string_view kQueued =
    "the message is what was sent; who sent it, and as what, stands in its attributes `connectionId`, `routeKey` and "
    "`eventType`";

}  // namespace

std::string websocket_key(const Edge& route) {
  if (route.from.name == "connect" || route.from.name == "disconnect") return "$" + route.from.name;
  return route.from.name == "other" ? "$default" : route.from.argument;
}

std::string websocket_route_id(const Lowering& lowering, const Edge& route) {
  const std::string id = cloud::logical_id(route.from.name) + words(route.from.argument);
  if (route.from.name != "message") return id;
  const std::vector<const Edge*> all = lowering.architecture.edges_from(route.from.node, "message");
  const bool shared = std::any_of(all.begin(), all.end(), [&](const Edge* other) {
    return other->from.argument != route.from.argument && words(other->from.argument) == words(route.from.argument);
  });
  return shared ? id + "X" + cloud::short_hash(route.from.argument) : id;
}

void socket_to_function(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& function = lowering.to(edge);
  if (reported(lowering, edge) || !same_region(lowering, edge)) return;
  lowering.admit_caller(function, edge, "From" + lowering.id(lowering.from(edge)) + "Permission", "apigateway.amazonaws.com",
                        call_arn(lowering, lowering.from(edge), "/*/*"), false);
  lead(lowering, edge, "To" + lowering.id(function),
       cloud::object({{"IntegrationType", "AWS_PROXY"}, {"IntegrationUri", invocation_uri(lowering, function)}}));
  // That the function may run for longer than the route waits, the check of time budgets says.
}

void socket_event(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& function = lowering.to(edge);
  if (reported(lowering, edge) || !same_region(lowering, edge)) return;
  Intake* intake = lowering.intake(edge);
  if (intake == nullptr) return;  // reported when the ways were planned
  realise_intake(lowering, *intake);
  explain_intake(lowering, *intake, decision);
  const std::string suffix = "EventsTo" + lowering.id(function) + intake->suffix;
  switch (intake->way) {
    case Intake::Way::own_settings:
      lowering.admit_caller(function, edge, "From" + lowering.id(lowering.from(edge)) + "Permission",
                            "apigateway.amazonaws.com", call_arn(lowering, lowering.from(edge), "/*/*"), false);
      return lead(lowering, edge, suffix + sort_of(edge),
                  service_integration(invocation_uri(lowering, function), "X-Amz-Invocation-Type", "'Event'",
                                      event_text(lowering, edge, "\"")));
    case Intake::Way::state_machine: return start_machine(lowering, edge, intake_arn(lowering, *intake), suffix);
    case Intake::Way::queue:
      decision.change = "`" + function.name +
                        "` finds in `Records[0]` what was sent, as the `body`, and who sent it, in "
                        "`messageAttributes`; a further attempt comes six times its timeout after the last";
      return send(lowering, edge, intake_arn(lowering, *intake),
                  cloud::concat({cloud::Pseudo::account, "/", spelt_intake_queue(lowering, *intake)}), false, suffix);
  }
}

void socket_to_queue(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& queue = lowering.to(edge);
  if (reported(lowering, edge)) return;
  decision.change = kQueued;
  send(lowering, edge, arn_of(lowering, queue), cloud::concat({cloud::Pseudo::account, "/", spelt_name(lowering, queue)}),
       lowering.of(queue).flag("fifo"), "To" + lowering.id(queue));
}

void socket_to_workflow(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& workflow = lowering.to(edge);
  if (reported(lowering, edge)) return;
  decision.change = "`" + workflow.name + "` gets the event that a function would get: `body` holds the message as text";
  start_machine(lowering, edge, arn_of(lowering, workflow), "To" + lowering.id(workflow));
}

void socket_to_address(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  if (reported(lowering, edge)) return;
  const Value* url = lowering.of(lowering.to(edge)).find("url");
  decision.change = "the address gets the message as a POST, and who sent it in the header `ConnectionId`";
  const cloud::Object headers = cloud::object({{"integration.request.header.ConnectionId", "context.connectionId"},
                                               {"integration.request.header.RouteKey", "context.routeKey"}});
  lead(lowering, edge, "To" + lowering.id(lowering.to(edge)),
       cloud::object({{"IntegrationType", "HTTP_PROXY"},
                      {"IntegrationMethod", "POST"},
                      {"IntegrationUri", url == nullptr ? cloud::Value() : lowering.value(*url)},
                      {"ConnectionType", "INTERNET"},
                      {"RequestParameters", headers}}));
}

void access_websocket(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& from = lowering.from(edge);
  const Node& websocket = lowering.to(edge);
  if (!same_region(lowering, edge)) return;
  const std::string stage = "/" + std::string(kRestStage);
  const char* method = edge.to.name == "close" ? "/DELETE/@connections/*" : "/POST/@connections/*";
  lowering.grant(lowering.function_role(from), edge, {"execute-api:ManageConnections"},
                 call_arn(lowering, websocket, stage + method));
  lowering.tell(from, websocket, "ENDPOINT",
                cloud::concat({"https://", cloud::Ref{lowering.id(websocket)}, ".execute-api.", cloud::Pseudo::region, ".",
                               cloud::Pseudo::url_suffix, stage}));
}

}  // namespace virga::aws
