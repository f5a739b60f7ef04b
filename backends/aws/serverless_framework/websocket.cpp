#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

namespace virga::aws::serverless_framework {
namespace {

constexpr const char* kApi = "WebsocketsApi";
constexpr const char* kStage = "WebsocketsDeploymentStage";
constexpr const char* kLogFormat =
    "$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] "
    "\"$context.eventType $context.routeKey $context.connectionId\" $context.requestId";

Document invocations(Document function) {
  return text({"arn:", reference("AWS::Partition"), ":apigateway:", reference("AWS::Region"),
               ":lambda:path/2015-03-31/functions/", std::move(function), "/invocations"});
}

class Websocket {
 public:
  explicit Websocket(Template& made) : made_(made), service_(made.service) {
    const Document* other = service_.setting("apiGateway.websocketApiId");
    foreign_ = is_true(other);
    api_ = foreign_ ? *other : reference(kApi);
    const Document* said = service_.setting("websocketsDescription");
    description_ = is_true(said) ? *said : Document("Serverless Websockets");
  }

  void add_api() {
    if (foreign_) return;
    const Document *name = service_.setting("websocketsApiName"),
                   *selection = service_.setting("websocketsApiRouteSelectionExpression");
    Document properties =
        Document::map({{"Name", is_true(name) ? *name : text({service_.stage, "-", service_.name, "-websockets"})},
                       {"RouteSelectionExpression", is_true(selection) ? *selection : Document("$request.body.action")},
                       {"Description", description_},
                       {"ProtocolType", "WEBSOCKET"}});
    if (is_true(service_.setting("websocket.useProviderTags"))) set_if(properties, "Tags", service_.setting("tags"));
    made_.add(kApi, "AWS::ApiGatewayV2::Api", std::move(properties));
    made_.allow(statement({"execute-api:ManageConnections"},
                          Document::list({sub("arn:${AWS::Partition}:execute-api:*:*:*/@connections/*")})));
  }

  void add_route(const Function& function, const Document& said) {
    const Document* route = said.is_scalar() ? &said : said.find("route");
    if (route == nullptr || !route->is_scalar()) return made_.wrong(said, function.key + ".events.websocket", "a route");
    const std::string base = normalized(function.key), integration = base + "WebsocketsIntegration";
    made_.add(integration, "AWS::ApiGatewayV2::Integration",
              Document::map(
                  {{"ApiId", api_}, {"IntegrationType", "AWS_PROXY"}, {"IntegrationUri", invocations(function.target())}}),
              function.waits());
    permit(made_, base + "LambdaPermissionWebsockets", function.target(), "apigateway.amazonaws.com", std::nullopt,
           waits_of(&function));
    const std::string id = normalized_route(route->text()) + "WebsocketsRoute";
    Document properties = Document::map({{"ApiId", api_},
                                         {"RouteKey", *route},
                                         {"AuthorizationType", "NONE"},
                                         {"Target", text({"integrations/", reference(integration)})}});
    if (is_true(said.find("routeResponseSelectionExpression"))) {
      properties.set("RouteResponseSelectionExpression", *said.find("routeResponseSelectionExpression"));
      waits_.push_back(id + "Response");
      made_.add(waits_.back(), "AWS::ApiGatewayV2::RouteResponse",
                Document::map({{"ApiId", api_}, {"RouteId", reference(id)}, {"RouteResponseKey", "$default"}}));
    }
    waits_.push_back(id);
    if (const Document* authorizer = said.find("authorizer"); is_true(authorizer)) {
      if (const std::optional<std::string> made = add_authorizer(*authorizer)) {
        properties.set("AuthorizationType", "CUSTOM");
        properties.set("AuthorizerId", reference(*made));
      }
    }
    made_.add(id, "AWS::ApiGatewayV2::Route", std::move(properties));
  }

  void add_stage() {
    if (foreign_) return;
    Document properties = Document::map({{"ApiId", api_}, {"StageName", service_.stage}, {"Description", description_}});
    const Document* logs = service_.setting("logs.websocket");
    if (is_true(logs)) set_logs(*logs, properties);
    made_.add(kStage, "AWS::ApiGatewayV2::Stage", std::move(properties));
    if (is_true(logs)) ensure_log_role(made_);
  }

