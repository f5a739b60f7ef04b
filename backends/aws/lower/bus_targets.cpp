// events ~> crm        → a destination that EventBridge calls, and a rule with a role that may
// events ~> audit.write → a rule, and a policy that lets it write into that one log
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/api_destination.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/event_rule.h"
#include "compiler/cloud/json_text.h"

namespace virga::aws {
namespace {

constexpr std::string_view kEvents = "events.amazonaws.com";

cloud::Object with_role(const RoleDraft& role, cloud::Value arn) {
  return cloud::object({{"Arn", std::move(arn)}, {"RoleArn", cloud::GetAtt{role.id, "Arn"}}});
}

}  // namespace

void rule_to_address(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  if (!same_region(lowering, edge)) return;
  const std::optional<cloud::Value> destination = api_destination(lowering, edge, decision);
  if (!destination) return;
  RoleDraft& role = lowering.role(lowering.from(edge), kEvents);
  lowering.grant(role, edge, {"events:InvokeApiDestination"}, *destination);
  add_rule(lowering, edge, lowering.to(edge), with_role(role, *destination));
}

void rule_to_log(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  if (!same_region(lowering, edge)) return;
  const Node& log = lowering.to(edge);
  const std::string group = lowering.id(log);
  const std::string rule =
      add_rule(lowering, edge, log,
               // The target is the group, without the `:*` that stands for the streams within it.
               cloud::object({{"Arn", Lowering::arn("logs", cloud::Pseudo::region, cloud::Pseudo::account,
                                                    cloud::concat({"log-group:", cloud::Ref{group}}))}}));
  const auto statement = [&](std::string_view action, cloud::Object condition) {
    cloud::Object made =
        cloud::object({{"Effect", "Allow"},
                       {"Principal", cloud::object({{"Service", cloud::Values{kEvents, "delivery.logs.amazonaws.com"}}})},
                       {"Action", action},
                       {"Resource", cloud::GetAtt{group, "Arn"}}});
    if (!condition.members.empty()) made.set("Condition", std::move(condition));
    return cloud::Value(std::move(made));
  };
  const cloud::Value source = cloud::object({{"aws:SourceArn", cloud::GetAtt{rule, "Arn"}}});
  const cloud::Value policy =
      cloud::object({{"Version", "2012-10-17"},
                     {"Statement", cloud::Values{statement("logs:CreateLogStream", {}),
                                                 statement("logs:PutLogEvents", cloud::object({{"ArnEquals", source}}))}}});
  const std::string part = lowering.from(edge).identity();
  lowering.add(log, edge, lowering.id(log, rule_suffix(lowering, edge) + "Policy"), "AWS::Logs::ResourcePolicy",
               cloud::object({{"PolicyName", lowering.name("AWS::Logs::ResourcePolicy", "PolicyName", log, part)},
                              {"PolicyDocument", cloud::json_text(policy)}}));
  decision.change =
      fmt::format("an account has {} such policies in a region at most", to_text(limit("logs.resource_policies.max")));
}

}  // namespace virga::aws
