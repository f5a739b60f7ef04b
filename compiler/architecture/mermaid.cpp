#include "compiler/architecture/mermaid.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga {
namespace {

/// Shapes follow from what a kind offers: what is read and written, or is asked and begins nothing, is a store; what hands
/// on what it was handed is a buffer; what only begins edges, or begins them for what it is asked, is a door.
std::pair<const char*, const char*> shape(const Architecture& a, const Node& n) {
  const auto kind = a.kinds.find(n.kind);
  if (kind == a.kinds.end()) return {"[/", "/]"};
  const Kind& k = kind->second;
  if (k.port("read", syntax::PortSide::target) != nullptr) return {"[(", ")]"};
  const PortSpec* in = k.port("self", syntax::PortSide::target);
  const PortSpec* out = k.port("self", syntax::PortSide::source);
  const bool begins =
      std::any_of(k.ports.begin(), k.ports.end(), [](const PortSpec& p) { return p.side == syntax::PortSide::source; });
  if (in != nullptr && !in->hand_over && !begins) return {"[(", ")]"};
  if (in == nullptr || (out == nullptr && !in->hand_over)) return {"{{", "}}"};
  if (out != nullptr && !out->call) return {"[[", "]]"};
  return {"[", "]"};
}

}  // namespace

std::string mermaid_id(std::string name) {
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

std::string edge_label(const Edge& e) {
  std::string out = e.from.name == "self" ? "" : e.from.name;
  if (!e.from.argument.empty()) out += " " + e.from.argument;
  if (e.to.name != "self") out += (out.empty() ? "" : " → ") + e.to.name;
  return out;
}

std::string mermaid_node(const Architecture& a, const Node& n, std::string_view id) {
  const auto [open, close] = shape(a, n);
  return fmt::format("{}{}\"{}<br/><small>{}</small>\"{}", id, open, n.name, n.raw() ? n.vendor_type : n.kind, close);
}

std::string mermaid_edge(const Edge& e, std::string_view from, std::string_view to) {
  std::string text;
  for (const char c : edge_label(e)) {
    if (c == '"') text += "#quot;";
    else text += c;
  }
  return fmt::format("{} {}{} {}", from, e.delivery == Delivery::call ? "-->" : "-.->",
                     text.empty() ? "" : "|\"" + text + "\"|", to);
}

}  // namespace virga
