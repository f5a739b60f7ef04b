// Rules of EventBridge: by CloudFormation, or by a helper where the provider says so.
#include "backends/aws/serverless_framework/defaults.h"
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

namespace virga::aws::serverless_framework {
namespace {

Document shortened(Document name, const std::string& suffix) {
  const auto* plain = name.as_string();
  if (plain == nullptr || plain->size() <= length("serverless_framework.rule.name.max")) return name;
  return plain->substr(0, length("serverless_framework.rule.name.kept") - suffix.size()) + md5_hex(*plain) + "-" + suffix;
}

bool is_off(const Document& said) {
  const Document* enabled = said.find("enabled");
  return enabled != nullptr && enabled->as_boolean() != nullptr && !*enabled->as_boolean();
}

Document with_capitals(const Document& map) {
  Document out = Document::map();
  for (const Document::Entry& entry : entries(&map)) out.set(upper_first(entry.key), entry.value);
  return out;
}

struct Rule {
  Document name;
  std::size_t number;  ///< of the event within its function, from 1
};

Rule rule_of(const Function& function, const Document& said, std::size_t number) {
  const std::string suffix = "rule-" + std::to_string(number);
  const Document* own = said.find("name");
  return {is_true(own) ? *own : shortened(text({function.name, "-", suffix}), suffix), number};
}

Document target_of(const Function& function, const Document& said, const Rule& rule) {
  Document target = Document::map({{"Arn", function.target()}, {"Id", shortened(text({rule.name, "-target"}), "target")}});
  if (const Document* retry = said.find("retryPolicy"); is_true(retry)) {
    Document policy = Document::map();
    set_if(policy, "MaximumEventAgeInSeconds", retry->find("maximumEventAge"));
    set_if(policy, "MaximumRetryAttempts", retry->find("maximumRetryAttempts"));
    target.set("RetryPolicy", std::move(policy));
  }
  if (const Document* dead = said.find("deadLetterQueueArn"); is_true(dead))
    target.set("DeadLetterConfig", Document::map({{"Arn", *dead}}));
  if (is_true(said.find("input"))) target.set("Input", compact_json(*said.find("input")));
  else if (is_true(said.find("inputPath"))) target.set("InputPath", *said.find("inputPath"));
  else if (is_true(said.find("inputTransformer")))
    target.set("InputTransformer", with_capitals(*said.find("inputTransformer")));
  return target;
}

/// `a-service-dev-hello-rule-1` → `Aservicedevhellorule1EventBridgeRule`
std::string rule_id(const Template& made, const Function& function, std::size_t number) {
  const auto* plain = function.name.as_string();
  const auto* stage = made.service.stage.as_string();
  // Where the name is known only at deployment, what is known of it has to do.
  const std::string base =
      plain != nullptr ? *plain : made.service.name.text() + (stage != nullptr ? *stage : "") + function.key;
  return alphanumeric(base + "-rule-" + std::to_string(number)) + "EventBridgeRule";
}

void add_rule(Template& made, const Function& function, const Document& said, std::size_t number) {
  const Rule rule = rule_of(function, said, number);
  const Document* bus = said.find("eventBus");
  Document bus_name = is_true(bus) ? *bus : Document();
  std::vector<std::string> waits = function.waits();
  if (const auto* plain = bus_name.as_string()) {
    if (plain->starts_with("arn")) {
      bus_name = plain->substr(plain->find('/') + 1);
    } else if (*plain != "default") {
      waits = {normalized(*plain) + "EventBridgeEventBus"};
      made.add(waits.front(), "AWS::Events::EventBus", Document::map({{"Name", *plain}}));
    }
  }
  const bool usual = bus_name.is_null() || bus_name == Document("default");
  Document properties = Document::map();
  set_if(properties, "Description", said.find("description"));
  if (!usual) properties.set("EventBusName", bus_name);
  set_if(properties, "EventPattern", said.find("pattern"));
  properties.set("Name", rule.name);
  set_if(properties, "ScheduleExpression", said.find("schedule"));
  properties.set("State", is_off(said) ? "DISABLED" : "ENABLED");
  properties.set("Targets", Document::list({target_of(function, said, rule)}));
  made.add(rule_id(made, function, number), "AWS::Events::Rule", std::move(properties), waits);
  Document path = bus_name.is_null() ? text({"rule/", rule.name}) : text({"rule/", bus_name, "/", rule.name});
  permit(made, normalized(function.key) + "EventBridgeLambdaPermission" + std::to_string(number), function.target(),
         "events.amazonaws.com",
         text({"arn:", reference("AWS::Partition"), ":events:", reference("AWS::Region"), ":", reference("AWS::AccountId"),
               ":", path}),
         function.waits());
}

void add_by_helper(Template& made, const Function& function, const Document& said, std::size_t number) {
  const Rule rule = rule_of(function, said, number);
  Document config = Document::map({{"RuleName", rule.name}, {"State", is_off(said) ? "DISABLED" : "ENABLED"}});
  for (const auto& [from, to] : {std::pair{"eventBus", "EventBus"},
                                 {"schedule", "Schedule"},
                                 {"pattern", "Pattern"},
                                 {"input", "Input"},
                                 {"inputPath", "InputPath"}})
    set_if(config, to, said.find(from));
  if (is_true(said.find("inputTransformer"))) config.set("InputTransformer", with_capitals(*said.find("inputTransformer")));
  made.add(normalized(function.key) + "CustomEventBridge" + std::to_string(number), "Custom::EventBridge",
           Document::map({{"ServiceToken", get_att(helper_id(Helper::event_bridge))},
                          {"FunctionName", function.name},
                          {"EventBridgeConfig", std::move(config)}}),
           {function.id, helper_id(Helper::event_bridge)});
}

}  // namespace

void add_event_bridge(Template& made) {
  const Document* settings = made.service.setting("eventBridge");
  const bool by_cloudformation = !is_true(settings) || is_true(settings->find("useCloudFormation"));
  bool any = false, own_bus = false;
  for (const Function& function : made.service.functions) {
    std::size_t number = 0;  // of all events of the function, whatever they are
    for (const Document& event : items(function.said.find("events"))) {
      ++number;
      const Document* said = event.find("eventBridge");
      if (!is_true(said)) continue;
      any = true;
      const Document* bus = said->find("eventBus");
      own_bus = own_bus || (is_true(bus) && *bus != Document("default"));
      if (by_cloudformation) add_rule(made, function, *said, number);
      else add_by_helper(made, function, *said, number);
    }
  }
  if (by_cloudformation || !any) return;
  const auto arn = [](std::string_view of, std::string_view rest) {
    return text({"arn:", reference("AWS::Partition"), of, reference("AWS::Region"), ":", reference("AWS::AccountId"), rest});
  };
  Document::List statements;
  if (own_bus)
    statements.push_back(statement({"events:CreateEventBus", "events:DeleteEventBus"}, arn(":events:", ":event-bus/*")));
  statements.push_back(statement({"events:PutRule", "events:RemoveTargets", "events:PutTargets", "events:DeleteRule"},
                                 arn(":events:", ":rule/*")));
  statements.push_back(statement({"lambda:AddPermission", "lambda:RemovePermission"}, arn(":lambda:", ":function:*")));
  add_helper(made, Helper::event_bridge, statements);
}

}  // namespace virga::aws::serverless_framework
