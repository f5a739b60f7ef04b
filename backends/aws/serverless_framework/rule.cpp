// Rules of the default bus that call a function: clocks, and events.
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

namespace virga::aws::serverless_framework {

std::optional<Document> input_of(const Document& said) {
  const Document* input = said.find("input");
  if (!is_true(input)) return std::nullopt;
  return input->is_scalar() ? *input : Document(compact_json(*input));
}

std::string_view state_of(const Document& said) {
  const Document* enabled = said.find("enabled");
  const bool off = enabled != nullptr && enabled->as_boolean() != nullptr && !*enabled->as_boolean();
  return off ? "DISABLED" : "ENABLED";
}

void add_event_rule(Template& made, const Function& function, const Document& said, const RuleOf& rule) {
  Document target = Document::map({{"Arn", function.target()}, {"Id", function.key + std::string(rule.word)}});
  if (const auto input = input_of(said)) target.set("Input", *input);
  set_if(target, "InputPath", rule.input_path ? &*rule.input_path : nullptr);
  if (const Document* transformer = said.find("inputTransformer"); is_true(transformer)) {
    Document out = Document::map();
    set_if(out, "InputTemplate", transformer->find("inputTemplate"));
    set_if(out, "InputPathsMap", transformer->find("inputPathsMap"));
    target.set("InputTransformer", std::move(out));
  }
  Document properties = rule.when;
  properties.set("State", state_of(said));
  if (is_true(said.find("name"))) properties.set("Name", *said.find("name"));
  if (is_true(said.find("description"))) properties.set("Description", *said.find("description"));
  properties.set("Targets", Document::list({std::move(target)}));
  const std::string base = normalized(function.key),
                    id = "EventsRule" + std::string(rule.word) + std::to_string(rule.number);
  made.add(base + id, "AWS::Events::Rule", std::move(properties), function.waits());
  permit(made, base + "LambdaPermission" + id, function.target(), "events.amazonaws.com", get_att(base + id),
         function.waits());
}

}  // namespace virga::aws::serverless_framework
