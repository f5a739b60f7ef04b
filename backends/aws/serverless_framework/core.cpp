// The bucket that code is uploaded to, and the role and the logs of functions.
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

constexpr const char* kBucket = "ServerlessDeploymentBucket";

void set_bucket_settings(const Document& said, Document& properties) {
  if (!entries(said.find("tags")).empty()) properties.set("Tags", tag_list(*said.find("tags")));
  if (is_true(said.find("blockPublicAccess")))
    properties.set("PublicAccessBlockConfiguration", Document::map({{"BlockPublicAcls", true},
                                                                    {"BlockPublicPolicy", true},
                                                                    {"IgnorePublicAcls", true},
                                                                    {"RestrictPublicBuckets", true}}));
  if (is_true(said.find("versioning"))) properties.set("VersioningConfiguration", Document::map({{"Status", "Enabled"}}));
}

void add_log_groups(Template& made) {
  for (const Function& function : made.service.functions) {
    if (is_true(function.said.find("disableLogs"))) continue;
    Document properties = Document::map({{"LogGroupName", text({"/aws/lambda/", function.name})}});
    set_retention(made.service, properties);
    if (is_true(function.said.find("logRetentionInDays")))
      properties.set("RetentionInDays", *function.said.find("logRetentionInDays"));
    if (is_true(function.said.find("logDataProtectionPolicy")))
      properties.set("DataProtectionPolicy", *function.said.find("logDataProtectionPolicy"));
    made.add(normalized(function.key) + "LogGroup", "AWS::Logs::LogGroup", std::move(properties));
  }
}

Document log_arn(const std::string& rest) {
  return sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/" + rest);
}

/// The framework's check of a statement makes a list of one action, and one resource of a list of one ARN.
Document as_checked(Document said) {
  for (const char* key : {"Action", "NotAction"}) {
    Document* actions = said.find(key);
    if (actions != nullptr && actions->as_string() != nullptr) *actions = Document(as_items(actions));
  }
  for (const char* key : {"Resource", "NotResource"}) {
    Document* resources = said.find(key);
    const auto& all = items(resources);
    if (all.size() == 1 && all.front().as_string() != nullptr && all.front().as_string()->starts_with("arn:"))
      *resources = Document(all.front());
  }
  return said;
}

/// What functions may write: each with a name of its own by itself, and all others by what their names begin with.
void allow_logs(Template& made) {
  const std::string prefix = in_sub(made.service.prefix());
  Document create = Document::list(), put = Document::list(), silent = Document::list();
  bool usual = false;
  for (const Function& function : made.service.functions) {
    const std::string name = in_sub(function.name);
    const bool is_silent = is_true(function.said.find("disableLogs"));
    if (name.starts_with(prefix)) {
      if (is_silent) silent.append(log_arn(name + ":*"));
      else usual = true;
    } else if (!is_silent) {
      create.append(log_arn(name + ":*"));
      put.append(log_arn(name + ":*:*"));
    }
  }
  if (usual) {
    create.append(log_arn(prefix + "*:*"));
    put.append(log_arn(prefix + "*:*:*"));
  }
  made.allow(statement({"logs:CreateLogStream", "logs:CreateLogGroup", "logs:TagResource"}, std::move(create)));
  made.allow(statement({"logs:PutLogEvents"}, std::move(put)));
  if (usual && !silent.as_list()->empty())
    made.allow(Document::map({{"Effect", "Deny"}, {"Action", "logs:PutLogEvents"}, {"Resource", std::move(silent)}}));
}

}  // namespace

void add_core(Template& made) {
  const Service& service = made.service;
  const Document bucket = code_bucket(service);
  made.output("ServerlessDeploymentBucketName", "", bucket);
  if (bucket != reference(kBucket)) return;
  const Document encrypted = Document::map({{"ServerSideEncryptionByDefault", Document::map({{"SSEAlgorithm", "AES256"}})}});
  Document properties = Document::map(
      {{"BucketEncryption", Document::map({{"ServerSideEncryptionConfiguration", Document::list({encrypted})}})}});
  const Document* said = service.setting("deploymentBucket");
  if (said != nullptr) set_bucket_settings(*said, properties);
  made.add(kBucket, "AWS::S3::Bucket", std::move(properties));
  if (said != nullptr && is_true(said->find("skipPolicySetup"))) return;
  const Document arn = text({"arn:", reference("AWS::Partition"), ":s3:::", reference(kBucket)});
  Document deny = Document::map({{"Action", "s3:*"},
                                 {"Effect", "Deny"},
                                 {"Principal", "*"},
                                 {"Resource", Document::list({text({arn, "/*"}), arn})},
                                 {"Condition", Document::map({{"Bool", Document::map({{"aws:SecureTransport", false}})}})}});
  made.add("ServerlessDeploymentBucketPolicy", "AWS::S3::BucketPolicy",
           Document::map({{"Bucket", reference(kBucket)},
                          {"PolicyDocument", Document::map({{"Statement", Document::list({std::move(deny)})}})}}));
}

void add_role(Template& made) {
  const Service& service = made.service;
  if (service.functions.empty()) return;
  add_log_groups(made);
  Function none;
  none.said = Document::map();
  if (own_role(service, none) != nullptr || service.setting("role") != nullptr) return;
  if (std::all_of(service.functions.begin(), service.functions.end(),
                  [](const Function& f) { return f.said.find("role") != nullptr; }))
    return;
  const Document* role = service.setting("iam.role");
  const Document empty = Document::map();
  const Document& said = role == nullptr ? empty : *role;
  const auto either = [&](std::string_view in_role, std::string_view old) {
    return is_true(said.find(in_role)) ? said.find(in_role) : service.setting(old);
  };
  Document properties = role_of_functions(text_of("-", {service.name, service.stage, "lambda"}));
  properties.set("Path", is_true(said.find("path")) ? *said.find("path") : Document("/"));
  properties.set("RoleName", is_true(said.find("name"))
                                 ? *said.find("name")
                                 : text_of("-", {service.name, service.stage, reference("AWS::Region"), "lambdaRole"}));
  if (is_true(said.find("tags"))) properties.set("Tags", tag_list(*said.find("tags")));
  const Document* boundary = either("permissionsBoundary", "rolePermissionsBoundary");
  if (!is_true(said.find("permissionsBoundary")) && is_true(said.find("permissionBoundary")))
    boundary = said.find("permissionBoundary");
  set_if(properties, "PermissionsBoundary", boundary);
  Document policies = Document::list();
  for (const Document& one : items(either("managedPolicies", "iamManagedPolicies"))) policies.append(one);
  const bool networked =
      is_true(service.setting("vpc")) || std::any_of(service.functions.begin(), service.functions.end(),
                                                     [](const Function& f) { return f.said.find("vpc") != nullptr; });
  if (networked)
    policies.append(
        text({"arn:", reference("AWS::Partition"), ":iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"}));
  if (!policies.as_list()->empty()) properties.set("ManagedPolicyArns", std::move(policies));
  made.add("IamRoleLambdaExecution", "AWS::IAM::Role", std::move(properties));
  allow_logs(made);
  for (const Document& one : items(either("statements", "iamRoleStatements"))) made.allow(as_checked(one));
}

}  // namespace virga::aws::serverless_framework
