#include "compiler/passes/paths.h"

#include <algorithm>
#include <map>

namespace virga::passes {

std::vector<const Edge*> calls_to(const Model& model, const Edge& last) {
  // Backwards, breadth first, so that the path is a shortest one; ties in the order of declaration.
  std::map<NodeId, const Edge*> onward{{last.from.node, &last}};
  std::vector<NodeId> front{last.from.node};
  NodeId start = last.from.node;
  for (std::size_t steps = 1; steps < kLongestPath && !front.empty(); ++steps) {
    std::vector<NodeId> next;
    for (const NodeId at : front) {
      bool called = false;
      for (const Edge* e : model.into(model.architecture().node(at))) {
        if (e->delivery != Delivery::call || e->from.node == at || begins_nothing(*e)) continue;
        called = true;
        if (onward.try_emplace(e->from.node, e).second) next.push_back(e->from.node);
      }
      if (!called) {
        next.clear();
        start = at;
        break;
      }
    }
    if (!next.empty()) start = next.front();
    front = std::move(next);
  }
  std::vector<const Edge*> out;
  for (NodeId at = start;;) {
    const Edge* e = onward.at(at);
    out.push_back(e);
    if (e == &last) return out;
    at = e->to.node;
  }
}

bool begins_nothing(const Edge& edge) {
  constexpr std::string_view kPorts[] = {"read", "take", "encrypt", "decrypt", "callback", "send", "close"};
  return std::find(std::begin(kPorts), std::end(kPorts), edge.to.name) != std::end(kPorts);
}

std::string source_text(const Architecture& a, const Edge& edge) {
  const std::string whole = describe(a, edge);
  return whole.substr(0, whole.find(edge.delivery == Delivery::call ? " -> " : " ~> "));
}

namespace {

/// Columns on a terminal: the drawing's own characters are one each, names are ASCII, routes may hold more.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::string draw(std::string_view title, const std::vector<Stop>& stops) {
  std::vector<std::string> heads;
  std::size_t widest = 0;
  for (std::size_t i = 0; i < stops.size(); ++i) {
    heads.push_back(i == 0 ? stops[i].who : std::string(3 * (i - 1), ' ') + "└─ " + stops[i].who);
    widest = std::max(widest, width(heads.back()));
  }
  std::string out(title);
  for (std::size_t i = 0; i < stops.size(); ++i) {
    out += "\n" + heads[i];
    if (!stops[i].says.empty()) out += std::string(widest - width(heads[i]) + 3, ' ') + stops[i].says;
  }
  return out;
}

}  // namespace virga::passes
