#include "backends/aws/states/definition.h"

#include "backends/aws/documents.h"

#include <fmt/format.h>

namespace virga::aws::states {

using cloud::Object;
using cloud::Value;

std::optional<Definition> definition_of(const cloud::Resource& resource, const cloud::NamedText& files) {
  if (resource.type != "AWS::Serverless::StateMachine" && resource.type != "AWS::StepFunctions::StateMachine")
    return std::nullopt;
  const Object& p = resource.properties;
  std::optional<Value> made;
  Definition out;
  out.lacks = "its definition is not here";
  if (const Value* whole = p.find("Definition")) {
    made = *whole;
  } else if (const Value* text = p.find("DefinitionString")) {
    made = read_document(*text);
    out.lacks = "its definition is a text that only an engine puts together";
  } else if (const Value* path = p.find("DefinitionUri")) {
    NamedDocument named = read_named(*path, files);
    made = std::move(named.said);
    out.missing = std::move(named.missing);
    if (!out.missing.empty()) out.lacks = fmt::format("its definition, `{}`, is not beside the template", out.missing);
  }
  if (!made || made->get<Object>() == nullptr) return out;
  Stands stands;
  const Value* given = p.find("DefinitionSubstitutions");
  if (const auto* named = given == nullptr ? nullptr : given->get<Object>()) {
    for (const cloud::Member& m : named->members) stands.emplace_back("${" + m.key + "}", m.value);
  }
  out.said = *(stands.empty() ? *made : filled(*made, stands)).get<Object>();
  return out;
}

}  // namespace virga::aws::states
