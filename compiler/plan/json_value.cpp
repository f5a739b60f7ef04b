#include "compiler/plan/json_value.h"

#include "compiler/cloud/dump.h"

namespace virga::plan {
namespace {

using Json = nlohmann::ordered_json;
using cloud::Value;

constexpr int kDeepest = 200;  // no engine takes a template that is deeper

Json list(const cloud::Values& values) {
  Json out = Json::array();
  for (const Value& v : values) out.push_back(to_json(v));
  return out;
}

std::optional<cloud::Values> values(const Json& json, int depth) {
  cloud::Values out;
  for (const Json& item : json) {
    auto value = from_json(item, depth + 1);
    if (!value) return std::nullopt;
    out.push_back(std::move(*value));
  }
  return out;
}

std::optional<cloud::Pseudo> pseudo(const std::string& word) {
  using enum cloud::Pseudo;
  for (const cloud::Pseudo p : {account, region, stack_name, stack_id, partition, url_suffix, no_value}) {
    if (cloud::to_text(p) == word) return p;
  }
  return std::nullopt;
}

std::optional<Value> marked(const std::string& key, const Json& of, int depth) {
  const auto text = [](const Json& j) { return j.is_string(); };
  if (key == "$ref" && text(of)) return Value(cloud::Ref{of.get<std::string>()});
  if (key == "$param" && text(of)) return Value(cloud::Parameter{of.get<std::string>()});
  if (key == "$known" && text(of)) {
    const auto p = pseudo(of.get<std::string>());
    return p ? std::optional(Value(*p)) : std::nullopt;
  }
  if (!of.is_array()) return std::nullopt;
  if (key == "$get" && of.size() == 2 && text(of[0]) && text(of[1]))
    return Value(cloud::GetAtt{of[0].get<std::string>(), of[1].get<std::string>()});
  if (key == "$join") {
    auto parts = values(of, depth);
    return parts ? std::optional(Value(Box<cloud::Concat>(cloud::Concat{std::move(*parts)}))) : std::nullopt;
  }
  if (key == "$if" && of.size() == 3 && text(of[0])) {
    auto then = from_json(of[1], depth + 1), otherwise = from_json(of[2], depth + 1);
    if (!then || !otherwise) return std::nullopt;
    return Value(Box<cloud::If>(cloud::If{of[0].get<std::string>(), std::move(*then), std::move(*otherwise)}));
  }
  if (key == "$call" && of.size() == 2 && text(of[0])) {
    auto argument = from_json(of[1], depth + 1);
    if (!argument) return std::nullopt;
    return Value(Box<cloud::Call>(cloud::Call{of[0].get<std::string>(), std::move(*argument)}));
  }
  return std::nullopt;
}

}  // namespace

Json to_json(const Value& value) {
  struct Visitor {
    Json operator()(cloud::Null) const { return nullptr; }
    Json operator()(bool b) const { return b; }
    Json operator()(std::int64_t n) const { return n; }
    Json operator()(double n) const { return n; }
    Json operator()(const std::string& s) const { return s; }
    Json operator()(const cloud::Values& v) const { return list(v); }
    Json operator()(const cloud::Object& o) const {
      Json out = Json::object();
      for (const cloud::Member& m : o.members) out[m.key.starts_with('$') ? "$" + m.key : m.key] = to_json(m.value);
      return out;
    }
    Json operator()(const cloud::Ref& r) const { return {{"$ref", r.resource}}; }
    Json operator()(const cloud::GetAtt& g) const { return {{"$get", Json::array({g.resource, g.attribute})}}; }
    Json operator()(const cloud::Parameter& p) const { return {{"$param", p.name}}; }
    Json operator()(cloud::Pseudo p) const { return {{"$known", cloud::to_text(p)}}; }
    Json operator()(const Box<cloud::Concat>& c) const { return {{"$join", list(c->parts)}}; }
    Json operator()(const Box<cloud::If>& i) const {
      return {{"$if", Json::array({i->condition, to_json(i->then), to_json(i->otherwise)})}};
    }
    Json operator()(const Box<cloud::Call>& c) const {
      return {{"$call", Json::array({c->function, to_json(c->argument)})}};
    }
  };
  return std::visit(Visitor{}, value.data);
}

std::optional<Value> from_json(const Json& json, int depth) {
  if (depth > kDeepest) return std::nullopt;
  if (json.is_null()) return Value();
  if (json.is_boolean()) return Value(json.get<bool>());
  if (json.is_number_integer()) return Value(json.get<std::int64_t>());
  if (json.is_number()) return Value(json.get<double>());
  if (json.is_string()) return Value(json.get<std::string>());
  if (json.is_array()) {
    auto out = values(json, depth);
    return out ? std::optional(Value(std::move(*out))) : std::nullopt;
  }
  if (json.size() == 1 && json.begin().key().starts_with('$') && !json.begin().key().starts_with("$$"))
    return marked(json.begin().key(), json.begin().value(), depth);
  cloud::Object out;
  for (const auto& [key, item] : json.items()) {
    auto value = from_json(item, depth + 1);
    if (!value || (key.starts_with('$') && !key.starts_with("$$"))) return std::nullopt;
    out.set(key.starts_with("$$") ? key.substr(1) : key, std::move(*value));
  }
  return Value(std::move(out));
}

}  // namespace virga::plan
