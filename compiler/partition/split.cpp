#include "compiler/partition/split.h"

#include "compiler/cloud/naming.h"
#include "compiler/cloud/references.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>

namespace virga::partition {
namespace {

using cloud::Value;

/// A value with other values in place of some; those that stay are left as they are.
using Replace = std::function<std::optional<Value>(const Value&)>;

Value replaced(const Value& value, const Replace& replace) {
  if (auto other = replace(value)) return std::move(*other);
  if (const auto* list = value.get<cloud::Values>()) {
    cloud::Values made;
    for (const Value& v : *list) made.push_back(replaced(v, replace));
    return made;
  }
  if (const auto* object = value.get<cloud::Object>()) {
    cloud::Object made;
    for (const cloud::Member& m : object->members) made.members.push_back({m.key, replaced(m.value, replace)});
    return made;
  }
  if (const auto* text = value.get<Box<cloud::Concat>>()) {
    cloud::Values made;
    for (const Value& v : (*text)->parts) made.push_back(replaced(v, replace));
    return cloud::concat(std::move(made));
  }
  if (const auto* choice = value.get<Box<cloud::If>>())
    return Box<cloud::If>(
        cloud::If{(*choice)->condition, replaced((*choice)->then, replace), replaced((*choice)->otherwise, replace)});
  if (const auto* call = value.get<Box<cloud::Call>>())
    return Box<cloud::Call>(cloud::Call{(*call)->function, replaced((*call)->argument, replace)});
  return value;
}

class Splitter {
 public:
  Splitter(const cloud::Stack& whole, const Graph& graph, const Placement& placement, const cloud::Crosses& format)
      : whole_(whole), format_(format) {
    for (const std::string& name : placement.parts) {
      Part& part = parts_.emplace_back();
      part.name = name;
      part.stack.cloud = whole.cloud;
      part.stack.name = stack_name(whole.name, name);
      part.stack.region = whole.region;
      part.stack.description = whole.description;
    }
    for (std::size_t i = 0; i < whole.resources.size(); ++i)
      part_of_.emplace(whole.resources[i].id, placement.part_of[graph.group_of[graph.piece_of[i]]]);
  }

  std::vector<Part> run() {
    for (const cloud::StackOutput& o : whole_.outputs) place_output(o);
    for (const cloud::Resource& r : whole_.resources) place_resource(r);
    for (auto& [key, output] : given_) parts_[part_of_.at(key.first)].stack.outputs.push_back(std::move(output));
    for (Part& part : parts_) {
      add_conditions(part.stack);
      add_parameters(part.stack);
    }
    return std::move(parts_);
  }

 private:
  void place_resource(const cloud::Resource& resource) {
    const std::size_t here = part_of_.at(resource.id);
    cloud::Resource made = resource;
    for (cloud::Member& m : made.properties.members) m.value = wired(m.value, here);
    // The order of the stacks says it.
    std::erase_if(made.depends_on, [&](const std::string& id) {
      const auto found = part_of_.find(id);
      return found != part_of_.end() && found->second != here;
    });
    parts_[here].stack.resources.push_back(std::move(made));
  }

  /// An output of the app stands in the last stack that it says something of; what says nothing of any, in the first.
  void place_output(const cloud::StackOutput& output) {
    std::size_t here = 0;
    cloud::for_each_value(output.value, [&](const Value& v) {
      if (const auto part = part_of(v)) here = std::max(here, *part);
    });
    cloud::StackOutput made = output;
    made.value = wired(output.value, here);
    parts_[here].stack.outputs.push_back(std::move(made));
  }

  [[nodiscard]] std::optional<std::size_t> part_of(const Value& v) const {
    const auto* ref = v.get<cloud::Ref>();
    const auto* get = v.get<cloud::GetAtt>();
    if (ref == nullptr && get == nullptr) return std::nullopt;
    const auto found = part_of_.find(ref != nullptr ? ref->resource : get->resource);
    return found == part_of_.end() ? std::nullopt : std::optional(found->second);
  }

