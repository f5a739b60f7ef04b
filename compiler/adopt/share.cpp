#include "compiler/adopt/share.h"

#include "compiler/adopt/names.h"

#include <set>

namespace virga::adopt {
namespace {

/// Two may be alike by chance, and a short one reads as well where it stands.
constexpr std::size_t kNodes = 3, kShort = 40;

/// What the names say: `common_environment`, and of what stands in the engine's words `common_settings`.
std::string name_of(const std::string& attribute) { return "common_" + (attribute == "raw" ? "settings" : attribute); }

template <class Visit>
void for_each_said(Draft& draft, const Visit& visit) {
  for (DraftNode& node : draft.nodes) {
    if (!node.type.empty()) continue;  // a raw resource has properties of its own, which no other need have
    for (auto& [attribute, value] : node.attributes) visit(node, attribute, value);
    for (auto& [attribute, value] : node.on) visit(node, attribute, value);
  }
}

bool may_be_shared(const std::string& attribute, const std::string& value) {
  // How something stands in its template is told at the thing itself.
  static const std::set<std::string_view> kept = {"more", "beside", "elsewhere"};
  return value.size() >= kShort && (value.front() == '{' || value.front() == '[') && !kept.contains(attribute);
}

}  // namespace

bool share(Draft& draft) {
  std::map<std::string, std::set<const DraftNode*>> said;
  for_each_said(draft, [&](const DraftNode& node, const std::string& attribute, const std::string& value) {
    if (may_be_shared(attribute, value)) said[attribute + "\n" + value].insert(&node);
  });
  Names names;
  for (const DraftParam& p : draft.params) (void)names.take(p.name, p.name);
  for (const DraftNode& n : draft.nodes) (void)names.take(n.name, n.name);
  std::map<std::string, std::string> shared;
  for_each_said(draft, [&](const DraftNode&, const std::string& attribute, std::string& value) {
    const auto found = said.find(attribute + "\n" + value);
    if (found == said.end() || found->second.size() < kNodes) return;
    auto& name = shared[found->first];
    if (name.empty()) {
      name = names.take(name_of(attribute), attribute);
      draft.lets.emplace_back(name, value);
    }
    value = name;
  });
  return !shared.empty();
}

}  // namespace virga::adopt
