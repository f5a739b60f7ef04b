// GET "/docs/{page}" -> reader        → a proxy integration, shared by all routes to `reader`
// ANY "/{path*}" -> orders_api        → an HTTP proxy integration
// POST "/orders" ~> orders            → an integration that sends the body as a message
// POST "/builds" ~> build             → an integration that starts the state machine in between
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/event_name.h"
#include "backends/aws/lower/gateway.h"
#include "backends/aws/lower/intake.h"

namespace virga::aws {
namespace {

std::string integration_id(Lowering& lowering, const Edge& edge, bool of_its_own) {
  return lowering.id(lowering.from(edge),
                     "To" + lowering.id(lowering.to(edge)) + (of_its_own ? route_id(route_of(edge)) : ""));
}

/// Sends what a route gets to a service of AWS; `parameters` say how.
void http_service_route(Lowering& lowering, const Edge& edge, std::string_view subtype, cloud::Object parameters,
                        cloud::Decision& decision) {
  const Node& gateway = lowering.from(edge);
  const std::string id = integration_id(lowering, edge, lowering.of(edge).has("timeout"));
  if (lowering.find(id) == nullptr) {
    cloud::Object properties =
        cloud::object({{"ApiId", cloud::Ref{lowering.id(gateway)}},
                       {"IntegrationType", "AWS_PROXY"},
                       {"IntegrationSubtype", subtype},
                       {"CredentialsArn", cloud::GetAtt{lowering.role(gateway, "apigateway.amazonaws.com").id, "Arn"}},
                       {"PayloadFormatVersion", "1.0"},
                       {"RequestParameters", std::move(parameters)}});
    properties.set("TimeoutInMillis", route_timeout(lowering, edge, "apigw.http.integration_timeout.max"));
    lowering.add(gateway, edge, id, "AWS::ApiGatewayV2::Integration", std::move(properties));
  }
  http_route(lowering, edge, id, decision);
}

/// The same for a REST API, which speaks the service's own protocol.
cloud::Object rest_service_integration(Lowering& lowering, const Edge& edge, std::string_view service, cloud::Value path,
                                       std::string_view content_type, cloud::Value body, std::string_view operation = {}) {
  cloud::Object headers = cloud::object({{"integration.request.header.Content-Type", content_type}});
  if (!operation.empty()) headers.set("integration.request.header.X-Amz-Target", operation);
  return cloud::object(
      {{"Type", "AWS"},
       {"IntegrationHttpMethod", "POST"},
       {"Uri", Lowering::arn("apigateway", lowering.region_of(lowering.to(edge)), service, std::move(path))},
       {"Credentials", cloud::GetAtt{lowering.role(lowering.from(edge), "apigateway.amazonaws.com").id, "Arn"}},
       {"PassthroughBehavior", "NEVER"},
       {"RequestParameters", std::move(headers)},
       {"RequestTemplates", cloud::object({{"application/json", std::move(body)}})},
       {"TimeoutInMillis", route_timeout(lowering, edge, "apigw.rest.integration_timeout.max")},
       // What the service refuses must not look like a success.
       {"IntegrationResponses", cloud::Values{cloud::object({{"StatusCode", "200"}, {"SelectionPattern", "2\\d{2}"}}),
                                              cloud::object({{"StatusCode", kRefused}})}}});
}

bool keyed(Lowering& lowering, const Edge& edge) { return needs_keys(lowering, lowering.from(edge)); }

}  // namespace

void route_to_function(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& gateway = lowering.from(edge);
  const Node& function = lowering.to(edge);
  if (!same_region(lowering, edge)) return;
  lowering.admit_caller(function, edge, "From" + lowering.id(gateway) + "Permission", "apigateway.amazonaws.com",
                        call_arn(lowering, gateway, "/*/*"), false);
  if (keyed(lowering, edge)) {
    return rest_route(
        lowering, edge,
        cloud::object({{"Type", "AWS_PROXY"},
                       {"IntegrationHttpMethod", "POST"},
                       {"Uri", invocation_uri(lowering, function)},
                       {"TimeoutInMillis", route_timeout(lowering, edge, "apigw.rest.integration_timeout.max")}}));
  }
  const std::string id = integration_id(lowering, edge, lowering.of(edge).has("timeout"));
  if (lowering.find(id) == nullptr) {
    lowering.add(gateway, edge, id, "AWS::ApiGatewayV2::Integration",
                 cloud::object({{"ApiId", cloud::Ref{lowering.id(gateway)}},
                                {"IntegrationType", "AWS_PROXY"},
                                {"IntegrationUri", arn_of(lowering, function)},
                                {"PayloadFormatVersion", "2.0"},
                                {"TimeoutInMillis", route_timeout(lowering, edge, "apigw.http.integration_timeout.max")}}));
  }
  // That the function may run for longer than the route waits, the check of time budgets says.
  http_route(lowering, edge, id, decision);
}

void route_to_address(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& gateway = lowering.from(edge);
  const Route route = route_of(edge);
  const Value* url = lowering.of(lowering.to(edge)).find("url");
  const auto below = [&](std::string path) -> cloud::Value {
    if (const std::size_t plus = path.find("+}"); plus != std::string::npos) path.erase(plus, 1);
    return cloud::concat({url == nullptr ? cloud::Value() : lowering.value(*url), path == "/" ? "" : path});
  };
  const cloud::Value uri = below(route.path);
  if (keyed(lowering, edge)) {
    return rest_route(
        lowering, edge,
        cloud::object({{"Type", "HTTP_PROXY"},
                       {"IntegrationHttpMethod", route.method},
                       {"Uri", uri},
                       {"TimeoutInMillis", route_timeout(lowering, edge, "apigw.rest.integration_timeout.max")}}));
  }
  const auto integration = [&](const std::string& id, const cloud::Value& to) {
    lowering.add(gateway, edge, id, "AWS::ApiGatewayV2::Integration",
                 cloud::object({{"ApiId", cloud::Ref{lowering.id(gateway)}},
                                {"IntegrationType", "HTTP_PROXY"},
                                {"IntegrationMethod", route.method},
                                {"IntegrationUri", to},
                                {"ConnectionType", "INTERNET"},
                                {"PayloadFormatVersion", "1.0"},
                                {"TimeoutInMillis", route_timeout(lowering, edge, "apigw.http.integration_timeout.max")}}));
  };
  const std::string id = integration_id(lowering, edge, true);
  integration(id, uri);
  // Where the last segments are not there, nothing can stand for them in the address.
  std::string bare;
  if (!route.parent.empty() && !has_route(lowering, gateway, route.method, route.parent))
    integration(bare = id + "Bare", below(route.parent));
  http_route(lowering, edge, id, decision, bare);
}

void route_to_queue(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& queue = lowering.to(edge);
  const bool fifo = lowering.of(queue).flag("fifo");
  lowering.grant(lowering.role(lowering.from(edge), "apigateway.amazonaws.com"), edge, {"sqs:SendMessage"},
                 arn_of(lowering, queue));
  decision.change = "the caller gets the identifier of the message as the answer";
  if (keyed(lowering, edge)) {
    const std::string group = fifo ? "&MessageGroupId=" + lowering.from(edge).name : "";
    return rest_route(
        lowering, edge,
        rest_service_integration(lowering, edge, "sqs",
                                 cloud::concat({"path/", cloud::Pseudo::account, "/", spelt_name(lowering, queue)}),
                                 "'application/x-www-form-urlencoded'",
                                 "Action=SendMessage" + group + "&MessageBody=$util.urlEncode($input.body)"));
  }
  cloud::Object parameters = cloud::object({{"QueueUrl", queue_url(lowering, queue)}, {"MessageBody", "$request.body"}});
  // A route's key has a space in it, which no group may have.
  if (fifo) parameters.set("MessageGroupId", lowering.from(edge).name);
  if (!lowering.stands(queue)) parameters.set("Region", lowering.region_of(queue));
  http_service_route(lowering, edge, "SQS-SendMessage", std::move(parameters), decision);
}

void route_to_state_machine(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  Intake* intake = lowering.intake(edge);
  if (intake == nullptr) return;
  realise_intake(lowering, *intake);
  explain_intake(lowering, *intake, decision);
  decision.change =
      "`" + lowering.to(edge).name +
      "` gets the body of the request, which must be JSON; the caller gets the identifier of the execution as the answer";
  lowering.grant(lowering.role(lowering.from(edge), "apigateway.amazonaws.com"), edge, {std::string(intake_action(*intake))},
                 intake_arn(lowering, *intake));
  if (keyed(lowering, edge)) {
    const cloud::Value body = cloud::concat({R"json({"stateMachineArn":")json", intake_arn(lowering, *intake),
                                             R"json(","input":")json", escaped_json("$input.body"), R"json("})json"});
    return rest_route(
        lowering, edge,
        rest_service_integration(lowering, edge, "states", "action/StartExecution", "'application/x-amz-json-1.0'", body));
  }
  cloud::Object parameters = cloud::object({{"StateMachineArn", intake_arn(lowering, *intake)}, {"Input", "$request.body"}});
  if (!lowering.stands(*intake->function)) parameters.set("Region", lowering.region_of(*intake->function));
  http_service_route(lowering, edge, "StepFunctions-StartExecution", std::move(parameters), decision);
}

