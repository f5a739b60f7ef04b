// The words of Mermaid for nodes and edges: what a picture of an architecture and one of a difference have in common.
#pragma once

#include "compiler/architecture/architecture.h"

#include <string>
#include <string_view>

namespace virga {

/// `console.handler` → `console_handler`
[[nodiscard]] std::string mermaid_id(std::string name);
/// A node as `id`, in the shape that follows from what its kind offers, without a line end.
[[nodiscard]] std::string mermaid_node(const Architecture& architecture, const Node& node, std::string_view id);
/// An edge between two ids, with its route or port.
[[nodiscard]] std::string mermaid_edge(const Edge& edge, std::string_view from, std::string_view to);

}  // namespace virga
