#include "compiler/partition/graph.h"

namespace virga::partition {
namespace {

/// By what nodes stand as, so that a rename keeps the place. All edges between two nodes are one piece: they may share what
/// they became.
Piece piece_for(const cloud::Resource& resource, const Architecture& a) {
  if (resource.from.edge) {
    const Edge& edge = a.edge(*resource.from.edge);
    return {a.node(edge.from.node).identity() + " > " + a.node(edge.to.node).identity(), true, edge.arrow_span, {}};
  }
  if (resource.from.node) {
    const Node& node = a.node(*resource.from.node);
    return {node.identity(), false, node.span, {}};
  }
  return {"(" + resource.id + ")", false, a.app.span, {}};
}

}  // namespace

std::vector<Piece> pieces_of(const cloud::Stack& stack, const Architecture& a, std::vector<std::size_t>& piece_of) {
  std::vector<Piece> out;
  std::map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < stack.resources.size(); ++i) {
    Piece made = piece_for(stack.resources[i], a);
    const auto [found, fresh] = known.try_emplace(made.name, out.size());
    if (fresh) out.push_back(std::move(made));
    out[found->second].resources.push_back(i);
    piece_of.push_back(found->second);
  }
  return out;
}

}  // namespace virga::partition
