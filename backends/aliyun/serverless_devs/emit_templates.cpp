// What an s.yaml leaves to ROS → the stacks of the templates before and after it, and what is handed from one to the other.
#include "backends/aliyun/ros.h"
#include "backends/aliyun/serverless_devs/emit.h"
#include "backends/aliyun/serverless_devs/layout.h"
#include "compiler/cloud/references.h"

#include <algorithm>

namespace virga::aliyun::serverless_devs {

using cloud::Value;

namespace {

void conditions_in(const cloud::Stack& stack, const std::string& name, std::set<std::string>& into) {
  const auto found = std::find_if(stack.conditions.begin(), stack.conditions.end(),
                                  [&](const cloud::Condition& c) { return c.name == name; });
  if (found == stack.conditions.end() || !into.insert(name).second) return;
  cloud::for_each_value(found->expression, [&](const Value& v) {
    const auto* call = v.get<Box<cloud::Call>>();
    const auto* inner = call == nullptr ? nullptr : (*call)->argument.get<std::string>();
    if (inner != nullptr && (*call)->function == dialect().condition) conditions_in(stack, *inner, into);
  });
}

/// Conditions that something of `part` names, and those that these name.
std::set<std::string> conditions_of(const cloud::Stack& whole, const cloud::Stack& part) {
  std::set<std::string> out;
  const auto look = [&](const Value& value) {
    cloud::for_each_value(value, [&](const Value& v) {
      if (const auto* choice = v.get<Box<cloud::If>>()) conditions_in(whole, (*choice)->condition, out);
    });
  };
  for (const cloud::Resource& r : part.resources) {
    look(r.properties);
    conditions_in(whole, r.condition, out);
  }
  for (const cloud::StackOutput& o : part.outputs) {
    look(o.value);
    conditions_in(whole, o.condition, out);
  }
  return out;
}

}  // namespace

bool Emitter::comes_after(const Value& value) const {
  bool later = false;
  cloud::for_each_value(value, [&](const Value& v) {
    const auto* ref = v.get<cloud::Ref>();
    const auto* att = v.get<cloud::GetAtt>();
    later = later || (ref != nullptr && division_.place(ref->resource) != Place::before) ||
            (att != nullptr && division_.place(att->resource) != Place::before);
  });
  return later;
}

void Emitter::divide_outputs() {
  for (const cloud::StackOutput& o : stack_.outputs) (comes_after(o.value) ? after_ : before_).outputs.push_back(o);
}

/// A value in the template after it: what stands elsewhere is a parameter.
Value Emitter::brought(const Value& value, const std::string& resource) {
  return rewrite(value, [&](const Value& v) -> std::optional<Value> {
    const auto* ref = v.get<cloud::Ref>();
    const auto* att = v.get<cloud::GetAtt>();
    if (ref == nullptr && att == nullptr) return std::nullopt;
    const std::string& id = ref != nullptr ? ref->resource : att->resource;
    if (division_.place(id) == Place::after) return std::nullopt;
    Expressions expressions(division_);
    const std::optional<std::string> said = expressions.reference(v);
    const std::optional<std::string> name = wire_name(v);
    const cloud::Resource* target = stack_.find(id);
    if (!said || !name) {
      cannot(resource, (ref != nullptr ? "what `Ref` gives" : "the output `" + att->attribute + "`") + " of `" +
                           (target == nullptr ? id : target->type) + "`");
      return std::nullopt;
    }
    wires_.merge(expressions.wires);
    brought_[*name] = *said;
    return cloud::Parameter{*name};
  });
}

void Emitter::fill_after() {
  for (const cloud::Resource& r : stack_.resources) {
    if (division_.place(r.id) != Place::after) continue;
    cloud::Resource moved = r;
    for (cloud::Member& m : moved.properties.members) m.value = brought(m.value, r.id);
    std::erase_if(moved.depends_on, [&](const std::string& id) { return division_.place(id) != Place::after; });
    after_.resources.push_back(std::move(moved));
  }
  for (cloud::StackOutput& o : after_.outputs) o.value = brought(o.value, "");
  const std::set<std::string> named = conditions_of(stack_, after_);
  for (const cloud::Condition& c : stack_.conditions) {
    if (named.contains(c.name)) after_.conditions.push_back(c);
  }
  const std::set<std::string> used = cloud::used_parameters(after_);
  for (const cloud::StackParameter& p : stack_.parameters) {
    if (used.contains(p.name)) after_.parameters.push_back(p);
  }
  for (const auto& [name, said] : brought_) {
    cloud::StackParameter p;
    p.name = name;
    after_.parameters.push_back(std::move(p));
  }
}

/// All parameters are declared before anything is made, so that ROS holds every value against its bounds.
void Emitter::fill_before() {
  before_.description = stack_.description;
  before_.parameters = stack_.parameters;
  before_.conditions = stack_.conditions;
  for (const cloud::Resource& r : stack_.resources) {
    if (division_.place(r.id) == Place::before) before_.resources.push_back(r);
  }
  for (const auto& [name, value] : wires_) before_.outputs.push_back({name, {}, value, {}, {}});
}

}  // namespace virga::aliyun::serverless_devs
