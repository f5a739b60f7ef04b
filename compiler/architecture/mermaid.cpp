#include "compiler/architecture/mermaid.h"

#include "compiler/architecture/scene.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga {
namespace {

/// The brackets of a shape.
std::pair<const char*, const char*> brackets(picture::Shape shape) {
  using picture::Shape;
  switch (shape) {
    case Shape::work: return {"[", "]"};
    case Shape::store: return {"[(", ")]"};
    case Shape::buffer: return {"[[", "]]"};
    case Shape::door: return {"{{", "}}"};
    case Shape::foreign: return {"[/", "/]"};
  }
  return {"[", "]"};
}

}  // namespace

std::string mermaid_id(std::string name) {
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

std::string mermaid_node(const Architecture& a, const Node& n, std::string_view id) {
  const auto [open, close] = brackets(shape_of(a, n));
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
