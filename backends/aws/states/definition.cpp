#include "backends/aws/states/definition.h"

#include "backends/aws/sam/sam.h"
#include "compiler/cloud/template_reader.h"

#include <fmt/format.h>

namespace virga::aws::states {
namespace {

using cloud::Object;
using cloud::Value;

/// Stands in a text for what is no text, until it is read.
std::string mark(std::size_t i) { return fmt::format("<<virga-reference-{}>>", i); }

/// A text with its marks, or with names of substitutions, in braces, as what they stand for.
using Stands = std::vector<std::pair<std::string, Value>>;

Value filled(const std::string& text, const Stands& stands) {
  cloud::Values parts;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t first = std::string::npos;
    const std::pair<std::string, Value>* found = nullptr;
    for (const auto& one : stands) {
      const std::size_t here = text.find(one.first, at);
      if (here < first) first = here, found = &one;
    }
    parts.emplace_back(text.substr(at, first - at));
    if (found == nullptr) break;
    parts.push_back(found->second);
    at = first + found->first.size();
  }
  return cloud::concat(std::move(parts));
}

Value filled(const Value& value, const Stands& stands) {
  if (const auto* text = value.get<std::string>()) return filled(*text, stands);
  if (const auto* list = value.get<cloud::Values>()) {
    cloud::Values out;
    for (const Value& item : *list) out.push_back(filled(item, stands));
    return out;
  }
  if (const auto* object = value.get<Object>()) {
    Object out;
    for (const cloud::Member& m : object->members) out.members.push_back({m.key, filled(m.value, stands)});
    return out;
  }
  return value;
}

std::optional<Value> read(const std::string& text) {
  SourceMap sources;
  diag::Sink nothing;
  const auto document = cloud::read_template(sources.add("definition", text), nothing);
  if (!document || nothing.has_errors()) return std::nullopt;
  return cloud::from_document(*document, sam::dialect(), {});
}

/// Of a text with references between its parts.
std::optional<Value> read(const cloud::Concat& joined) {
  std::string text;
  Stands stands;
  for (const Value& part : joined.parts) {
    if (const auto* plain = part.get<std::string>()) {
      text += *plain;
      continue;
    }
    stands.emplace_back(mark(stands.size()), part);
    text += stands.back().first;
  }
  const auto made = read(text);
  return made ? std::optional(filled(*made, stands)) : std::nullopt;
}

}  // namespace

std::optional<Object> definition_of(const cloud::Resource& resource, const cloud::NamedText& files) {
  if (resource.type != "AWS::Serverless::StateMachine" && resource.type != "AWS::StepFunctions::StateMachine")
    return std::nullopt;
  const Object& p = resource.properties;
  std::optional<Value> made;
  if (const Value* whole = p.find("Definition")) made = *whole;
  else if (const Value* said = p.find("DefinitionString")) {
    if (const auto* text = said->get<std::string>()) made = read(*text);
    else if (const auto* joined = said->get<Box<cloud::Concat>>()) made = read(**joined);
  } else if (const Value* uri = p.find("DefinitionUri")) {
    const auto* path = uri->get<std::string>();
    const std::string* text = path == nullptr || !files ? nullptr : files(*path);
    if (text != nullptr) made = read(*text);
  }
  if (!made || made->get<Object>() == nullptr) return std::nullopt;
  Stands stands;
  const Value* given = p.find("DefinitionSubstitutions");
  if (const auto* named = given == nullptr ? nullptr : given->get<Object>()) {
    for (const cloud::Member& m : named->members) stands.emplace_back("${" + m.key + "}", m.value);
  }
  return *(stands.empty() ? *made : filled(*made, stands)).get<Object>();
}

}  // namespace virga::aws::states
