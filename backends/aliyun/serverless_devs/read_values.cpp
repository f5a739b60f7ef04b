// Texts with `${…}` in them → values of a stack.
#include "backends/aliyun/ros.h"
#include "backends/aliyun/serverless_devs/layout.h"
#include "backends/aliyun/serverless_devs/read.h"
#include "backends/terraform/names.h"
#include "compiler/cloud/intrinsics.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>

namespace virga::aliyun::serverless_devs {

using cloud::Document;
using cloud::Value;

namespace {

constexpr int kDeepest = 32;  // variables in variables; beyond it they stand in a circle
constexpr std::size_t kMostBytes = 16u << 20;  // that variables may stand for: one in another, twice each, grows without end

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// What stands in the brackets of `name(…)`.
std::optional<std::string_view> argument_of(std::string_view call, std::string_view name) {
  if (!call.starts_with(name)) return std::nullopt;
  call = trimmed(call.substr(name.size()));
  if (!call.starts_with('(') || !call.ends_with(')')) return std::nullopt;
  return trimmed(call.substr(1, call.size() - 2));
}

/// A text in quotes of either sort, from the beginning of `text`, which loses it.
std::optional<std::string> quoted(std::string_view& text) {
  if (text.empty() || (text.front() != '\'' && text.front() != '"')) return std::nullopt;
  const std::size_t end = text.find(text.front(), 1);
  if (end == std::string_view::npos) return std::nullopt;
  std::string out(text.substr(1, end - 1));
  text = trimmed(text.substr(end + 1));
  return out;
}

/// `VIRGA_KEEP_FOR`, `keepFor` → `KeepFor`
std::string parameter_name(std::string_view variable) {
  constexpr std::string_view kPrefix = "VIRGA_";
  if (variable.starts_with(kPrefix)) variable.remove_prefix(kPrefix.size());
  std::string name;
  for (const char c : variable) name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return terraform::to_id(name);
}

}  // namespace

Value Reader::value(const Document& document) {
  if (const auto* list = document.as_list()) {
    cloud::Values out;
    for (const Document& item : *list) out.push_back(value(item));
    return out;
  }
  if (const auto* map = document.as_map()) {
    cloud::Object out;
    for (const Document::Entry& entry : *map) out.members.push_back({entry.key, value(entry.value)});
    return out;
  }
  if (const auto* said = document.as_string()) return text(*said, document.span);
  // A plain scalar; a map of one key would be taken for a function.
  return cloud::from_document(document, dialect(), {});
}

Value Reader::text(const std::string& text, Span span) {
  cloud::Values parts;
  std::string_view rest = text;
  if (depth_ > 0) spent_ += text.size() + 1;
  while (true) {
    const std::size_t open = rest.find("${");
    const std::size_t close = open == std::string_view::npos ? open : rest.find('}', open);
    if (close == std::string_view::npos) break;
    parts.emplace_back(rest.substr(0, open));
    const std::string_view inner = trimmed(rest.substr(open + 2, close - open - 2));
    std::optional<Value> said = expression(inner);
    if (!said) sink_.report(span, diag::codes::TemplateExpression, std::string(rest.substr(open, close - open + 1)));
    parts.push_back(said ? std::move(*said) : Value(rest.substr(open, close - open + 1)));
    rest.remove_prefix(close + 1);
  }
  parts.emplace_back(rest);
  // One expression alone is what it stands for, whatever that is.
  std::erase_if(parts, [](const Value& v) { return v == Value(""); });
  if (parts.size() == 1) return std::move(parts.front());
  return cloud::concat(std::move(parts));
}

std::optional<Value> Reader::expression(std::string_view inner) {
  if (std::optional<std::string_view> call = argument_of(inner, "config")) {
    if (quoted(*call) == "AccountID") return cloud::Pseudo::account;
    return std::nullopt;
  }
  if (std::optional<std::string_view> call = argument_of(inner, "json")) {
    if (call->starts_with("env")) return environment(*call);
    return std::nullopt;
  }
  if (inner.starts_with("env(")) return environment(inner);
  const std::size_t dot = inner.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view head = inner.substr(0, dot), path = inner.substr(dot + 1);
  if (head == "vars") return variable(path);
  if (head == "this" || head == "that") return property(this_, path);
  if (head != "resources") return std::nullopt;
  const std::size_t second = path.find('.');
  if (second == std::string_view::npos) return std::nullopt;
  const std::string_view name = path.substr(0, second), below = path.substr(second + 1);
  if (below.starts_with("output.")) return output(name, below.substr(std::string_view("output.").size()));
  return resources_ == nullptr ? std::nullopt : property(resources_->find(name), below);
}

const Document* Reader::at(const Document* from, std::string_view path) const {
  while (from != nullptr && !path.empty()) {
    const std::size_t dot = path.find('.');
    from = from->find(path.substr(0, dot));
    path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
  }
  return from;
}

std::optional<Value> Reader::property(const Document* of, std::string_view path) {
  const Document* found = at(of, path);
  if (found == nullptr) return std::nullopt;
  if (depth_ >= kDeepest || spent_ > kMostBytes) return std::nullopt;
  ++depth_;
  Value out = value(*found);
  --depth_;
  return out;
}

std::optional<Value> Reader::variable(std::string_view path) {
  const Document* found = at(vars_, path);
  if (found == nullptr) return std::nullopt;
  if (path == kRegion) return cloud::Pseudo::region;
  const auto* said = found->as_string();
  const bool filled = said != nullptr && said->starts_with("${env(") && said->find('}') == said->size() - 1;
  const bool declared = std::any_of(stack_.parameters.begin(), stack_.parameters.end(),
                                    [&](const cloud::StackParameter& p) { return p.name == path; });
  if (filled && declared) return cloud::Parameter{std::string(path)};
  return property(found, "");
}

/// `env('VIRGA_TOKEN', 'default')`: a parameter, declared by a template beside it or else by this.
std::optional<Value> Reader::environment(std::string_view call) {
  std::optional<std::string_view> inner = argument_of(call, "env");
  if (!inner) return std::nullopt;
  const std::optional<std::string> variable = quoted(*inner);
  if (!variable) return std::nullopt;
  if (*variable == environment_variable(kRegion)) return cloud::Pseudo::region;
  cloud::StackParameter p;
  p.name = parameter_name(*variable);
  if (inner->starts_with(',')) {
    *inner = trimmed(inner->substr(1));
    const std::optional<std::string> fallback = quoted(*inner);
    if (!fallback) return std::nullopt;
    p.fallback = Value(*fallback);
  }
  if (!inner->empty()) return std::nullopt;
  const bool declared = std::any_of(stack_.parameters.begin(), stack_.parameters.end(),
                                    [&](const cloud::StackParameter& other) { return other.name == p.name; });
  std::string name = p.name;
  if (!declared) stack_.parameters.push_back(std::move(p));
  return cloud::Parameter{std::move(name)};
}

/// What a resource gives once it was deployed.
std::optional<Value> Reader::output(std::string_view resource, std::string_view path) {
  for (const Companion& c : companions_) {
    if (c.name != resource) continue;
    for (const cloud::StackOutput& o : c.stack.outputs) {
      if (o.name == path) return o.value;
    }
    return std::nullopt;
  }
  const std::string id = terraform::to_id(resource);
  const Document* made = resources_ == nullptr ? nullptr : resources_->find(resource);
  const Document* component = made == nullptr ? nullptr : made->find("component");
  const Type* type = component == nullptr ? nullptr : table().find_component(component->text());
  if (type == nullptr) return std::nullopt;
  const auto given = [&](const Type& t) {
    return std::find_if(t.attributes.begin(), t.attributes.end(), [&](const Pair& p) { return p.second == path; });
  };
  if (const auto found = given(*type); found != type->attributes.end()) return cloud::GetAtt{id, std::string(found->first)};
  // An attribute of a part: the one with what the table wants of it.
  for (const Type& t : table().types) {
    if (t.owner_type != type->type || given(t) == t.attributes.end()) continue;
    const Document* props = made->find("props");
    const Document* parts = props == nullptr ? nullptr : props->find(t.part);
    const auto* list = parts == nullptr ? nullptr : parts->as_list();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      cloud::Resource owner, part;
      owner.id = id;
      if ((*list)[i].as_map() == nullptr) continue;
      bool fits = true;
      for (const Row& row : t.rows) {
        const Document* said = (*list)[i].find(row.to);
        if (said == nullptr || said->as_string() == nullptr) continue;
        part.properties.set(std::string(row.property), *said->as_string());
      }
      for (const Pair& p : t.attributes_if) {
        const Value* is = part.properties.find(p.first);
        fits = fits && is != nullptr && *is == Value(p.second);
      }
      if (!fits) continue;
      const auto noted = names_.find(path_of(t, owner, i));
      return cloud::GetAtt{noted != names_.end() ? noted->second : usual_id(t, owner, part), std::string(given(t)->first)};
    }
  }
  return std::nullopt;
}

}  // namespace virga::aliyun::serverless_devs
