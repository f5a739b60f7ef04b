#include "compiler/cloud/references.h"

#include <algorithm>
#include <map>

namespace virga::cloud {
namespace {

void for_each_in(const Object& object, const std::function<void(const Value&)>& visit) {
  for (const Member& m : object.members) for_each_value(m.value, visit);
}

void for_each_in(const Stack& stack, const std::function<void(const Value&)>& visit) {
  for (const Condition& c : stack.conditions) for_each_value(c.expression, visit);
  for (const Resource& r : stack.resources) for_each_in(r.properties, visit);
  for (const StackOutput& o : stack.outputs) for_each_value(o.value, visit);
}

/// Depth-first search; `path` is the way to the resource at hand.
class CircleSearch {
 public:
  explicit CircleSearch(const Stack& stack) {
    for (const Resource& r : stack.resources) needs_[r.id] = needs(r);
  }

  std::vector<std::string> find() {
    for (const auto& [id, ignored] : needs_) {
      if (visit(id)) return circle_;
    }
    return {};
  }

 private:
  bool visit(const std::string& id) {
    const auto found = needs_.find(id);
    if (found == needs_.end() || done_.contains(id)) return false;
    if (const auto at = std::find(path_.begin(), path_.end(), id); at != path_.end()) {
      circle_.assign(at, path_.end());
      return true;
    }
    path_.push_back(id);
    for (const std::string& next : found->second) {
      if (visit(next)) return true;
    }
    path_.pop_back();
    done_.insert(id);
    return false;
  }

  std::map<std::string, std::set<std::string>> needs_;
  std::vector<std::string> path_, circle_;
  std::set<std::string> done_;
};

}  // namespace

void for_each_value(const Value& value, const std::function<void(const Value&)>& visit) {
  visit(value);
  if (const auto* list = value.get<Values>()) {
    for (const Value& v : *list) for_each_value(v, visit);
  } else if (const auto* object = value.get<Object>()) {
    for_each_in(*object, visit);
  } else if (const auto* c = value.get<Box<Concat>>()) {
    for (const Value& v : (*c)->parts) for_each_value(v, visit);
  } else if (const auto* i = value.get<Box<If>>()) {
    for_each_value((*i)->then, visit);
    for_each_value((*i)->otherwise, visit);
  } else if (const auto* call = value.get<Box<Call>>()) {
    for_each_value((*call)->argument, visit);
  }
}

std::set<std::string> needs(const Resource& resource) {
  std::set<std::string> out(resource.depends_on.begin(), resource.depends_on.end());
  for_each_in(resource.properties, [&](const Value& v) {
    if (const auto* r = v.get<Ref>()) out.insert(r->resource);
    if (const auto* g = v.get<GetAtt>()) out.insert(g->resource);
  });
  return out;
}

std::set<std::string> used_parameters(const Stack& stack) {
  std::set<std::string> out;
  for_each_in(stack, [&](const Value& v) {
    if (const auto* p = v.get<Parameter>()) out.insert(p->name);
  });
  return out;
}

std::vector<std::string> find_circle(const Stack& stack) { return CircleSearch(stack).find(); }

std::vector<std::string> dangling(const Stack& stack) {
  const auto named = [](const auto& parts, const std::string& name) {
    return std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return part.name == name; });
  };
  std::vector<std::string> out;
  const auto miss = [&](bool there, const std::string& name) {
    if (!there && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  };
  for_each_in(stack, [&](const Value& v) {
    if (const auto* r = v.get<Ref>()) miss(stack.find(r->resource) != nullptr, r->resource);
    if (const auto* g = v.get<GetAtt>()) miss(stack.find(g->resource) != nullptr, g->resource);
    if (const auto* p = v.get<Parameter>()) miss(named(stack.parameters, p->name), p->name);
    if (const auto* i = v.get<Box<If>>()) miss(named(stack.conditions, (*i)->condition), (*i)->condition);
  });
  for (const Resource& r : stack.resources) {
    for (const std::string& id : r.depends_on) miss(stack.find(id) != nullptr, id);
    if (!r.condition.empty()) miss(named(stack.conditions, r.condition), r.condition);
  }
  return out;
}

}  // namespace virga::cloud
