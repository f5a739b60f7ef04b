#include "backends/aliyun/serverless_devs/expressions.h"

#include "backends/aliyun/ros.h"
#include "backends/terraform/names.h"
#include "compiler/cloud/dump.h"
#include "compiler/cloud/intrinsics.h"
#include "compiler/cloud/naming.h"
#include "compiler/cloud/references.h"

#include <algorithm>

namespace virga::aliyun::serverless_devs {

using cloud::Document;
using cloud::Value;

namespace {

std::string expression(const std::string& inner) { return "${" + inner + "}"; }

const cloud::StackParameter* find_parameter(const cloud::Stack& stack, const std::string& name) {
  const auto found = std::find_if(stack.parameters.begin(), stack.parameters.end(),
                                  [&](const cloud::StackParameter& p) { return p.name == name; });
  return found == stack.parameters.end() ? nullptr : &*found;
}

}  // namespace

std::optional<std::string> wire_name(const Value& reference) {
  const auto* ref = reference.get<cloud::Ref>();
  const auto* att = reference.get<cloud::GetAtt>();
  const std::string id = ref != nullptr ? ref->resource : att != nullptr ? att->resource : "";
  const std::string what = ref != nullptr ? "Ref" : att != nullptr ? att->attribute : "";
  const auto simple = [](const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
  };
  if (!simple(id) || !simple(what)) return std::nullopt;
  return id + "_" + what;
}

std::string environment_variable(std::string_view name) {
  return name == kRegion ? std::string(cloud::kRegionVariable) : cloud::deployment_variable(name);
}

std::optional<std::string> environment_expression(std::string_view name, const Value* fallback) {
  if (fallback == nullptr) return environment_call(environment_variable(name), std::nullopt);
  const Document document = cloud::to_document(*fallback, dialect());
  if (!document.is_scalar() || document.is_null()) return std::nullopt;
  return environment_call(environment_variable(name), document.text());
}

std::optional<std::string> environment_call(std::string_view variable, const std::optional<std::string>& fallback) {
  std::string out = "env('" + std::string(variable) + "'";
  if (fallback) {
    if (!is_plain(*fallback) || fallback->find_first_of("'\"\\{}`\n\r") != std::string::npos) return std::nullopt;
    out += ", '" + *fallback + "'";
  }
  return expression(out + ")");
}

bool is_plain(std::string_view text) {
  return text.find("${") == std::string_view::npos && text.find("<%") == std::string_view::npos;
}

Document Expressions::say(const Value& value, const Unit& from, bool as_text) {
  if (value.get<cloud::Null>() != nullptr) {
    problems.push_back({"an empty value", {}});
    return {};
  }
  if (const auto* text = value.get<std::string>()) {
    if (!is_plain(*text)) problems.push_back({"a text with `${` or `<%`", "Serverless Devs takes it for an expression"});
    return *text;
  }
  if (const auto* list = value.get<cloud::Values>()) {
    Document out = Document::list();
    for (const Value& item : *list) out.append(say(item, from, as_text));
    return out;
  }
  if (const auto* object = value.get<cloud::Object>()) {
    Document out = Document::map();
    for (const cloud::Member& m : object->members) out.set(m.key, say(m.value, from, as_text));
    return out;
  }
  if (value.get<bool>() != nullptr || value.get<std::int64_t>() != nullptr || value.get<double>() != nullptr)
    return cloud::to_document(value, dialect());
  return text_of(value, from, as_text);
}

std::string Expressions::text_of(const Value& value, const Unit& from, bool as_text) {
  if (const auto* concat = value.get<Box<cloud::Concat>>()) {
    std::string out;
    for (const Value& part : (*concat)->parts) {
      const Document said = say(part, from, true);
      if (!said.is_scalar()) problems.push_back({"a list within a text", {}});
      else out += said.text();
    }
    return out;
  }
  if (const auto* p = value.get<cloud::Parameter>()) return parameter(p->name, as_text);
  if (const auto* pseudo = value.get<cloud::Pseudo>()) {
    if (*pseudo == cloud::Pseudo::region) return expression("vars." + std::string(kRegion));
    if (*pseudo == cloud::Pseudo::account) return expression("config('AccountID')");
    problems.push_back({"`" + std::string(cloud::to_text(*pseudo)) + "`", {}});
    return {};
  }
  std::optional<std::string> said;
  if (value.get<cloud::Ref>() != nullptr || value.get<cloud::GetAtt>() != nullptr) {
    const std::string id =
        value.get<cloud::Ref>() != nullptr ? value.get<cloud::Ref>()->resource : value.get<cloud::GetAtt>()->resource;
    if (division_.unit_of(id) != &from) said = reference(value);
  } else {
    said = computed(value);
  }
  if (!said)
    problems.push_back(
        {"`" + cloud::to_text(value) + "`", "it is known only when the function stands, or told to nobody else"});
  return said.value_or("");
}

std::optional<std::string> Expressions::reference(const Value& value) {
  const auto* att = value.get<cloud::GetAtt>();
  const std::string& id = att != nullptr ? att->resource : value.get<cloud::Ref>()->resource;
  const cloud::Resource* resource = division_.stack().find(id);
  if (resource == nullptr) return std::nullopt;
  switch (division_.place(id)) {
    case Place::after: return std::nullopt;
    case Place::before: {
      const std::optional<std::string> name = wire_name(value);
      if (!name) return std::nullopt;
      wires.emplace(*name, value);
      return expression("resources." + std::string(kBefore) + ".output." + *name);
    }
    case Place::app: break;
  }
  const Type* type = table().find(resource->type);
  const auto known = std::find_if(type->attributes.begin(), type->attributes.end(),
                                  [&](const Pair& p) { return att != nullptr && p.first == att->attribute; });
  const bool told = std::all_of(type->attributes_if.begin(), type->attributes_if.end(), [&](const Pair& p) {
    const Value* is = resource->properties.find(p.first);
    return is != nullptr && *is == Value(p.second);
  });
  if (known == type->attributes.end() || !told) return std::nullopt;
  return expression("resources." + terraform::to_name(division_.unit_of(id)->resource->id) + ".output." +
                    std::string(known->second));
}

/// What only ROS can choose or calculate is an output of the template before, as long as it needs nothing that comes later.
/// A secret is none: outputs are shown to everybody.
std::optional<std::string> Expressions::computed(const Value& value) {
  bool good = true;
  cloud::for_each_value(value, [&](const Value& v) {
    const auto* ref = v.get<cloud::Ref>();
    const auto* att = v.get<cloud::GetAtt>();
    const auto* p = v.get<cloud::Parameter>();
    const auto* pseudo = v.get<cloud::Pseudo>();
    if (ref != nullptr) good = good && division_.place(ref->resource) == Place::before;
    if (att != nullptr) good = good && division_.place(att->resource) == Place::before;
    if (pseudo != nullptr) good = good && (*pseudo == cloud::Pseudo::region || *pseudo == cloud::Pseudo::account);
    if (p != nullptr) {
      const cloud::StackParameter* declared = find_parameter(division_.stack(), p->name);
      good = good && declared != nullptr && !declared->secret;
    }
  });
  if (!good) return std::nullopt;
  const std::string name = std::string(kComputed) + cloud::short_hash(cloud::to_text(value), 12);
  wires.emplace(name, value);
  return expression("resources." + std::string(kBefore) + ".output." + name);
}

/// Variables of the environment are texts. Where a number or a flag is wanted, one is made of the text.
std::string Expressions::parameter(const std::string& name, bool as_text) {
  const cloud::StackParameter* p = find_parameter(division_.stack(), name);
  if (p == nullptr || (p->type != "String" && p->type != "Number" && p->type != "Boolean" && !as_text)) {
    problems.push_back({"the list `" + name + "`", "variables of the environment are texts"});
    return {};
  }
  if (as_text || p->type == "String") return expression("vars." + name);
  const std::optional<std::string> text = environment_expression(name, p->fallback ? &*p->fallback : nullptr);
  return text ? expression("json(" + text->substr(2, text->size() - 3) + ")") : "";
}

}  // namespace virga::aliyun::serverless_devs
