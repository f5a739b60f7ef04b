// Functions of the framework's own, and the role that they share.
#include "backends/aws/serverless_framework/defaults.h"
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

constexpr const char* kRole = "IamRoleCustomResourcesLambdaExecution";

struct HelperKind {
  const char *name, *handler;
};

HelperKind kind_of(Helper helper) {
  switch (helper) {
    case Helper::bucket: return {"custom-resource-existing-s3", "s3/handler.handler"};
    case Helper::user_pool: return {"custom-resource-existing-cup", "cognito-user-pool/handler.handler"};
    case Helper::event_bridge: return {"custom-resource-event-bridge", "event-bridge/handler.handler"};
    case Helper::log_role: return {"custom-resource-apigw-cw-role", "api-gateway-cloud-watch-role/handler.handler"};
  }
  return {"", ""};
}

Document role_properties(const Service& service) {
  return role_of_functions(text_of("-", {service.stage, service.name, "custom-resources-lambda"}));
}

}  // namespace

std::string helper_id(Helper helper) { return normalized(normalized(kind_of(helper).name)) + "LambdaFunction"; }

void add_helper(Template& made, Helper helper, const Document::List& statements) {
  const Service& service = made.service;
  const HelperKind kind = kind_of(helper);
  const bool logs = is_true(service.setting("logs.frameworkLambda"));
  Document name = text({service.prefix(), "-", kind.name});
  const std::size_t most = length("serverless_framework.helper.name.max");
  if (const auto* plain = name.as_string(); plain != nullptr && plain->size() > most)
    name = plain->substr(0, most / 2) + md5_hex(*plain);
  const Document* own = service.setting("iam.deploymentRole");
  if (!is_true(own)) own = service.setting("cfnRole");
  std::vector<std::string> waits;
  if (!is_true(own)) {
    waits.emplace_back(kRole);
    if (made.find(kRole) == nullptr) made.add(kRole, "AWS::IAM::Role", role_properties(service));
    Document& policy = made.find(kRole)->find("Properties")->find("Policies")->as_list()->front();
    Document& all = *policy.find("PolicyDocument")->find("Statement");
    if (logs && all.as_list()->empty()) {
      const std::string group =
          "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/" + in_sub(service.prefix());
      all.append(statement({"logs:CreateLogStream", "logs:CreateLogGroup", "logs:TagResource"},
                           Document::list({sub(group + "*:*")})));
      all.append(statement({"logs:PutLogEvents"}, Document::list({sub(group + "*:*:*")})));
    }
    for (const Document& one : statements) {
      // Two statements about one plain resource are taken for one.
      const Document* of = one.find("Resource");
      const bool known =
          of->is_scalar() && std::any_of(all.as_list()->begin(), all.as_list()->end(), [&](const Document& s) {
            return s.find("Resource") != nullptr && *s.find("Resource") == *of;
          });
      if (!known) all.append(one);
    }
  }
  if (logs) {
    Document group = Document::map({{"LogGroupName", text({"/aws/lambda/", name})}});
    set_retention(service, group);
    waits.push_back(normalized(kind.name) + "LogGroup");
    made.add(waits.back(), "AWS::Logs::LogGroup", std::move(group));
  }
  made.add(helper_id(helper), "AWS::Lambda::Function",
           Document::map({{"Code", Document::map({{"S3Bucket", code_bucket(service)},
                                                  {"S3Key", code_key(service, "custom-resources.zip")}})},
                          {"FunctionName", std::move(name)},
                          {"Handler", kind.handler},
                          {"MemorySize", usual("serverless_framework.helper.memory")},
                          {"Runtime", usual("serverless_framework.helper.runtime")},
                          {"Timeout", usual("serverless_framework.helper.timeout")},
                          {"Role", is_true(own) ? *own : get_att(kRole)}}),
           waits);
}

void ensure_log_role(Template& made) {
  const Document* logs = made.service.setting("logs.restApi");
  if (logs != nullptr && is_true(logs->find("roleManagedExternally"))) return;
  if (made.find("CustomApiGatewayAccountCloudWatchRole") != nullptr) return;
  Document properties = Document::map({{"ServiceToken", get_att(helper_id(Helper::log_role))}});
  if (logs != nullptr) set_if(properties, "RoleArn", logs->find("role"));
  made.add("CustomApiGatewayAccountCloudWatchRole", "Custom::ApiGatewayAccountRole", std::move(properties));
  const Document arn = text({"arn:", reference("AWS::Partition")});
  add_helper(made, Helper::log_role,
             {statement({"iam:AttachRolePolicy", "iam:CreateRole", "iam:ListAttachedRolePolicies", "iam:PassRole"},
                        text({arn, ":iam::", reference("AWS::AccountId"), ":role/*"})),
              statement({"apigateway:GET", "apigateway:PATCH"}, text({arn, ":apigateway:*::/account"}))});
}

}  // namespace virga::aws::serverless_framework
