#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"
#include "compiler/diagnostics/codes.h"

namespace virga::aws::serverless_framework {

Document Function::target() const {
  if (alias.empty()) return get_att(id);
  return text({get_att(id), ":", alias});
}

std::vector<std::string> Function::waits() const {
  if (alias_id.empty()) return {};
  return {alias_id};
}

const Function* Service::find(std::string_view key) const {
  for (const Function& function : functions) {
    if (function.key == key) return &function;
  }
  return nullptr;
}

Document* Template::find(std::string_view id) {
  const auto place = places_.find(id);
  return place == places_.end() ? nullptr : &resources_[place->second].value;
}

Document& Template::add(std::string_view id, std::string_view type, Document properties,
                        const std::vector<std::string>& waits) {
  Document resource = Document::map({{"Type", type}});
  resource.set("Properties", std::move(properties));
  for (const std::string& id_of_other : waits) resource["DependsOn"].append(id_of_other);
  if (Document* known = find(id)) return *known = std::move(resource);
  places_.emplace(id, resources_.size());
  resources_.push_back({std::string(id), std::move(resource)});
  return resources_.back().value;
}

void Template::output(const std::string& name, std::string_view description, Document value) {
  Document said = Document::map();
  if (!description.empty()) said.set("Description", description);
  said.set("Value", std::move(value));
  const auto [place, is_new] = output_places_.emplace(name, outputs_.size());
  if (is_new) outputs_.push_back({name, std::move(said)});
  else outputs_[place->second].value = std::move(said);
}

void Template::wrong(const Document& said, const std::string& what, const char* expected) {
  sink.report(said.span, diag::codes::TemplateShape, what, expected);
}

Document* Template::role_statements() {
  Document* role = find("IamRoleLambdaExecution");
  if (role == nullptr) return nullptr;
  Document& policy = role->find("Properties")->find("Policies")->as_list()->front();
  return policy.find("PolicyDocument")->find("Statement");
}

void Template::allow(Document statement) {
  if (Document* statements = role_statements()) statements->append(std::move(statement));
}

void permit(Template& made, const std::string& id, Document function, std::string_view principal,
            std::optional<Document> source, const std::vector<std::string>& waits) {
  Document properties =
      Document::map({{"FunctionName", std::move(function)}, {"Action", "lambda:InvokeFunction"}, {"Principal", principal}});
  if (source) properties.set("SourceArn", std::move(*source));
  made.add(id, "AWS::Lambda::Permission", std::move(properties), waits);
}

Document role_of_functions(Document policy_name) {
  Document lambda = Document::map({{"Effect", "Allow"},
                                   {"Principal", Document::map({{"Service", Document::list({"lambda.amazonaws.com"})}})},
                                   {"Action", Document::list({"sts:AssumeRole"})}});
  Document policy =
      Document::map({{"PolicyName", std::move(policy_name)},
                     {"PolicyDocument", Document::map({{"Version", "2012-10-17"}, {"Statement", Document::list()}})}});
  return Document::map({{"AssumeRolePolicyDocument",
                         Document::map({{"Version", "2012-10-17"}, {"Statement", Document::list({std::move(lambda)})}})},
                        {"Policies", Document::list({std::move(policy)})}});
}

Document statement(Document::List actions, Document resource) {
  return Document::map({{"Effect", "Allow"}, {"Action", std::move(actions)}, {"Resource", std::move(resource)}});
}

void set_retention(const Service& service, Document& log_group) {
  if (is_true(service.setting("logRetentionInDays")))
    log_group.set("RetentionInDays", *service.setting("logRetentionInDays"));
  if (is_true(service.setting("logDataProtectionPolicy")))
    log_group.set("DataProtectionPolicy", *service.setting("logDataProtectionPolicy"));
}

const Document* own_role(const Service& service, const Function& function) {
  if (is_true(function.said.find("role"))) return function.said.find("role");
  const Document* role = service.setting("iam.role");
  if (role != nullptr && role->as_string() != nullptr) return role;
  for (const Document::Entry& entry : entries(role)) {
    if (entry.key.find("::") != std::string::npos) return role;
  }
  role = service.setting("role");
  return is_true(role) ? role : nullptr;
}

void each_event(const Service& service, std::string_view kind,
                const std::function<void(const Function&, const Document&, std::size_t)>& see) {
  for (const Function& function : service.functions) {
    std::size_t number = 0;
    for (const Document& event : items(function.said.find("events"))) {
      const Document* said = event.find(kind);
      if (is_true(said)) see(function, *said, ++number);
    }
  }
}

Document code_key(const Service& service, Document file) {
  Document folder = is_true(service.setting("deploymentPrefix")) ? *service.setting("deploymentPrefix") : "serverless";
  return text({std::move(folder), "/", service.name, "/", service.stage, "/", std::move(file)});
}

Document code_bucket(const Service& service) {
  const Document* bucket = service.setting("deploymentBucket");
  const Document* name = bucket != nullptr && bucket->find("name") != nullptr ? bucket->find("name") : bucket;
  const bool named =
      is_true(name) && (name->is_scalar() || name->find("Ref") != nullptr || name->find("Fn::Join") != nullptr);
  return named ? *name : reference("ServerlessDeploymentBucket");
}

}  // namespace virga::aws::serverless_framework
