#include "backends/aws/serverless_framework/defaults.h"
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

constexpr const char* kApi = "HttpApi";
constexpr const char* kLogs = "HttpApiLogGroup";
constexpr std::string_view kMethods[] = {"GET", "POST", "PUT", "PATCH", "OPTIONS", "HEAD", "DELETE"};
constexpr const char* kLogFormat =
    R"({"requestId":"$context.requestId","ip":"$context.identity.sourceIp","requestTime":"$context.requestTime",)"
    R"("httpMethod":"$context.httpMethod","routeKey":"$context.routeKey","status":"$context.status",)"
    R"("protocol":"$context.protocol","responseLength":"$context.responseLength"})";

struct Route {
  const Function* function;
  std::string method, path;  ///< `ANY` and an empty path: whatever no other route takes
  const Document* authorizer;
  [[nodiscard]] std::string key() const { return path.empty() ? "*" : method + " " + path; }
};

Document arn_of_calls(const Document& api) {
  return text({"arn:", reference("AWS::Partition"), ":execute-api:", reference("AWS::Region"), ":",
               reference("AWS::AccountId"), ":", api, "/*"});
}

void add_once(Document& list, const Document& value) {
  const auto& all = *list.as_list();
  if (std::find(all.begin(), all.end(), value) == all.end()) list.append(value);
}

class HttpApi {
 public:
  explicit HttpApi(Template& made) : made_(made), service_(made.service) {
    const Document* said = service_.setting("httpApi");
    said_ = said != nullptr && said->as_map() != nullptr ? *said : Document::map();
    foreign_ = is_true(said_.find("id"));
    api_ = foreign_ ? *said_.find("id") : reference(kApi);
  }

  bool find_routes() {
    each_event(service_, "httpApi", [&](const Function& function, const Document& said, std::size_t) {
      Route route{&function, upper(text_at(said, "method")), text_at(said, "path"), said.find("authorizer")};
      if (said.is_scalar()) {
        const std::string plain = said.text();
        route.method = upper(part_of(plain, ' ', 0));
        route.path = plain == "*" ? "*" : part_of(plain, ' ', 1);
      }
      if (route.method == "*" || route.method.empty()) route.method = "ANY";
      if (route.path.empty()) return made_.wrong(said, function.key + ".events.httpApi", "a method with a path");
      if (route.path == "*") route.path.clear();
      routes_.push_back(route);
    });
    return !routes_.empty();
  }

  void add_api() {
    if (foreign_) return;
    const bool service_first = is_true(said_.find("shouldStartNameWithService"));
    Document properties = Document::map({{"Name", is_true(said_.find("name")) ? *said_.find("name")
                                                  : service_first             ? service_.prefix()
                                                                              : text({service_.stage, "-", service_.name})},
                                         {"ProtocolType", "HTTP"}});
    set_if(properties, "DisableExecuteApiEndpoint", said_.find("disableDefaultEndpoint"));
    if (is_true(service_.setting("tags"))) properties.set("Tags", *service_.setting("tags"));
    if (is_true(said_.find("cors"))) properties.set("CorsConfiguration", cors(*said_.find("cors")));
    made_.add(kApi, "AWS::ApiGatewayV2::Api", std::move(properties));
    add_stage();
  }

  void add_authorizers() {
    for (const Document::Entry& entry : entries(said_.find("authorizers"))) add_authorizer(entry.key, entry.value);
  }

  void add_routes() {
    for (const Route& route : routes_) add_route(route);
  }

 private:
  Document cors(const Document& said) {
    const auto listed = [&](const char* key, Document usual) {
      const Document* own = said.find(key);
      return is_true(own) ? Document(as_items(own)) : usual;
    };
    Document out = Document::map();
    if (is_true(said.find("allowCredentials"))) out.set("AllowCredentials", true);
    out.set("AllowHeaders",
            listed("allowedHeaders", Document::list({"Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key",
                                                     "X-Amz-Security-Token", "X-Amz-User-Agent", "X-Amzn-Trace-Id"})));
    out.set("AllowMethods", listed("allowedMethods", methods()));
    out.set("AllowOrigins", listed("allowedOrigins", Document::list({"*"})));
    if (is_true(said.find("exposedResponseHeaders")))
      out.set("ExposeHeaders", as_items(said.find("exposedResponseHeaders")));
    set_if(out, "MaxAge", said.find("maxAge"));
    return out;
  }

  /// Those that routes have, after the one that browsers ask with.
  Document methods() const {
    Document out = Document::list({"OPTIONS"});
    for (const Route& route : routes_) {
      if (route.method != "ANY") add_once(out, route.method);
      else
        for (const std::string_view method : kMethods) add_once(out, method);
    }
    return out;
  }

  void add_stage() {
    const Document* metrics = said_.find("metrics");
    Document properties =
        Document::map({{"ApiId", reference(kApi)},
                       {"StageName", "$default"},
                       {"AutoDeploy", true},
                       {"DefaultRouteSettings",
                        Document::map({{"DetailedMetricsEnabled", is_true(metrics) ? *metrics : Document(false)}})}});
    if (is_true(service_.setting("tags"))) properties.set("Tags", *service_.setting("tags"));
    std::vector<std::string> waits;
    if (const Document* logs = service_.setting("logs.httpApi"); is_true(logs)) {
      const Document* format = logs->find("format");
      const Document* stack = service_.setting("stackName");
      Document group =
          Document::map({{"LogGroupName", text({"/aws/http-api/", is_true(stack) ? *stack : service_.prefix()})}});
      set_retention(service_, group);
      made_.add(kLogs, "AWS::Logs::LogGroup", std::move(group));
      properties.set("AccessLogSettings", Document::map({{"DestinationArn", get_att(kLogs)},
                                                         {"Format", is_true(format) ? *format : Document(kLogFormat)}}));
      waits.emplace_back(kLogs);
    }
    made_.add("HttpApiStage", "AWS::ApiGatewayV2::Stage", std::move(properties), waits);
    made_.output("HttpApiId", "Id of the HTTP API", reference(kApi));
    made_.output(
        "HttpApiUrl", "URL of the HTTP API",
        text({"https://", reference(kApi), ".execute-api.", reference("AWS::Region"), ".", reference("AWS::URLSuffix")}));
  }

