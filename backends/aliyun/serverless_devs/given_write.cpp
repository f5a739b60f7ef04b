#include "backends/aliyun/ros.h"
#include "backends/aliyun/serverless_devs/filled_in.h"
#include "backends/aliyun/serverless_devs/given.h"
#include "backends/aliyun/serverless_devs/given_words.h"
#include "compiler/cloud/references.h"

#include <map>
#include <set>

namespace virga::aliyun::serverless_devs {
namespace {

using cloud::Document;
using cloud::Object;
using cloud::Value;

/// How the parameters of a stack stand in texts.
class Texts {
 public:
  explicit Texts(const cloud::Stack& stack) {
    for (const cloud::StackParameter& p : stack.parameters) {
      if (const auto said = filled(p, kInline)) inline_.emplace(p.name, *said);
    }
    for (const cloud::Resource& r : stack.resources) ids_.insert(r.id);
  }

  /// What fills it in there; nothing when nothing does.
  static std::optional<std::string> filled(const cloud::StackParameter& p, std::string_view where) {
    const Value* said = p.more.find(where);
    const auto* text = said == nullptr ? nullptr : said->get<std::string>();
    const auto* fallback = p.fallback ? p.fallback->get<std::string>() : nullptr;
    if (text == nullptr) return std::nullopt;
    return with_fallback(*text, fallback == nullptr ? std::nullopt : std::optional(*fallback));
  }

  [[nodiscard]] Document written(const Value& v) const {
    if (v.get<cloud::Null>() != nullptr) return {};
    if (const bool* b = v.get<bool>()) return *b;
    if (const auto* n = v.get<std::int64_t>()) return *n;
    if (const auto* n = v.get<double>()) return *n;
    if (const auto* s = v.get<std::string>()) return *s;
    if (const auto* p = v.get<cloud::Parameter>()) {
      const auto known = inline_.find(p->name);
      return known != inline_.end() ? known->second : std::string(kOpen) + p->name + "}";
    }
    const auto* other = v.get<cloud::GetAtt>();
    if (other != nullptr && ids_.contains(other->resource))
      return "${resources." + other->resource + ".props." + other->attribute + "}";
    if (const auto* c = v.get<Box<cloud::Concat>>(); c != nullptr && !has_words(v)) {
      std::string text;
      for (const Value& part : (*c)->parts) text += written(part).text();
      return text;
    }
    if (const auto* list = v.get<cloud::Values>()) {
      Document out = Document::list();
      for (const Value& item : *list) out.append(written(item));
      return out;
    }
    if (const auto* call = v.get<Box<cloud::Call>>())
      return Document::map({{(*call)->function, written((*call)->argument)}});
    const auto* object = v.get<Object>();
    if (object == nullptr) return cloud::to_document(v, dialect());
    Document out = Document::map();
    for (const cloud::Member& m : object->members) out.set(m.key, written(m.value));
    return out;
  }

  /// The variables; none where all parameters are filled in elsewhere.
  [[nodiscard]] Document variables(const cloud::Stack& stack) const {
    Document all = Document::map();
    for (const cloud::StackParameter& p : stack.parameters) {
      if (inline_.contains(p.name)) continue;
      Document* at = &all;
      std::string_view path = p.name;
      for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
        at = &(*at)[path.substr(0, dot)];
        path.remove_prefix(dot + 1);
      }
      const auto said = filled(p, kValue);
      at->set(path, said ? Document(*said) : p.fallback ? written(*p.fallback) : Document("${env('" + p.name + "')}"));
    }
    return all;
  }

 private:
  /// Whether there is more in it than texts, parameters, and what other resources are called.
  [[nodiscard]] bool has_words(const Value& value) const {
    bool found = false;
    cloud::for_each_value(value, [&](const Value& v) {
      const auto* other = v.get<cloud::GetAtt>();
      const bool attribute = other != nullptr && !ids_.contains(other->resource);
      found = found || v.get<cloud::Ref>() != nullptr || attribute || v.get<cloud::Pseudo>() != nullptr;
    });
    return found;
  }

  std::set<std::string, std::less<>> ids_;  ///< of resources
  std::map<std::string, std::string, std::less<>> inline_;
};

/// References are words of the templates that some components are handed, about which this file knows nothing. Of its own
/// resources only what they, or their functions, are called can be said.
bool can_be_said(const Value& v, const cloud::Stack& stack) {
  const auto* ref = v.get<cloud::Ref>();
  const auto* attribute = v.get<cloud::GetAtt>();
  static const std::set<std::string_view> names = {"function.name", "functionName", "name"};
  const bool is_name = attribute != nullptr && names.contains(attribute->attribute);
  return (ref == nullptr || stack.find(ref->resource) == nullptr) &&
         (attribute == nullptr || is_name || stack.find(attribute->resource) == nullptr);
}

}  // namespace

std::vector<cloud::Unsaid> unsaid_given(const cloud::Stack& stack) {
  std::vector<cloud::Unsaid> out;
  for (const cloud::StackParameter& p : stack.parameters) {
    for (const std::string_view where : {kValue, kInline}) {
      if (p.more.find(where) != nullptr && !Texts::filled(p, where))
        out.push_back({"", "the default of the parameter `" + p.name + "`",
                       "it would end the expression that asks the environment: leave out quotes, braces and `${`"});
    }
  }
  for (const cloud::Resource& r : stack.resources) {
    for (const cloud::Member& m : r.properties.members) {
      bool good = true;
      cloud::for_each_value(m.value, [&](const Value& v) { good = good && can_be_said(v, stack); });
      if (!good)
        out.push_back({r.id, "the property `" + m.key + "` of `" + r.id + "`, which refers to something else",
                       "an s.yaml that was adopted knows its variables alone"});
    }
  }
  return out;
}

Document write_given(const cloud::Stack& stack) {
  const Texts texts(stack);
  Document out = Document::map();
  bool old = false;
  for (const cloud::Member& m : stack.sections.members) {
    if (m.key == kServices) old = true;
    else out.set(m.key, texts.written(m.value));
  }
  if (Document variables = texts.variables(stack); !variables.as_map()->empty()) out.set(kVars, std::move(variables));
  Document resources = Document::map();
  for (const cloud::Resource& r : stack.resources) {
    Document one = Document::map();
    if (r.more.find(kComponent) == nullptr) one.set(kComponent, r.type);
    for (const cloud::Member& m : r.more.members) one.set(m.key, texts.written(m.value));
    if (!r.properties.members.empty()) one.set(kProps, texts.written(Value(r.properties)));
    resources.set(r.id, std::move(one));
  }
  out.set(old ? kServices : kResources, std::move(resources));
  return out;
}

}  // namespace virga::aliyun::serverless_devs
