#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

namespace virga::aws::serverless_framework {
namespace {

void add_scheduler(Template& made, const Function& function, const Document& said, const Document& rate,
                   std::size_t number) {
  Document target = Document::map({{"Arn", function.target()}});
  const Document* resource = made.find(function.id);
  set_if(target, "RoleArn", resource == nullptr ? nullptr : at(*resource, "Properties.Role"));
  if (const auto input = input_of(said)) target.set("Input", *input);
  Document properties = Document::map({{"ScheduleExpression", rate},
                                       {"State", state_of(said)},
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
        if (scheduler) {
          add_scheduler(made, function, *said, rate, number);
          continue;
        }
        const Document besides = by_itself ? Document::map() : *said;
        RuleOf rule{"Schedule", number, Document::map({{"ScheduleExpression", rate}}), std::nullopt};
        if (is_true(besides.find("inputPath"))) rule.input_path = *besides.find("inputPath");
        add_event_rule(made, function, besides, rule);
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
