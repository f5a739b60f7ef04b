#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

namespace virga::aws::serverless_framework {
namespace {

/// A fixed input is JSON in a text.
std::optional<Document> input_of(const Document* said) {
  if (!is_true(said)) return std::nullopt;
  if (said->as_map() == nullptr) return said->as_list() != nullptr ? Document(compact_json(*said)) : *said;
  return Document(compact_json(*said));
}

Document transformer_of(const Document& said) {
  Document out = Document::map();
  set_if(out, "InputTemplate", said.find("inputTemplate"));
  set_if(out, "InputPathsMap", said.find("inputPathsMap"));
  return out;
}

void add_rule(Template& made, const Function& function, const Document& said, const Document& rate, std::size_t number) {
  Document target = Document::map({{"Arn", function.target()}, {"Id", function.key + "Schedule"}});
  if (const auto input = input_of(said.find("input"))) target.set("Input", *input);
  if (is_true(said.find("inputPath"))) target.set("InputPath", *said.find("inputPath"));
  if (is_true(said.find("inputTransformer"))) target.set("InputTransformer", transformer_of(*said.find("inputTransformer")));
  const Document* enabled = said.find("enabled");
  const bool off = enabled != nullptr && enabled->as_boolean() != nullptr && !*enabled->as_boolean();
  Document properties = Document::map({{"ScheduleExpression", rate}, {"State", off ? "DISABLED" : "ENABLED"}});
  if (is_true(said.find("name"))) properties.set("Name", *said.find("name"));
  if (is_true(said.find("description"))) properties.set("Description", *said.find("description"));
  properties.set("Targets", Document::list({std::move(target)}));
  const std::string base = normalized(function.key), rule = "EventsRuleSchedule" + std::to_string(number);
  made.add(base + rule, "AWS::Events::Rule", std::move(properties), function.waits());
  permit(made, base + "LambdaPermission" + rule, function.target(), "events.amazonaws.com", get_att(base + rule),
         function.waits());
}

void add_scheduler(Template& made, const Function& function, const Document& said, const Document& rate,
                   std::size_t number) {
  Document target = Document::map({{"Arn", function.target()}});
  const Document* resource = made.find(function.id);
  set_if(target, "RoleArn", resource == nullptr ? nullptr : at(*resource, "Properties.Role"));
  if (const auto input = input_of(said.find("input"))) target.set("Input", *input);
  const Document* enabled = said.find("enabled");
  const bool off = enabled != nullptr && enabled->as_boolean() != nullptr && !*enabled->as_boolean();
  Document properties = Document::map({{"ScheduleExpression", rate},
                                       {"State", off ? "DISABLED" : "ENABLED"},
                                       {"Target", std::move(target)},
                                       {"FlexibleTimeWindow", Document::map({{"Mode", "OFF"}})}});
  set_if(properties, "Name", said.find("name"));
  set_if(properties, "Description", said.find("description"));
  set_if(properties, "ScheduleExpressionTimezone", said.find("timezone"));
  made.add(normalized(function.key) + "SchedulerSchedule" + std::to_string(number), "AWS::Scheduler::Schedule",
           std::move(properties), function.waits());
}

/// The common role is taken on by the scheduler as well, and may call the functions.
void let_scheduler_call(Template& made, const Document& functions) {
  Document* role = made.find("IamRoleLambdaExecution");
  if (role == nullptr) return;
  Document* policy = role->find("Properties")->find("AssumeRolePolicyDocument");
  Document& who = policy->find("Statement")->as_list()->front();
  who.find("Principal")->find("Service")->append("scheduler.amazonaws.com");
  made.allow(statement({"lambda:InvokeFunction"}, functions));
}

}  // namespace

void add_schedules(Template& made) {
  Document called = Document::list();
  for (const Function& function : made.service.functions) {
    std::size_t number = 0;
    bool by_scheduler = false;
    for (const Document& event : items(function.said.find("events"))) {
      const Document* said = event.find("schedule");
      if (!is_true(said)) continue;
      const bool by_itself = said->find("rate") == nullptr;
      const bool scheduler = text_at(*said, "method") == "scheduler";
      for (const Document& rate : by_itself ? Document::List{*said} : as_items(said->find("rate"))) {
        ++number;
        if (scheduler) add_scheduler(made, function, *said, rate, number);
        else add_rule(made, function, by_itself ? Document::map() : *said, rate, number);
      }
      by_scheduler = by_scheduler || scheduler;
    }
    if (!by_scheduler) continue;
    const std::string arn =
        "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:" + in_sub(function.name);
    called.append(sub(arn));
    called.append(sub(arn + ":*"));
  }
  if (!called.as_list()->empty()) let_scheduler_call(made, called);
}

}  // namespace virga::aws::serverless_framework
