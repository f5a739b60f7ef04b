#include "backends/aliyun/serverless_devs/layout.h"

#include "backends/aliyun/serverless_devs/expressions.h"
#include "backends/terraform/names.h"
#include "compiler/cloud/dump.h"
#include "compiler/cloud/naming.h"

namespace virga::aliyun::serverless_devs {

using cloud::Value;

std::string template_file(std::string_view name) { return std::string(name) + ".yaml"; }

std::string file_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

std::string usual_id(const Type& type, const cloud::Resource& owner, const cloud::Resource& part) {
  std::string out;
  std::string_view rule = type.id;
  bool owned = false;  // the first hole is the owner
  while (!rule.empty()) {
    const std::size_t open = rule.find('{');
    out += rule.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = rule.find('}', open);
    const std::string name(rule.substr(open + 1, close - open - 1));
    rule.remove_prefix(close + 1);
    if (!owned) {
      owned = true;
      if (!owner.id.ends_with(name)) return {};
      out += owner.id.substr(0, owner.id.size() - name.size());
      continue;
    }
    const Value* value = part.properties.find(name);
    const auto* text = value == nullptr ? nullptr : value->get<std::string>();
    if (text == nullptr) return {};
    out += cloud::logical_id(*text);
  }
  return out;
}

std::string path_of(const Type& type, const cloud::Resource& owner, std::size_t index) {
  std::string out = terraform::to_name(owner.id) + "." + std::string(type.part);
  if (type.listed) out += "[" + std::to_string(index) + "]";
  return out;
}

bool is_wire(const std::string& name, const Value& value) {
  if (name == wire_name(value)) return true;
  return name == std::string(kComputed) + cloud::short_hash(cloud::to_text(value), 12);
}

Value rewrite(const Value& value, const std::function<std::optional<Value>(const Value&)>& with) {
  if (std::optional<Value> other = with(value)) return std::move(*other);
  if (const auto* list = value.get<cloud::Values>()) {
    cloud::Values out;
    for (const Value& item : *list) out.push_back(rewrite(item, with));
    return out;
  }
  if (const auto* object = value.get<cloud::Object>()) {
    cloud::Object out;
    for (const cloud::Member& m : object->members) out.members.push_back({m.key, rewrite(m.value, with)});
    return out;
  }
  if (const auto* text = value.get<Box<cloud::Concat>>()) {
    cloud::Values parts;
    for (const Value& part : (*text)->parts) parts.push_back(rewrite(part, with));
    return cloud::concat(std::move(parts));
  }
  if (const auto* choice = value.get<Box<cloud::If>>())
    return Box<cloud::If>(
        cloud::If{(*choice)->condition, rewrite((*choice)->then, with), rewrite((*choice)->otherwise, with)});
  if (const auto* call = value.get<Box<cloud::Call>>())
    return Box<cloud::Call>(cloud::Call{(*call)->function, rewrite((*call)->argument, with)});
  return value;
}

}  // namespace virga::aliyun::serverless_devs
