#include "backends/aws/states/definition.h"

#include "backends/aws/documents.h"

#include <fmt/format.h>

namespace virga::aws::states {

std::optional<Definition> definition_of(const cloud::Resource& resource, const cloud::NamedText& files) {
  if (resource.type != "AWS::Serverless::StateMachine" && resource.type != "AWS::StepFunctions::StateMachine")
    return std::nullopt;
  const cloud::Object& p = resource.properties;
  std::optional<cloud::Value> made;
  Definition out;
  out.lacks = "its definition is not here";
  if (const cloud::Value* whole = p.find("Definition")) {
    made = *whole;
  } else if (const cloud::Value* text = p.find("DefinitionString")) {
    made = read_document(*text);
    out.lacks = "its definition is a text that only an engine puts together";
  } else if (const cloud::Value* path = p.find("DefinitionUri")) {
    NamedDocument named = read_named(*path, files);
    made = std::move(named.said);
    out.missing = std::move(named.missing);
    if (!out.missing.empty()) out.lacks = fmt::format("its definition, `{}`, is not beside the template", out.missing);
  }
  if (!made || made->get<cloud::Object>() == nullptr) return out;
  Stands stands;
  const cloud::Value* given = p.find("DefinitionSubstitutions");
  if (const auto* named = given == nullptr ? nullptr : given->get<cloud::Object>()) {
    for (const cloud::Member& m : named->members) stands.emplace_back("${" + m.key + "}", m.value);
  }
  out.said = *(stands.empty() ? *made : filled(*made, stands)).get<cloud::Object>();
  return out;
}

}  // namespace virga::aws::states
