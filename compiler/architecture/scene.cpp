#include "compiler/architecture/scene.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga {

picture::Shape shape_of(const Architecture& a, const Node& n) {
  using picture::Shape;
  const auto kind = a.kinds.find(n.kind);
  if (kind == a.kinds.end()) return Shape::foreign;
  const Kind& k = kind->second;
  if (k.port("read", syntax::PortSide::target) != nullptr) return Shape::store;
  const PortSpec* in = k.port("self", syntax::PortSide::target);
  const PortSpec* out = k.port("self", syntax::PortSide::source);
  const bool begins =
      std::any_of(k.ports.begin(), k.ports.end(), [](const PortSpec& p) { return p.side == syntax::PortSide::source; });
  if (in != nullptr && !in->hand_over && !begins) return Shape::store;
  if (in == nullptr || (out == nullptr && !in->hand_over)) return Shape::door;
  if (out != nullptr && !out->call) return Shape::buffer;
  return Shape::work;
}

std::string edge_label(const Edge& e) {
  std::string out = e.from.name == "self" ? "" : e.from.name;
  if (!e.from.argument.empty()) out += " " + e.from.argument;
  if (e.to.name != "self") out += (out.empty() ? "" : " → ") + e.to.name;
  return out;
}

picture::SceneNode scene_node(const Architecture& a, const Node& n) {
  const std::string& kind = n.raw() ? n.vendor_type : n.kind;
  picture::SceneNode out{n.name, kind, shape_of(a, n), picture::Becomes::stays, {fmt::format("{} ({})", n.name, kind)}};
  if (!n.doc.empty()) out.says.push_back(n.doc);
  return out;
}

picture::SceneEdge scene_edge(const Architecture& a, const Edge& e, std::size_t from, std::size_t to) {
  return {from, to, edge_label(e), e.delivery == Delivery::call, picture::Becomes::stays, {describe(a, e)}};
}

picture::Scene scene_of(const Architecture& a) {
  picture::Scene out;
  out.title = a.app.name;
  for (const Node& n : a.nodes) out.nodes.push_back(scene_node(a, n));
  for (const Edge& e : a.edges)
    out.edges.push_back(scene_edge(a, e, static_cast<std::size_t>(e.from.node), static_cast<std::size_t>(e.to.node)));
  return out;
}

}  // namespace virga