  Value wired(const Value& value, std::size_t here) {
    return replaced(value, [&](const Value& v) -> std::optional<Value> {
      const auto there = part_of(v);
      if (!there || *there == here) return std::nullopt;
      const auto* ref = v.get<cloud::Ref>();
      const auto* get = v.get<cloud::GetAtt>();
      return taken(ref != nullptr ? ref->resource : get->resource, get != nullptr ? get->attribute : "", v, *there);
    });
  }

  Value taken(const std::string& resource, const std::string& attribute, const Value& value, std::size_t there) {
    const auto [found, fresh] = given_.try_emplace({resource, attribute});
    if (fresh) {
      found->second.name = output_name(resource, attribute);
      found->second.value = value;
      const auto crossing = format_.crossing(parts_[there].stack.name, found->second.name);
      found->second.export_name = crossing.export_name;
    }
    return format_.crossing(parts_[there].stack.name, found->second.name).import;
  }

  /// The conditions that the stack asks for, and those that they ask for.
  void add_conditions(cloud::Stack& stack) const {
    std::set<std::string> asked;
    const auto ask = [&](const Value& v) {
      if (const auto* i = v.get<Box<cloud::If>>()) asked.insert((*i)->condition);
    };
    for (const cloud::Resource& r : stack.resources) {
      if (!r.condition.empty()) asked.insert(r.condition);
      for (const cloud::Member& m : r.properties.members) cloud::for_each_value(m.value, ask);
    }
    for (const cloud::StackOutput& o : stack.outputs) {
      if (!o.condition.empty()) asked.insert(o.condition);
      cloud::for_each_value(o.value, ask);
    }
    for (bool more = true; more;) {
      const std::size_t before = asked.size();
      for (const cloud::Condition& c : whole_.conditions) {
        if (!asked.contains(c.name)) continue;
        // Inside of one, another one is named by a text.
        cloud::for_each_value(c.expression, [&](const Value& v) {
          const auto* name = v.get<std::string>();
          const bool is_one = name != nullptr && std::any_of(whole_.conditions.begin(), whole_.conditions.end(),
                                                             [&](const auto& other) { return other.name == *name; });
          if (is_one) asked.insert(*name);
        });
      }
      more = asked.size() > before;
    }
    for (const cloud::Condition& c : whole_.conditions) {
      if (asked.contains(c.name)) stack.conditions.push_back(c);
    }
  }

  /// What nothing uses is asked for by the first stack, so that nobody's value is refused.
  void add_parameters(cloud::Stack& stack) {
    if (used_anywhere_.empty()) used_anywhere_ = cloud::used_parameters(whole_);
    const std::set<std::string> used = cloud::used_parameters(stack);
    const bool first = &stack == &parts_.front().stack;
    for (const cloud::StackParameter& p : whole_.parameters) {
      if (used.contains(p.name) || (first && !used_anywhere_.contains(p.name))) stack.parameters.push_back(p);
    }
  }

  const cloud::Stack& whole_;
  const cloud::Crosses& format_;
  std::vector<Part> parts_;
  std::unordered_map<std::string, std::size_t> part_of_;
  std::map<std::pair<std::string, std::string>, cloud::StackOutput> given_;  // resource, attribute
  std::set<std::string> used_anywhere_;
};

}  // namespace

std::string stack_name(const std::string& app, const std::string& part) {
  return part == kFirstPart ? app : app + "-" + part;
}

/// Two values never have one name, and no output of an app is called so: `Gives` stands between, or a hash at the end.
std::string output_name(const std::string& resource, const std::string& attribute) {
  std::string what;
  bool plain = true;
  for (const char c : attribute) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) what += c;
    else plain = false;
  }
  if (attribute.empty()) what = "Itself";
  return resource + "Gives" + what + (plain && attribute != "Itself" ? "" : cloud::short_hash(attribute));
}

std::vector<Part> split(const cloud::Stack& stack, const Graph& graph, const Placement& placement,
                        const cloud::Crosses& format) {
  return Splitter(stack, graph, placement, format).run();
}

}  // namespace virga::partition
