// What code may do after a deployment and could not before, and the other way.
#include "compiler/cloud/dump.h"
#include "compiler/cloud/references.h"
#include "compiler/driver/plan.h"

namespace virga::driver {
namespace {

/// The node that a permission is about, by what its resource refers to.
std::string target_of(const Architecture& a, const TargetStack& stack, const cloud::Value& value) {
  std::string name;
  cloud::for_each_value(value, [&](const cloud::Value& v) {
    const auto* ref = v.get<cloud::Ref>();
    const auto* get = v.get<cloud::GetAtt>();
    if (!name.empty() || (ref == nullptr && get == nullptr)) return;
    const cloud::Resource* r =
        (stack.whole ? *stack.whole : stack.lowered.stack).find(ref != nullptr ? ref->resource : get->resource);
    if (r != nullptr && r->from.node) name = "`" + a.node(*r->from.node).identity() + "`";
  });
  return name.empty() ? cloud::to_text(value) : name;
}

using Allowed = std::map<std::pair<std::string, std::string>, std::set<std::string>>;  // who, on

/// In all stacks of one target and region, so that what moves from one to another is no change.
Allowed allowed_in(const FrontEnd& front, const std::vector<TargetStack>& stacks, const TargetStack& like) {
  Allowed out;
  const Architecture& a = front.architecture;
  // By what nodes stand as, so that a rename is no change.
  std::map<std::string_view, std::string_view> identities;
  for (const Node& n : a.nodes) identities.emplace(n.name, n.identity());
  const auto identity = [&](const std::string& name) {
    const auto found = identities.find(name);
    return found == identities.end() ? name : std::string(found->second);
  };
  for (const TargetStack& stack : stacks) {
    if (stack.target.name() != like.target.name() || stack.region != like.region) continue;
    for (const cloud::Grant& g : stack.lowered.grants) {
      const std::string who = identity(g.who) + (g.part.empty() ? "" : " (" + g.part + ")");
      auto& actions = out[{who, target_of(a, stack, g.resource)}];
      actions.insert(g.actions.begin(), g.actions.end());
    }
  }
  return out;
}

}  // namespace

std::vector<plan::Permission> compare_permissions(const FrontEnd& before, const std::vector<TargetStack>& old,
                                                  const FrontEnd& after, const std::vector<TargetStack>& now,
                                                  const TargetStack& like) {
  const Allowed was = allowed_in(before, old, like), is = allowed_in(after, now, like);
  std::vector<plan::Permission> out;
  const auto more = [&](const Allowed& these, const Allowed& than, bool wider) {
    for (const auto& [key, actions] : these) {
      plan::Permission p{key.first, wider, {}, key.second};
      const auto other = than.find(key);
      for (const std::string& action : actions) {
        if (other == than.end() || !other->second.contains(action)) p.actions.push_back(action);
      }
      if (!p.actions.empty()) out.push_back(std::move(p));
    }
  };
  more(is, was, true);
  more(was, is, false);
  return out;
}

}  // namespace virga::driver
