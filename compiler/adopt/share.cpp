#include "compiler/adopt/share.h"

#include "compiler/adopt/names.h"

#include <algorithm>
#include <map>
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

bool share_values(Draft& draft, Names& names) {
  std::map<std::string, std::set<const DraftNode*>> said;
  for_each_said(draft, [&](const DraftNode& node, const std::string& attribute, const std::string& value) {
    if (may_be_shared(attribute, value)) said[attribute + "\n" + value].insert(&node);
  });
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

/// What a statement allows, to whomever: `-> orders.read`, with what is said of it.
std::string allowed_text(const DraftEdge& e) {
  std::string out = e.to + "." + e.to_port;
  for (const auto& [name, value] : e.on) out += "\n" + name + "=" + value;
  return out;
}

bool share_edges(Draft& draft, Names& names) {
  std::vector<std::pair<std::string, std::vector<DraftEdge*>>> allowed;  // in the order of the program
  for (DraftEdge& e : draft.edges) {
    if (!e.stated || !e.beside.empty()) continue;
    const std::string text = allowed_text(e);
    auto known = std::find_if(allowed.begin(), allowed.end(), [&](const auto& a) { return a.first == text; });
    if (known == allowed.end()) known = allowed.insert(allowed.end(), {text, {}});
    known->second.push_back(&e);
  }
  for (auto& [text, edges] : allowed) {
    if (edges.size() < kNodes) continue;
    std::vector<std::string> sources;
    for (const DraftEdge* e : edges) sources.push_back(e->from);
    auto loop =
        std::find_if(draft.loops.begin(), draft.loops.end(), [&](const DraftLoop& l) { return l.sources == sources; });
    if (loop == draft.loops.end())
      loop = draft.loops.insert(draft.loops.end(), {names.take("caller", "caller"), sources, {}});
    loop->edges.push_back(*edges.front());
    for (DraftEdge* e : edges) e->looped = true;
  }
  return !draft.loops.empty();
}

}  // namespace

bool share(Draft& draft) {
  Names names;
  for (const DraftParam& p : draft.params) (void)names.take(p.name, p.name);
  for (const DraftNode& n : draft.nodes) (void)names.take(n.name, n.name);
  const bool values = share_values(draft, names);
  return share_edges(draft, names) || values;
}

}  // namespace virga::adopt
