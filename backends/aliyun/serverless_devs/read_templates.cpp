// The templates of ROS that an s.yaml deploys → parts of the stack.
#include "backends/aliyun/ros.h"
#include "backends/aliyun/serverless_devs/layout.h"
#include "backends/aliyun/serverless_devs/read.h"
#include "compiler/cloud/template.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>

namespace virga::aliyun::serverless_devs {

using cloud::Document;
using cloud::Value;
namespace codes = diag::codes;

void Reader::companion(const std::string& name, const Document& props) {
  const Document* given = props.find("template");
  const Document* found = given != nullptr && given->as_map() != nullptr ? given : nullptr;
  for (const Template& t : templates_) {
    if (given != nullptr && given->as_string() != nullptr && t.file == file_name(*given->as_string())) found = &t.document;
  }
  if (found == nullptr) {
    sink_.report(given == nullptr ? props.span : given->span, codes::TemplateShape, "template of " + name,
                 "a file that was read too, or a template");
    return;
  }
  companions_.push_back({name, cloud::to_stack(*found, dialect(), sink_), props.find("parameters")});
}

/// Takes a template into the stack. What the s.yaml gives it from elsewhere is a reference again.
void Reader::merge(Companion& from) {
  std::map<std::string, Value> brought;
  const auto* given = from.parameters == nullptr ? nullptr : from.parameters->as_map();
  for (const Document::Entry& entry : given == nullptr ? Document::Map{} : *given) {
    if (entry.value.text() != "${vars." + entry.key + "}") brought.emplace(entry.key, value(entry.value));
  }
  const auto back = [&](const Value& v) -> std::optional<Value> {
    const auto* p = v.get<cloud::Parameter>();
    const auto known = p == nullptr ? brought.end() : brought.find(p->name);
    if (known == brought.end()) return std::nullopt;
    return known->second;
  };
  if (stack_.description.empty()) stack_.description = from.stack.description;
  for (cloud::Condition& c : from.stack.conditions) {
    const bool known = std::any_of(stack_.conditions.begin(), stack_.conditions.end(),
                                   [&](const cloud::Condition& other) { return other.name == c.name; });
    if (!known) stack_.conditions.push_back(std::move(c));
  }
  for (cloud::Resource& r : from.stack.resources) {
    for (cloud::Member& m : r.properties.members) m.value = rewrite(m.value, back);
    stack_.resources.push_back(std::move(r));
  }
  for (cloud::StackOutput& o : from.stack.outputs) {
    if (is_wire(o.name, o.value)) continue;
    o.value = rewrite(o.value, back);
    stack_.outputs.push_back(std::move(o));
  }
}

}  // namespace virga::aliyun::serverless_devs
