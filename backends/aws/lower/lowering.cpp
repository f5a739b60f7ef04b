#include "backends/aws/lower/lowering.h"

#include "backends/aws/lower/address.h"
#include "backends/aws/lower/build.h"
#include "backends/aws/lower/key.h"

#include <algorithm>
#include <cmath>

namespace virga::aws {

double limit(std::string_view fact) {
  const catalog::Fact& found = catalog().fact(fact);
  return found.has_max ? found.max : found.value;
}

bool same_region(Lowering& lowering, const Edge& edge) {
  const Node& to = lowering.to(edge);
  if (lowering.stands(to)) return true;
  lowering.sink.report(edge.span, codes::CrossRegion, describe(lowering.architecture, edge))
      .help("say `placement = every` at `" + to.name + "`, or `placement = home` at `" + lowering.from(edge).name + "`");
  return false;
}

Lowering::Lowering(const cloud::LowerRequest& asked, diag::Sink& findings)
    : request(asked), architecture(asked.architecture), sink(findings) {
  out.stack.cloud = "aws";
  out.stack.region = asked.region;
  out.stack.description = architecture.app.description;
  // Parameters first: an id that a parameter and a resource both want goes to the parameter, whose name people type.
  for (const Param& param : architecture.params) {
    if (param.engine.empty()) (void)id(param);
  }
  for (const Node& node : architecture.nodes) (void)id(node);
}

Span Lowering::where(const Node& node, std::string_view attribute) const {
  const virga::Value* value = of(node).find(attribute);
  return value != nullptr && value->span.known() ? value->span : node.span;
}

Span Lowering::where(const Edge& edge, std::string_view property) const {
  const virga::Value* value = of(edge).find(property);
  return value != nullptr && value->span.known() ? value->span : edge.span;
}

bool Lowering::stands(const Node& node) const {
  return request.regions.empty() || request.home || of(node).text("placement") == "every";
}

cloud::Value Lowering::region_of(const Node& node) const {
  if (stands(node)) return cloud::Pseudo::region;
  return request.regions.front();
}

std::string Lowering::reserve_id(const std::string& key, std::string wanted) {
  const auto known = ids_.find(key);
  if (known != ids_.end()) return known->second;
  if (!taken_.insert(wanted).second) {
    wanted += "X" + cloud::short_hash(key);
    taken_.insert(wanted);
  }
  return ids_[key] = wanted;
}

std::string Lowering::id(const Node& node, std::string_view suffix) {
  return reserve_id("node " + node.identity() + " " + std::string(suffix),
                    cloud::logical_id(node.identity()) + std::string(suffix));
}

std::string Lowering::id(const Param& param) { return reserve_id("param " + param.name, cloud::logical_id(param.name)); }

std::string Lowering::name(std::string_view type, std::string_view property, const Node& node, std::string_view part,
                           std::size_t reserve) const {
  const catalog::NameRule* rule = catalog().name_rule(type, property);
  const std::string whole = part.empty() ? node.identity() : node.identity() + "." + std::string(part);
  return cloud::physical_name(*rule, architecture.app.name, architecture.app.stage, whole, reserve);
}

std::string Lowering::export_name(const Import& output) {
  std::string out = output.app + ":" + output.stage + ":" + output.output;
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

cloud::Value Lowering::arn(std::string_view service, cloud::Value region, cloud::Value account, cloud::Value rest) {
  return cloud::concat({"arn:", cloud::Pseudo::partition, ":" + std::string(service) + ":", std::move(region), ":",
                        std::move(account), ":", std::move(rest)});
}

cloud::Resource& Lowering::add(const Node& node, std::string id, std::string type, cloud::Object properties) {
  cloud::Resource& made = resources.emplace_back();
  made.id = std::move(id);
  made.type = std::move(type);
  made.properties = std::move(properties);
  made.from.node = node.id;
  by_id_[made.id] = &made;
  return made;
}

cloud::Resource& Lowering::add(const Node& owner, const Edge& edge, std::string id, std::string type,
                               cloud::Object properties) {
  cloud::Resource& made = add(owner, std::move(id), std::move(type), std::move(properties));
  made.from.edge = edge.id;
  return made;
}

cloud::Resource* Lowering::find(std::string_view id) {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

void Lowering::known_by_name(const std::string& id, const std::string& attribute, cloud::Value value) {
  by_name[{id, attribute}] = std::move(value);
}

cloud::Object Lowering::tag_map(const Node& node) {
  cloud::Object all;
  for (const MapEntry& entry : architecture.app.tags.entries) all.set(entry.key, value(entry.value));
  if (const Map* own = of(node).map("tags")) {
    for (const MapEntry& entry : own->entries) all.set(entry.key, value(entry.value));
  }
  all.set("virga:app", architecture.app.name);
  all.set("virga:stage", architecture.app.stage);
  all.set("virga:node", node.name);
  return all;
}

cloud::Values Lowering::tags(const Node& node) {
  cloud::Values list;
  for (cloud::Member& member : tag_map(node).members) {
    list.emplace_back(cloud::object({{"Key", member.key}, {"Value", member.value}}));
  }
  return list;
}

RoleDraft& Lowering::role(const Node& node, std::string_view service, std::string_view suffix) {
  const std::string wanted = id(node, suffix);
  RoleDraft*& known = roles_by_id_[wanted];
  if (known == nullptr) known = &roles.emplace_back(RoleDraft{&node, wanted, std::string(service), {}});
  return *known;
}

RoleDraft& Lowering::function_role(const Node& function) {
  if (function.kind == "service") return role(function, "ecs-tasks.amazonaws.com", "TaskRole");
  return role(function, runs_as_build(architecture, function) ? "codebuild.amazonaws.com" : "lambda.amazonaws.com");
}

void Lowering::allow(RoleDraft& role, Statement statement) {
  for (Statement& known : role.statements) {
    if (known.actions != statement.actions || !(known.condition == statement.condition)) continue;
    for (cloud::Value& resource : statement.resources) {
      if (std::find(known.resources.begin(), known.resources.end(), resource) == known.resources.end()) {
        known.resources.push_back(std::move(resource));
      }
    }
    return;
  }
  role.statements.push_back(std::move(statement));
}

void Lowering::grant(RoleDraft& role, const Edge& edge, std::vector<std::string> actions, cloud::Value resource) {
  const bool machine = role.node->kind == "function" && role.service == "states.amazonaws.com";
  out.grants.push_back({edge.id, role.node->name, machine ? "state machine" : "", actions, resource});
  allow(role, {actions, {std::move(resource)}, {}});
  grant_key(*this, role, edge, actions);
}

std::string Lowering::admit(const Node& owner, const std::string& resource, bool queue, std::string_view service,
                            cloud::Value source) {
  PolicyDraft* draft = nullptr;
  for (PolicyDraft& known : policies) {
    if (known.resource == resource) draft = &known;
  }
  if (draft == nullptr)
    draft = &policies.emplace_back(
        PolicyDraft{&owner, resource, reserve_id("policy " + resource, resource + "Policy"), queue, {}});
  cloud::Object condition = cloud::object({{"ArnEquals", cloud::object({{"aws:SourceArn", std::move(source)}})}});
  // What the service puts in is encrypted under its own name. On whose behalf it may is said by the policy of the queue or
  // topic: not every service tells KMS.
  if (owner.kind == (queue ? "queue" : "topic"))
    let_service_use_key(*this, owner, service, {"kms:Decrypt", "kms:GenerateDataKey"});
  // The ARN of a bucket names no account.
  if (service == "s3.amazonaws.com")
    condition.set("StringEquals", cloud::object({{"aws:SourceAccount", cloud::Pseudo::account}}));
  cloud::Value target = queue ? cloud::Value(cloud::GetAtt{resource, "Arn"}) : cloud::Value(cloud::Ref{resource});
  cloud::Value statement = cloud::object({{"Effect", "Allow"},
                                          {"Principal", cloud::object({{"Service", service}})},
                                          {"Action", queue ? "sqs:SendMessage" : "sns:Publish"},
                                          {"Resource", std::move(target)},
                                          {"Condition", std::move(condition)}});
  if (std::find(draft->statements.begin(), draft->statements.end(), statement) == draft->statements.end()) {
    draft->statements.push_back(std::move(statement));
  }
  return draft->id;
}

cloud::Resource& Lowering::admit_caller(const Node& function, const Edge& edge, std::string suffix, std::string_view service,
                                        cloud::Value source, bool own_account) {
  cloud::Object properties;
  properties.set("Action", "lambda:InvokeFunction");
  properties.set("FunctionName", has_versions(*this, function) ? cloud::Value(cloud::Ref{id(function, "Alias")})
                                                               : cloud::Value(cloud::Ref{id(function)}));
  properties.set("Principal", service);
  if (own_account) properties.set("SourceAccount", cloud::Pseudo::account);
  properties.set("SourceArn", std::move(source));
  const std::string wanted = id(function, suffix);
  if (cloud::Resource* known = find(wanted)) return *known;
  return add(function, edge, wanted, "AWS::Lambda::Permission", std::move(properties));
}

void Lowering::environment(const Node& function, const std::string& name, cloud::Value value) {
  environments[id(function, function.kind == "service" ? "Task" : "")].set(name, std::move(value));
}

void Lowering::tell(const Node& function, const Node& target, std::string_view what, cloud::Value value) {
  environment(function, cloud::environment_name(target.name, what), std::move(value));
  if (several_regions() && of(target).text("placement") == "home" && of(function).text("placement") == "every") {
    environment(function, cloud::environment_name(target.name, "REGION"), request.regions.front());
  }
}

Intake* Lowering::intake(const Edge& edge) {
  const auto found = intakes_by_edge_.find(edge.id);
  return found == intakes_by_edge_.end() ? nullptr : found->second;
}

void Lowering::join(Intake& intake, const Edge& edge) {
  intake.edges.push_back(&edge);
  intakes_by_edge_[edge.id] = &intake;
}

}  // namespace virga::aws
