#include "backends/aws/serverless_framework/rest_api.h"

#include "backends/aws/serverless_framework/names.h"

namespace virga::aws::serverless_framework {
namespace {

constexpr const char* kApi = "ApiGatewayRestApi";
// The framework ends this id in the time of the packaging, so that each one deploys the API anew.
constexpr const char* kDeployment = "ApiGatewayDeployment";

}  // namespace

RestApi::RestApi(Template& made) : made_(made), service_(made.service) {
  const Document* said = service_.setting("apiGateway");
  settings_ = said != nullptr && said->as_map() != nullptr ? *said : Document::map();
  const Document *id = setting("restApiId"), *root = setting("restApiRootResourceId");
  api_ = is_true(id) ? *id : reference(kApi);
  root_ = is_true(root) ? *root : get_att(kApi, "RootResourceId");
}

const Document* RestApi::setting(std::string_view key) const { return at(settings_, key); }

void RestApi::add() {
  find_events();
  if (events_.empty()) return;
  add_api();
  add_resources();
  add_preflights();
  for (const HttpEvent& event : events_) add_method(event);
  for (const HttpEvent& event : events_) add_validator(event);
  for (const HttpEvent& event : events_) {
    if (event.authorizer && !event.authorizer->arn.is_null()) add_authorizer(*event.authorizer);
  }
  add_deployment();
  add_keys();
  add_plans();
  for (const HttpEvent& event : events_) add_permissions(event);
  add_stage_logs();
}

void RestApi::add_api() {
  if (is_true(setting("restApiId"))) return;
  const Document *name = service_.setting("apiName"), *type = service_.setting("endpointType"),
                 *endpoints = service_.setting("vpcEndpointIds");
  Document endpoint = Document::map({{"Types", Document::list({is_true(type) ? upper(type->text()) : "EDGE"})}});
  if (is_true(type) && is_true(endpoints)) endpoint.set("VpcEndpointIds", *endpoints);
  const bool service_first = is_true(setting("shouldStartNameWithService"));
  Document properties = Document::map({{"Name", is_true(name)   ? *name
                                                : service_first ? service_.prefix()
                                                                : text({service_.stage, "-", service_.name})},
                                       {"EndpointConfiguration", std::move(endpoint)}});
  if (is_true(setting("binaryMediaTypes"))) properties.set("BinaryMediaTypes", *setting("binaryMediaTypes"));
  set_if(properties, "DisableExecuteApiEndpoint", setting("disableDefaultEndpoint"));
  // A policy always stands there: an empty one takes back what an older template said.
  const Document* policy = setting("resourcePolicy");
  properties.set("Policy",
                 items(policy).empty() ? Document("") : Document::map({{"Version", "2012-10-17"}, {"Statement", *policy}}));
  if (is_true(setting("apiKeySourceType"))) properties.set("ApiKeySourceType", upper(setting("apiKeySourceType")->text()));
  set_if(properties, "MinimumCompressionSize", setting("minimumCompressionSize"));
  if (is_true(setting("description"))) properties.set("Description", *setting("description"));
  made_.add(kApi, "AWS::ApiGateway::RestApi", std::move(properties));
}

void RestApi::add_deployment() {
  const Document* stage = setting("stage");
  Document properties = Document::map({{"RestApiId", api_}, {"StageName", is_true(stage) ? *stage : service_.stage}});
  if (is_true(setting("description"))) properties.set("Description", *setting("description"));
  made_.add(kDeployment, "AWS::ApiGateway::Deployment", std::move(properties), methods_);
  made_.output("ServiceEndpoint", "URL of the service endpoint",
               text({"https://", api_, ".execute-api.", reference("AWS::Region"), ".", reference("AWS::URLSuffix"), "/",
                     service_.stage}));
}

/// The stage itself gets its logs, tags and traces by calls after a deployment; the group stands in the template.
void RestApi::add_stage_logs() {
  const Document* logs = service_.setting("logs.restApi");
  if (!is_true(logs)) return;
  const Document* access = logs->find("accessLogging");
  if (access != nullptr && !access->is_null() && !is_true(access)) return;
  Document group = Document::map({{"LogGroupName", text({"/aws/api-gateway/", service_.prefix()})}});
  set_retention(service_, group);
  made_.add("ApiGatewayLogGroup", "AWS::Logs::LogGroup", std::move(group));
  ensure_log_role(made_);
}

void RestApi::add_permissions(const HttpEvent& event) {
  const Document calls = text({"arn:", reference("AWS::Partition"), ":execute-api:", reference("AWS::Region"), ":",
                               reference("AWS::AccountId"), ":", api_, "/*/*"});
  const Function& function = *event.function;
  permit(made_, normalized(function.key) + "LambdaPermissionApiGateway", function.target(), "apigateway.amazonaws.com",
         calls, function.waits());
  if (!event.authorizer || event.authorizer->arn.is_null()) return;
  const HttpAuthorizer& authorizer = *event.authorizer;
  const std::string id = normalized(authorizer.name) + "LambdaPermissionApiGateway";
  if (authorizer.is_user_pool() || authorizer.foreign || made_.find(id) != nullptr) return;
  permit(made_, id, authorizer.waits.empty() ? authorizer.arn : reference(authorizer.waits), "apigateway.amazonaws.com",
         calls);
}

void add_rest_api(Template& made) { RestApi(made).add(); }

}  // namespace virga::aws::serverless_framework
