// `require path from A to B`: what reaches what along the edges, calls and hand-overs alike.
#include "compiler/architecture/build/state.h"

#include "compiler/diagnostics/suggest.h"

#include <algorithm>

namespace virga::architecture {
namespace {

namespace codes = diag::codes;

/// The shortest row of edges from `from` to one of `to` that avoids `without`; empty when there is none. Ties go to the edge
/// that is declared first.
std::vector<EdgeId> shortest(const Architecture& a, const std::vector<std::vector<EdgeId>>& leaving, NodeId from,
                             const std::vector<NodeId>& to, const std::vector<NodeId>& without) {
  const auto in = [](const std::vector<NodeId>& set, NodeId id) {
    return std::find(set.begin(), set.end(), id) != set.end();
  };
  std::vector<std::optional<EdgeId>> by(a.nodes.size());
  std::vector<bool> seen(a.nodes.size(), false);
  std::vector<NodeId> row{from};
  seen[static_cast<std::size_t>(from)] = true;
  for (std::size_t next = 0; next < row.size(); ++next) {
    for (const EdgeId id : leaving[static_cast<std::size_t>(row[next])]) {
      const NodeId target = a.edge(id).to.node;
      if (in(to, target)) {
        std::vector<EdgeId> path{id};
        for (NodeId at = row[next]; at != from; at = a.edge(path.back()).from.node)
          path.push_back(*by[static_cast<std::size_t>(at)]);
        std::reverse(path.begin(), path.end());
        return path;
      }
      if (seen[static_cast<std::size_t>(target)] || in(without, target)) continue;
      seen[static_cast<std::size_t>(target)] = true;
      by[static_cast<std::size_t>(target)] = id;
      row.push_back(target);
    }
  }
  return {};
}

}  // namespace

std::optional<std::vector<NodeId>> Builder::ends_of(const PendingRule& rule, const std::vector<syntax::Name>& word) {
  std::vector<NodeId> out;
  Instance* instance = nullptr;
  if (Binding* b = lookup(*rule.scope, word[0].text); b != nullptr && b->tag == Binding::Tag::node) {
    instance = b->instance;
    for (std::size_t i = 1; i < word.size() && instance != nullptr; ++i) {
      const auto child = instance->children.find(word[i].text);
      instance = child == instance->children.end() ? nullptr : child->second;
    }
  }
  if (instance != nullptr && instance->node) return std::vector{*instance->node};
  const Kind* kind = instance == nullptr ? find_kind(*rule.scope->module, word) : nullptr;
  if (instance == nullptr && kind == nullptr) {
    std::string path;
    for (const syntax::Name& n : word) path += (path.empty() ? "" : ".") + n.text;
    std::vector<std::string> names = visible_kinds(*rule.scope->module);
    for (const auto& [name, known] : by_name_) names.push_back(name);
    const Span span = join(word.front().span, word.back().span);
    const std::string near = diag::nearest(path, names);
    auto r = sink_.report(span, codes::NameUnknown, path);
    if (near.empty()) r.help("an end of a path is a node, or a kind for all nodes of it");
    else r.help("did you mean `" + near + "`?").fix(span, near, diag::Confidence::likely, "write `" + near + "`");
    return std::nullopt;
  }
  for (const Instance& i : instances_) {
    if (!i.node || !concerns(rule, i)) continue;
    bool meant = i.kind != nullptr && i.kind == kind;
    for (const std::string& outer : i.group) {
      const Instance* group = by_name_.find(outer)->second;
      meant = meant || group == instance || (kind != nullptr && group->kind == kind);
    }
    if (meant) out.push_back(*i.node);
  }
  return out;
}

void Builder::check_path(const PendingRule& rule, bool negated, std::size_t from) {
  const syntax::RequireDecl& d = *rule.declaration;
  const auto& words = d.words;
  const auto says = [&](std::size_t i, std::string_view text) {
    return i < words.size() && words[i].size() == 1 && words[i].front().text == text;
  };
  const bool every = says(0, "every");
  const bool through = says(from + 3, "through");
  if (!says(from + 1, "to") || words.size() != from + (through ? 5 : 3)) {
    const Span span = words[std::min(words.size() - 1, from + 1)].front().span;
    (void)ill_formed(d, span, "a path leads `from` one end `to` another");
    return;
  }
  if (every != through || (negated && through)) {
    (void)ill_formed(d, words[0].front().span,
                     every ? "`every path` says what it leads `through`" : "`through` is said of `every path`");
    return;
  }
  const auto starts = ends_of(rule, words[from]);
  const auto ends = ends_of(rule, words[from + 2]);
  const auto gates = through ? ends_of(rule, words[from + 4]) : std::optional(std::vector<NodeId>{});
  if (!starts || !ends || !gates) return;

  std::vector<std::vector<EdgeId>> leaving(out_.nodes.size());
  for (const Edge& e : out_.edges) leaving[static_cast<std::size_t>(e.from.node)].push_back(e.id);
  for (const NodeId start : *starts) {
    if (std::find(gates->begin(), gates->end(), start) != gates->end()) continue;
    if (!spend(d.span, out_.edges.size() + 1)) return;
    const Node& node = out_.node(start);
    const std::vector<EdgeId> path = shortest(out_, leaving, start, *ends, *gates);
    const Span place = node.expanded_from.empty() ? node.span : node.expanded_from.front();
    if (path.empty()) {
      if (negated || every) continue;
      sink_.report(place, codes::RequirePath, node.name, d.reason.text)
          .note("no edge, and no row of edges, leads from here to `" + words[from + 2].back().text + "`")
          .label(d.reason.span, "the rule");
      continue;
    }
    if (!negated && !every) continue;
    std::string drawn = node.name;
    for (const EdgeId id : path) {
      const Edge& e = out_.edge(id);
      drawn += (e.delivery == Delivery::call ? " -> " : " ~> ") + out_.node(e.to.node).name;
    }
    auto r = sink_.report(out_.edge(path.front()).span, codes::RequirePath, node.name, d.reason.text);
    r.label(d.reason.span, "the rule");
    for (std::size_t i = 1; i < path.size(); ++i) r.label(out_.edge(path[i]).span, "and on");
    r.note("the path: " + drawn);
  }
}

}  // namespace virga::architecture