void route_to_bus(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& bus = lowering.to(edge);
  const EventName name = event_name(lowering, edge);
  decision.change =
      "the body of the request, which must be a JSON object, becomes the data of the event; the caller gets the answer of "
      "EventBridge, which says `FailedEntryCount` instead of failing";
  lowering.grant(lowering.role(lowering.from(edge), "apigateway.amazonaws.com"), edge, {"events:PutEvents"},
                 arn_of(lowering, bus));
  if (keyed(lowering, edge)) {
    const cloud::Value body =
        cloud::concat({R"json({"Entries":[{"EventBusName":")json", arn_of(lowering, bus), R"json(","Source":")json",
                       name.source, R"json(","DetailType":")json", name.type, R"json(","Detail":")json",
                       escaped_json("$input.body"), R"json("}]})json"});
    return rest_route(lowering, edge,
                      rest_service_integration(lowering, edge, "events", "action/PutEvents", "'application/x-amz-json-1.1'",
                                               body, "'AWSEvents.PutEvents'"));
  }
  cloud::Object parameters = cloud::object({{"EventBusName", arn_of(lowering, bus)},
                                            {"Source", name.source},
                                            {"DetailType", name.type},
                                            {"Detail", "$request.body"}});
  if (!lowering.stands(bus)) parameters.set("Region", lowering.region_of(bus));
  http_service_route(lowering, edge, "EventBridge-PutEvents", std::move(parameters), decision);
}