  void add_deployment() {
    // The framework ends this id in a hash of the API.
    const std::string id = "WebsocketsDeployment";
    Document properties = Document::map({{"ApiId", api_}, {"Description", description_}});
    if (foreign_) properties.set("StageName", service_.stage);
    made_.add(id, "AWS::ApiGatewayV2::Deployment", std::move(properties), waits_);
    if (Document* stage = made_.find(kStage)) stage->find("Properties")->set("DeploymentId", reference(id));
    made_.output("ServiceEndpointWebsocket", "URL of the service endpoint",
                 text({"wss://", api_, ".execute-api.", reference("AWS::Region"), ".", reference("AWS::URLSuffix"), "/",
                       service_.stage}));
  }

 private:
  /// The API and the function that is called.
  std::vector<std::string> waits_of(const Function* function) const {
    std::vector<std::string> waits;
    if (const Document* name = api_.find("Ref")) waits.push_back(name->text());
    if (function != nullptr) waits.push_back(function->alias_id.empty() ? function->id : function->alias_id);
    return waits;
  }

  std::optional<std::string> add_authorizer(const Document& said) {
    const Document* arn = said.find("arn");
    if (said.is_scalar() && said.text().find(':') != std::string::npos) arn = &said;
    const Document* name = said.is_scalar() ? &said : said.find("name");
    std::string key = arn != nullptr && arn->is_scalar() ? std::string(after_last(arn->text(), ':'))
                      : name != nullptr                  ? name->text()
                                                         : "";
    const Function* function = arn == nullptr ? service_.find(key) : nullptr;
    if (key.empty() || (arn == nullptr && function == nullptr)) {
      made_.wrong(said, "authorizer", "the name of a function or an ARN");
      return std::nullopt;
    }
    const Document target = arn != nullptr ? *arn : function->target();
    const Document* source = said.find("identitySource");
    const std::string id = normalized(key) + "WebsocketsAuthorizer";
    made_.add(id, "AWS::ApiGatewayV2::Authorizer",
              Document::map({{"ApiId", api_},
                             {"Name", key},
                             {"AuthorizerType", "REQUEST"},
                             {"AuthorizerUri", invocations(target)},
                             {"IdentitySource", is_true(source) ? *source : Document::list({"route.request.header.Auth"})}}),
              function == nullptr ? std::vector<std::string>() : function->waits());
    std::vector<std::string> waits = waits_of(nullptr);
    if (function != nullptr) waits.push_back(function->id);
    if (function != nullptr && !function->alias_id.empty()) waits.push_back(function->alias_id);
    permit(made_, normalized(key) + "LambdaPermissionWebsockets", target, "apigateway.amazonaws.com", std::nullopt, waits);
    return id;
  }

  void set_logs(const Document& logs, Document& properties) {
    const auto wanted = [&](const char* key) {
      const Document* said = logs.find(key);
      return said == nullptr || said->is_null() || is_true(said);
    };
    const Document *level = logs.find("level"), *format = logs.find("format");
    properties.set("DefaultRouteSettings", Document::map({{"DataTraceEnabled", wanted("fullExecutionData")},
                                                          {"LoggingLevel", !wanted("executionLogging") ? Document("OFF")
                                                                           : is_true(level)            ? *level
                                                                                            : Document("INFO")}}));
    if (wanted("accessLogging"))
      properties.set("AccessLogSettings",
                     Document::map({{"DestinationArn", sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:"
                                                           "log-group:${WebsocketsLogGroup}")},
                                    {"Format", is_true(format) ? *format : Document(kLogFormat)}}));
    Document group = Document::map({{"LogGroupName", text({"/aws/websocket/", service_.prefix()})}});
    set_retention(service_, group);
    made_.add("WebsocketsLogGroup", "AWS::Logs::LogGroup", std::move(group));
  }

  Template& made_;
  const Service& service_;
  bool foreign_ = false;
  Document api_, description_;
  std::vector<std::string> waits_;
};

}  // namespace

void add_websocket(Template& made) {
  Websocket socket(made);
  bool any = false;
  each_event(made.service, "websocket", [&](const Function& function, const Document& said, std::size_t) {
    if (!any) socket.add_api();
    any = true;
    socket.add_route(function, said);
  });
  if (!any) return;
  socket.add_stage();
  socket.add_deployment();
}

}  // namespace virga::aws::serverless_framework
