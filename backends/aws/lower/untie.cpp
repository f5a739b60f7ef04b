// A function that writes into the bucket that notifies it: bucket → permission → function → role → bucket. CloudFormation
// refuses such a circle, so within one the roles and the environments of functions say names instead of references. Code
// runs after the deployment, so nothing needs that order.
#include "backends/aws/lower/finish.h"

#include "backends/aws/references.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

#include <functional>
#include <string_view>

namespace virga::aws {
namespace {

using Replace = std::function<const cloud::Value*(const std::string& resource, const std::string& attribute)>;

cloud::Value replaced(const cloud::Value& value, const Replace& replace) {
  if (const cloud::Ref* ref = value.get<cloud::Ref>()) {
    const cloud::Value* spelt = replace(ref->resource, "");
    return spelt != nullptr ? *spelt : value;
  }
  if (const cloud::GetAtt* att = value.get<cloud::GetAtt>()) {
    const cloud::Value* spelt = replace(att->resource, att->attribute);
    return spelt != nullptr ? *spelt : value;
  }
  if (const cloud::Values* items = value.get<cloud::Values>()) {
    cloud::Values made;
    for (const cloud::Value& item : *items) made.push_back(replaced(item, replace));
    return made;
  }
  if (const cloud::Object* object = value.get<cloud::Object>()) {
    cloud::Object made;
    for (const cloud::Member& member : object->members) made.set(member.key, replaced(member.value, replace));
    return made;
  }
  if (const Box<cloud::Concat>* text = value.get<Box<cloud::Concat>>()) {
    cloud::Values parts;
    for (const cloud::Value& part : (*text)->parts) parts.push_back(replaced(part, replace));
    return cloud::concat(std::move(parts));
  }
  if (const Box<cloud::If>* choice = value.get<Box<cloud::If>>()) {
    return Box<cloud::If>(
        cloud::If{(*choice)->condition, replaced((*choice)->then, replace), replaced((*choice)->otherwise, replace)});
  }
  return value;
}

/// Which resources can be reached from each, over references and `DependsOn`.
class Reach {
 public:
  explicit Reach(const std::deque<cloud::Resource>& resources) {
    for (const cloud::Resource& resource : resources) update(resource);
  }

  void update(const cloud::Resource& resource) {
    std::set<std::string>& needs = needs_[resource.id];
    needs.clear();
    visit_references(cloud::Value(resource.properties),
                     [&](const std::string& id, const std::string&) { needs.insert(id); });
    needs.insert(resource.depends_on.begin(), resource.depends_on.end());
  }

  /// Numbers the circles as they are now: two resources are in one circle only if they have one number. Cutting references
  /// makes no new ones, so what has another number now never closes a circle, and need not be looked at.
  void number_circles() {
    std::map<std::string_view, std::size_t> places;
    for (const auto& [id, needs] : needs_) places.emplace(id, places.size());
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS> graph(places.size());
    for (const auto& [id, needs] : needs_) {
      for (const std::string& next : needs) {
        if (const auto to = places.find(next); to != places.end()) boost::add_edge(places.at(id), to->second, graph);
      }
    }
    std::vector<std::size_t> numbers(places.size());
    if (!numbers.empty()) boost::strong_components(graph, numbers.data());
    for (const auto& [id, place] : places) circle_.emplace(id, numbers[place]);
  }
  [[nodiscard]] bool in_one_circle(const std::string& a, const std::string& b) const {
    const auto first = circle_.find(a), second = circle_.find(b);
    return first != circle_.end() && second != circle_.end() && first->second == second->second;
  }

  [[nodiscard]] bool from(const std::string& start, const std::string& goal) const {
    std::set<std::string> seen{start};
    std::vector<std::string> left{start};
    while (!left.empty()) {
      const std::string id = std::move(left.back());
      left.pop_back();
      if (id == goal) return true;
      const auto needs = needs_.find(id);
      if (needs == needs_.end()) continue;
      for (const std::string& next : needs->second) {
        if (seen.insert(next).second) left.push_back(next);
      }
    }
    return false;
  }

 private:
  std::map<std::string, std::set<std::string>> needs_;
  std::map<std::string_view, std::size_t> circle_;  ///< of the keys of `needs_`
};

/// The part of a resource in which a name says as much as a reference does.
cloud::Value* soft_part(cloud::Resource& resource) {
  if (resource.type == "AWS::IAM::Role") return resource.properties.find("Policies");
  if (resource.type == "AWS::Lambda::Function" || resource.type == "AWS::CodeBuild::Project")
    return resource.properties.find("Environment");
  return nullptr;
}

}  // namespace

void untie(Lowering& lowering) {
  Reach reach(lowering.resources);
  reach.number_circles();
  for (cloud::Resource& resource : lowering.resources) {
    cloud::Value* soft = soft_part(resource);
    if (soft == nullptr) continue;
    bool untied = false;
    *soft = replaced(*soft, [&](const std::string& id, const std::string& attribute) -> const cloud::Value* {
      const auto spelt = lowering.by_name.find({id, attribute});
      if (spelt == lowering.by_name.end() || !reach.in_one_circle(id, resource.id) || !reach.from(id, resource.id))
        return nullptr;
      untied = true;
      return &spelt->second;
    });
    if (untied) reach.update(resource);  // a circle that was cut open leaves the others shorter
  }
}

}  // namespace virga::aws
