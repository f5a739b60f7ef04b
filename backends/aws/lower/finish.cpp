#include "backends/aws/lower/finish.h"

#include <algorithm>

namespace virga::aws {
namespace {

cloud::Value one_or_list(const std::vector<std::string>& texts) {
  if (texts.size() == 1) return texts.front();
  cloud::Values list(texts.begin(), texts.end());
  return list;
}

cloud::Value one_or_list(const cloud::Values& values) { return values.size() == 1 ? values.front() : cloud::Value(values); }

cloud::Object document(cloud::Values statements) {
  return cloud::object({{"Version", "2012-10-17"}, {"Statement", std::move(statements)}});
}

cloud::Value statement_of(const Statement& statement) {
  cloud::Object made = cloud::object(
      {{"Effect", "Allow"}, {"Action", one_or_list(statement.actions)}, {"Resource", one_or_list(statement.resources)}});
  if (!statement.condition.members.empty()) made.set("Condition", statement.condition);
  return made;
}

}  // namespace

void finish_environments(Lowering& lowering) {
  for (auto& [id, variables] : lowering.environments) {
    cloud::Resource* function = lowering.find(id);
    if (function == nullptr || variables.members.empty()) continue;
    std::stable_sort(variables.members.begin(), variables.members.end(),
                     [](const cloud::Member& a, const cloud::Member& b) { return a.key < b.key; });
    if (function->type == "AWS::ECS::TaskDefinition") {
      cloud::Values all;
      for (cloud::Member& variable : variables.members)
        all.emplace_back(cloud::object({{"Name", variable.key}, {"Value", variable.value}}));
      cloud::Values& containers = *function->properties.find("ContainerDefinitions")->get<cloud::Values>();
      containers.front().get<cloud::Object>()->set("Environment", std::move(all));
      continue;
    }
    if (function->type == "AWS::CodeBuild::Project") {
      cloud::Values& all = *function->properties.find("Environment")
                                ->get<cloud::Object>()
                                ->find("EnvironmentVariables")
                                ->get<cloud::Values>();
      for (cloud::Member& variable : variables.members) {
        all.emplace_back(cloud::object({{"Name", variable.key}, {"Type", "PLAINTEXT"}, {"Value", variable.value}}));
      }
      continue;
    }
    function->properties.set("Environment", cloud::object({{"Variables", std::move(variables)}}));
  }
}

void finish_roles(Lowering& lowering) {
  for (const RoleDraft& draft : lowering.roles) {
    cloud::Value trust = cloud::object(
        {{"Effect", "Allow"}, {"Principal", cloud::object({{"Service", draft.service}})}, {"Action", "sts:AssumeRole"}});
    cloud::Object properties = cloud::object({{"AssumeRolePolicyDocument", document({std::move(trust)})}});
    cloud::Values statements;
    for (const Statement& statement : draft.statements) statements.push_back(statement_of(statement));
    if (!statements.empty()) {
      properties.set(
          "Policies",
          cloud::Values{cloud::object({{"PolicyName", "edges"}, {"PolicyDocument", document(std::move(statements))}})});
    }
    properties.set("Tags", lowering.tags(*draft.node));
    lowering.add(*draft.node, draft.id, "AWS::IAM::Role", std::move(properties));
  }
}

void finish_policies(Lowering& lowering) {
  for (PolicyDraft& draft : lowering.policies) {
    const char* list = draft.queue ? "Queues" : "Topics";
    lowering.add(*draft.node, draft.id, draft.queue ? "AWS::SQS::QueuePolicy" : "AWS::SNS::TopicPolicy",
                 cloud::object({{list, cloud::Values{cloud::Ref{draft.resource}}},
                                {"PolicyDocument", document(std::move(draft.statements))}}));
  }
}

void finish_outputs(Lowering& lowering) {
  for (const Output& output : lowering.architecture.outputs) {
    cloud::StackOutput made;
    made.name = cloud::logical_id(output.name);
    made.description = output.doc;
    made.value = lowering.value(output.value);
    const App& app = lowering.architecture.app;
    if (output.exported && lowering.request.exports)
      made.export_name = Lowering::export_name({app.name, app.stage, output.name});
    lowering.out.stack.outputs.push_back(std::move(made));
  }
}

void arrange(Lowering& lowering) {
  std::stable_sort(lowering.resources.begin(), lowering.resources.end(),
                   [](const cloud::Resource& a, const cloud::Resource& b) { return a.from.node < b.from.node; });
  std::map<NodeId, std::vector<std::string>> of_node;
  std::map<EdgeId, std::vector<std::string>> of_edge;
  for (const cloud::Resource& resource : lowering.resources) {
    if (resource.from.edge) of_edge[*resource.from.edge].push_back(resource.id);
    else if (resource.from.node) of_node[*resource.from.node].push_back(resource.id);
  }
  for (cloud::Decision& decision : lowering.out.decisions) {
    decision.resources = decision.edge ? of_edge[*decision.edge] : of_node[*decision.node];
  }
  for (cloud::Resource& resource : lowering.resources) {
    std::sort(resource.depends_on.begin(), resource.depends_on.end());
    resource.depends_on.erase(std::unique(resource.depends_on.begin(), resource.depends_on.end()),
                              resource.depends_on.end());
    lowering.out.stack.resources.push_back(std::move(resource));
  }
  lowering.out.stack.conditions = std::move(lowering.conditions);
}

}  // namespace virga::aws