void route_to_stream(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& stream = lowering.to(edge);
  decision.change = "the body of the request becomes a record; the caller gets its shard and its number as the answer";
  lowering.grant(lowering.role(lowering.from(edge), "apigateway.amazonaws.com"), edge, {"kinesis:PutRecord"},
                 arn_of(lowering, stream));
  if (keyed(lowering, edge)) {
    const cloud::Value body =
        cloud::concat({R"json({"StreamName":")json", name_of(lowering, stream),
                       R"json(","Data":"$util.base64Encode($input.body)","PartitionKey":"$context.requestId"})json"});
    return rest_route(
        lowering, edge,
        rest_service_integration(lowering, edge, "kinesis", "action/PutRecord", "'application/x-amz-json-1.1'", body));
  }
  cloud::Object parameters = cloud::object(
      {{"StreamName", name_of(lowering, stream)}, {"Data", "$request.body"}, {"PartitionKey", "$context.requestId"}});
  if (!lowering.stands(stream)) parameters.set("Region", lowering.region_of(stream));
  http_service_route(lowering, edge, "Kinesis-PutRecord", std::move(parameters), decision);
}

void route_to_workflow(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& workflow = lowering.to(edge);
  const bool waits = edge.delivery == Delivery::call;
  if (waits && !lowering.of(workflow).flag("express")) {
    lowering.sink.report(edge.span, codes::WorkflowWaits, workflow.name)
        .help("hand over to it with `~>`, or say `express = true` at `" + workflow.name + "`");
    return;
  }
  const cloud::Value arn = arn_of(lowering, workflow);
  const std::string action = waits ? "StartSyncExecution" : "StartExecution";
  decision.change = "`" + workflow.name + "` gets the body of the request, which must be JSON; the caller gets " +
                    (waits ? "the record of the execution" : "the identifier of the execution") + " as the answer";
  lowering.grant(lowering.role(lowering.from(edge), "apigateway.amazonaws.com"), edge, {"states:" + action}, arn);
  if (keyed(lowering, edge)) {
    const cloud::Value body = cloud::concat(
        {R"json({"stateMachineArn":")json", arn, R"json(","input":")json", escaped_json("$input.body"), R"json("})json"});
    return rest_route(
        lowering, edge,
        rest_service_integration(lowering, edge, "states", "action/" + action, "'application/x-amz-json-1.0'", body));
  }
  cloud::Object parameters = cloud::object({{"StateMachineArn", arn}, {"Input", "$request.body"}});
  if (!lowering.stands(workflow)) parameters.set("Region", lowering.region_of(workflow));
  http_service_route(lowering, edge, "StepFunctions-" + action, std::move(parameters), decision);
}

void authorize_by_function(Lowering&, const Edge&, cloud::Decision&) {}  // made with each gateway that the authorizer guards

}  // namespace virga::aws
