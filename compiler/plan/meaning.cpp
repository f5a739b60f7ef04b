#include "compiler/plan/meaning.h"

#include "compiler/architecture/value_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace virga::plan {
namespace {

/// What is said, without what is a default.
std::map<std::string, std::pair<std::string, Span>> said_in(const Architecture& a, const Attributes& attributes) {
  std::map<std::string, std::pair<std::string, Span>> out;
  for (const AttributeValue& v : attributes.all) {
    if (v.origin != Origin::fallback) out[v.name] = {text_of(a, v.value), v.value.span};
  }
  return out;
}

void compare_said(const std::string& cloud, const Architecture& a, const Attributes& before, const Architecture& b,
                  const Attributes& after, std::vector<Said>& out) {
  const auto was = said_in(a, before), is = said_in(b, after);
  for (const auto& [name, value] : is) {
    const auto old = was.find(name);
    if (old == was.end()) out.push_back({name, cloud, std::nullopt, value.first, value.second});
    else if (old->second.first != value.first) out.push_back({name, cloud, old->second.first, value.first, value.second});
  }
  for (const auto& [name, value] : was) {
    if (!is.contains(name)) out.push_back({name, cloud, value.first, std::nullopt, {}});
  }
}

/// What one cloud is told, where it is not what all are told.
template <class Subject>
std::vector<Said> compare_all(const Architecture& a, const Subject& before, const Architecture& b, const Subject& after,
                              const Attributes& all_before, const Attributes& all_after) {
  std::vector<Said> out;
  compare_said("", a, all_before, b, all_after, out);
  std::set<std::string> clouds;
  for (const auto& [cloud, unused] : before.on) clouds.insert(cloud);
  for (const auto& [cloud, unused] : after.on) clouds.insert(cloud);
  for (const std::string& cloud : clouds) {
    std::vector<Said> own;
    compare_said(cloud, a, before.for_cloud(cloud), b, after.for_cloud(cloud), own);
    for (Said& s : own) {
      const bool common = std::any_of(out.begin(), out.end(), [&](const Said& o) {
        return o.cloud.empty() && o.name == s.name && o.before == s.before && o.after == s.after;
      });
      if (!common) out.push_back(std::move(s));
    }
  }
  return out;
}

std::string key(const Architecture& a, const Edge& e) {
  const auto end = [&](const Port& p) { return a.node(p.node).identity() + " " + p.name + " " + p.argument; };
  return end(e.from) + (e.delivery == Delivery::call ? " -> " : " ~> ") + end(e.to);
}

void compare_edges(const Architecture& before, const Architecture& after, Meaning& out) {
  std::multimap<std::string, const Edge*> old;
  for (const Edge& e : before.edges) old.emplace(key(before, e), &e);
  for (const Edge& e : after.edges) {
    const auto found = old.find(key(after, e));
    if (found == old.end()) {
      out.edges.push_back({nullptr, &e, {}});
      continue;
    }
    const Edge& was = *found->second;
    auto said = compare_all(before, was, after, e, was.properties, e.properties);
    if (!said.empty()) out.edges.push_back({&was, &e, std::move(said)});
    old.erase(found);
  }
  for (const Edge& e : before.edges) {
    const auto [first, last] = old.equal_range(key(before, e));
    if (std::any_of(first, last, [&](const auto& o) { return o.second == &e; })) out.edges.push_back({&e, nullptr, {}});
  }
}

/// What lies behind the changed nodes and edges, along the edges of the later program.
void find_reached(const Architecture& after, Meaning& out) {
  std::set<NodeId> changed, seen;
  std::vector<NodeId> work;
  const auto begin = [&](NodeId id) {
    if (seen.insert(id).second) work.push_back(id);
  };
  for (const NodeDifference& n : out.nodes) {
    if (n.after != nullptr) changed.insert(n.after->id), begin(n.after->id);
  }
  for (const EdgeDifference& e : out.edges) {
    if (e.after != nullptr) begin(e.after->to.node);
  }
  while (!work.empty()) {
    const NodeId at = work.back();
    work.pop_back();
    for (const Edge& e : after.edges) {
      if (e.from.node == at) begin(e.to.node);
    }
  }
  for (const Node& n : after.nodes) {
    if (seen.contains(n.id) && !changed.contains(n.id)) out.reached.push_back(n.name);
  }
}

}  // namespace

const NodeDifference* Meaning::of(std::string_view identity) const {
  for (const NodeDifference& n : nodes) {
    const Node& node = n.after != nullptr ? *n.after : *n.before;
    if (node.identity() == identity) return &n;
  }
  return nullptr;
}

std::string to_text(const Said& s) {
  return fmt::format("{}{}: {} → {}", s.cloud.empty() ? "" : "on " + s.cloud + " ", s.name, s.before.value_or("not said"),
                     s.after.value_or("not said"));
}

Meaning compare(const Architecture& before, const Architecture& after) {
  Meaning out;
  std::map<std::string_view, const Node*> old;
  for (const Node& n : before.nodes) old.emplace(n.identity(), &n);
  for (const Node& n : after.nodes) {
    const auto found = old.find(n.identity());
    const bool same = found != old.end() && found->second->kind == n.kind && found->second->vendor_type == n.vendor_type;
    if (!same) {
      out.nodes.push_back({nullptr, &n, {}});
      continue;
    }
    const Node& was = *found->second;
    NodeDifference d{&was, &n, compare_all(before, was, after, n, was.attributes, n.attributes)};
    if (!d.said.empty() || d.renamed()) out.nodes.push_back(std::move(d));
    old.erase(found);
  }
  for (const Node& n : before.nodes) {
    if (old.contains(n.identity())) out.nodes.push_back({&n, nullptr, {}});
  }
  compare_edges(before, after, out);
  for (const EdgeDifference& e : out.edges)
    out.edge_names.push_back(e.after != nullptr ? describe(after, *e.after) : describe(before, *e.before));
  find_reached(after, out);
  return out;
}

}  // namespace virga::plan
