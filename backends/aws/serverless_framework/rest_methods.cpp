#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/rest_api.h"

namespace virga::aws::serverless_framework {
namespace {

void set_authorization(const HttpEvent& event, Document& properties, std::vector<std::string>& waits) {
  if (!event.authorizer || event.authorizer->type == "AWS_IAM") {
    properties.set("AuthorizationType", event.authorizer ? "AWS_IAM" : "NONE");
    return;
  }
  const HttpAuthorizer& authorizer = *event.authorizer;
  const std::string type = upper(authorizer.type);
  const bool has_scopes = !items(&authorizer.scopes).empty();
  if (!authorizer.id.is_null()) {
    properties.set("AuthorizationType", type == "TOKEN" || type == "REQUEST" ? "CUSTOM" : authorizer.type);
    properties.set("AuthorizerId", authorizer.id);
    if (type == "COGNITO_USER_POOLS" && has_scopes) properties.set("AuthorizationScopes", authorizer.scopes);
    return;
  }
  const std::string id = normalized(authorizer.name) + "ApiGatewayAuthorizer";
  properties.set("AuthorizationType", authorizer.is_user_pool() ? "COGNITO_USER_POOLS" : "CUSTOM");
  properties.set("AuthorizerId", reference(id));
  if (authorizer.is_user_pool() && has_scopes) properties.set("AuthorizationScopes", authorizer.scopes);
  // The framework merges the two lists of what it waits for: the authorizer stands where the permission stood.
  waits.front() = id;
}

}  // namespace

std::string RestApi::method_id(const HttpEvent& event) {
  return "ApiGatewayMethod" + resource_name(event.path) + upper_first(lower(event.method));
}

void RestApi::add_method(const HttpEvent& event) {
  const Function& function = *event.function;
  std::vector<std::string> waits = {normalized(function.key) + "LambdaPermissionApiGateway"};
  for (std::string& id : function.waits()) waits.push_back(std::move(id));
  Document properties = Document::map({{"HttpMethod", event.method},
                                       {"RequestParameters", request_parameters(event)},
                                       {"ResourceId", resource(event.path)},
                                       {"RestApiId", api_},
                                       {"ApiKeyRequired", is_true(event.find("private"))}});
  set_if(properties, "OperationName", event.find("operationId"));
  set_authorization(event, properties, waits);
  properties.set("Integration", integration_of(event));
  properties.set("MethodResponses", method_responses(event));
  const std::string id = method_id(event);
  methods_.push_back(id);
  made_.add(id, "AWS::ApiGateway::Method", std::move(properties), waits);
}

}  // namespace virga::aws::serverless_framework
