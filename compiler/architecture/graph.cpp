#include "compiler/architecture/graph.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <deque>
#include <set>

namespace virga {

struct Graph::Impl {
  using Boost = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                                      boost::property<boost::edge_index_t, std::uint32_t>>;
  const Architecture* architecture;
  Boost graph;

  explicit Impl(const Architecture& a) : architecture(&a), graph(a.nodes.size()) {
    for (const Edge& e : a.edges) add(graph, e);
  }
  static void add(Boost& g, const Edge& e) {
    boost::add_edge(static_cast<std::size_t>(e.from.node), static_cast<std::size_t>(e.to.node),
                    static_cast<std::uint32_t>(e.id), g);
  }
};

Graph::Graph(const Architecture& architecture) : impl_(std::make_unique<Impl>(architecture)) {}
Graph::~Graph() = default;
Graph::Graph(Graph&&) noexcept = default;
Graph& Graph::operator=(Graph&&) noexcept = default;

namespace {

using Boost = Graph::Impl::Boost;

/// The shortest way from `start` back to itself inside its component, as edge numbers.
std::vector<EdgeId> shortest_cycle(const Boost& g, std::size_t start, const std::vector<std::size_t>& component) {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<std::pair<std::size_t, std::uint32_t>> came(boost::num_vertices(g), {kNone, 0});
  std::deque<std::size_t> open{start};
  while (!open.empty()) {
    const std::size_t at = open.front();
    open.pop_front();
    for (auto [e, end] = boost::out_edges(at, g); e != end; ++e) {
      const std::size_t to = boost::target(*e, g);
      if (component[to] != component[start]) continue;
      const auto number = boost::get(boost::edge_index, g, *e);
      if (to == start) {
        std::vector<EdgeId> path{EdgeId{number}};
        for (std::size_t v = at; v != start; v = came[v].first) path.push_back(EdgeId{came[v].second});
        std::reverse(path.begin(), path.end());
        return path;
      }
      if (came[to].first == kNone) {
        came[to] = {at, number};
        open.push_back(to);
      }
    }
  }
  return {};
}

}  // namespace

std::vector<std::vector<EdgeId>> Graph::cycles(bool (*keep)(const Edge&)) const {
  Boost g(impl_->architecture->nodes.size());
  for (const Edge& e : impl_->architecture->edges) {
    if (keep(e)) Impl::add(g, e);
  }
  std::vector<std::size_t> component(boost::num_vertices(g));
  if (component.empty()) return {};
  boost::strong_components(g, component.data());
  std::vector<std::vector<EdgeId>> out;
  std::vector<bool> seen(component.size(), false);
  for (std::size_t v = 0; v < component.size(); ++v) {
    if (seen[component[v]]) continue;
    seen[component[v]] = true;
    // The first node of a component of several lies on some cycle; a component of one only by an edge to itself.
    auto cycle = shortest_cycle(g, v, component);
    if (!cycle.empty()) out.push_back(std::move(cycle));
  }
  return out;
}

std::vector<NodeId> Graph::deployment_order() const {
  const auto& a = *impl_->architecture;
  const Boost& g = impl_->graph;
  const std::size_t n = a.nodes.size();
  if (n == 0) return {};
  // Kahn's algorithm over the components, so that cycles cannot stop it; the first ready node in order of declaration.
  std::vector<std::size_t> component(n);
  const std::size_t count = boost::strong_components(g, component.data());
  std::vector<std::set<std::size_t>> needs(count), needed_by(count);
  std::vector<std::vector<std::size_t>> members(count);
  for (std::size_t v = 0; v < n; ++v) members[component[v]].push_back(v);
  for (auto [e, end] = boost::edges(g); e != end; ++e) {
    const std::size_t from = component[boost::source(*e, g)], to = component[boost::target(*e, g)];
    if (from != to) {
      needs[from].insert(to);
      needed_by[to].insert(from);
    }
  }
  std::set<std::pair<std::size_t, std::size_t>> ready;  // first member, component
  for (std::size_t c = 0; c < count; ++c) {
    if (needs[c].empty()) ready.insert({members[c].front(), c});
  }
  std::vector<NodeId> out;
  while (!ready.empty()) {
    const std::size_t c = ready.begin()->second;
    ready.erase(ready.begin());
    for (const std::size_t v : members[c]) out.push_back(NodeId{static_cast<std::uint32_t>(v)});
    for (const std::size_t user : needed_by[c]) {
      needs[user].erase(c);
      if (needs[user].empty()) ready.insert({members[user].front(), user});
    }
  }
  return out;
}

std::vector<NodeId> Graph::reachable(NodeId from) const {
  const Boost& g = impl_->graph;
  std::vector<bool> seen(boost::num_vertices(g), false);
  std::vector<std::size_t> open{static_cast<std::size_t>(from)};
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (auto [e, end] = boost::out_edges(at, g); e != end; ++e) {
      const std::size_t to = boost::target(*e, g);
      if (!seen[to]) {
        seen[to] = true;
        open.push_back(to);
      }
    }
  }
  std::vector<NodeId> out;
  for (std::size_t v = 0; v < seen.size(); ++v) {
    if (seen[v]) out.push_back(NodeId{static_cast<std::uint32_t>(v)});
  }
  return out;
}

}  // namespace virga