  void add_authorizer(const std::string& key, const Document& said) {
    const Document name = is_true(said.find("name")) ? *said.find("name") : Document(key);
    const Document* source = said.find("identitySource");
    Document properties =
        Document::map({{"ApiId", api_},
                       {"Name", name},
                       {"IdentitySource", is_true(source) ? Document(as_items(source)) : Document::list()}});
    std::vector<std::string> waits;
    if (text_at(said, "type") == "request") {
      const Document* arn = said.find("functionArn");
      const Function* function = service_.find(text_at(said, "functionName"));
      if (arn == nullptr && function == nullptr) return made_.wrong(said, key, "an authorizer with its function");
      const Document target = arn != nullptr ? *arn : function->target();
      if (function != nullptr) waits = function->waits();
      properties.set("AuthorizerType", "REQUEST");
      set_if(properties, "EnableSimpleResponses", said.find("enableSimpleResponses"));
      set_if(properties, "AuthorizerResultTtlInSeconds", said.find("resultTtlInSeconds"));
      const Document* version = said.find("payloadVersion");
      properties.set("AuthorizerPayloadFormatVersion", is_true(version) ? *version : Document("2.0"));
      properties.set("AuthorizerUri", text({"arn:", reference("AWS::Partition"), ":apigateway:", reference("AWS::Region"),
                                            ":lambda:path/2015-03-31/functions/", target, "/invocations"}));
      if (!is_true(said.find("managedExternally")))
        permit(made_, normalized(name.text()) + "LambdaAuthorizerPermissionHttpApi", target, "apigateway.amazonaws.com",
               arn_of_calls(api_), waits);
    } else {
      properties.set("AuthorizerType", "JWT");
      Document config = Document::map({{"Audience", as_items(said.find("audience"))}});
      set_if(config, "Issuer", said.find("issuerUrl"));
      properties.set("JwtConfiguration", std::move(config));
    }
    made_.add("HttpApiAuthorizer" + normalized(name.text()), "AWS::ApiGatewayV2::Authorizer", std::move(properties), waits);
  }

  void set_authorizer(const Document& said, Document& properties) {
    const std::string name = said.is_scalar() ? said.text() : text_at(said, "name");
    const Document* all = said_.find("authorizers");
    const Document* known = all == nullptr || name.empty() ? nullptr : all->find(name);
    const std::string type = text_at(known != nullptr ? *known : said, "type");
    properties.set("AuthorizationType", type == "request" ? "CUSTOM" : type == "aws_iam" ? "AWS_IAM" : "JWT");
    if (type == "aws_iam") return;
    if (is_true(said.find("id"))) {
      properties.set("AuthorizerId", *said.find("id"));
    } else if (known != nullptr) {
      const std::string real = is_true(known->find("name")) ? text_at(*known, "name") : name;
      properties.set("AuthorizerId", reference("HttpApiAuthorizer" + normalized(real)));
    } else {
      made_.wrong(said, "authorizer", "the name of an authorizer of `provider.httpApi`");
    }
    if (is_true(said.find("scopes"))) properties.set("AuthorizationScopes", as_items(said.find("scopes")));
  }

  void add_route(const Route& route) {
    const Function& function = *route.function;
    const std::string base = normalized(function.key), integration = "HttpApiIntegration" + base;
    if (made_.find(integration) == nullptr) {
      permit(made_, base + "LambdaPermissionHttpApi", function.target(), "apigateway.amazonaws.com", arn_of_calls(api_),
             function.waits());
      const Document *own = at(function.said, "httpApi.payload"), *common = said_.find("payload");
      made_.add(integration, "AWS::ApiGatewayV2::Integration",
                Document::map({{"ApiId", api_},
                               {"IntegrationType", "AWS_PROXY"},
                               {"IntegrationUri", function.target()},
                               {"PayloadFormatVersion", is_true(own)      ? *own
                                                        : is_true(common) ? *common
                                                                          : Document("2.0")},
                               {"TimeoutInMillis", usual("serverless_framework.http_api.timeout.default")}}),
                function.waits());
    }
    Document properties = Document::map({{"ApiId", api_},
                                         {"RouteKey", route.path.empty() ? "$default" : route.key()},
                                         {"Target", text({"integrations/", reference(integration)})}});
    if (is_true(route.authorizer)) set_authorizer(*route.authorizer, properties);
    const std::string id = route.path.empty() ? "HttpApiRouteDefault" : "HttpApiRoute" + normalized_path(route.key());
    made_.add(id, "AWS::ApiGatewayV2::Route", std::move(properties), {integration});
  }

  Template& made_;
  const Service& service_;
  Document said_, api_;
  bool foreign_ = false;
  std::vector<Route> routes_;
};

}  // namespace

void add_http_api(Template& made) {
  HttpApi api(made);
  if (!api.find_routes()) return;
  api.add_api();
  api.add_authorizers();
  api.add_routes();
}

}  // namespace virga::aws::serverless_framework
