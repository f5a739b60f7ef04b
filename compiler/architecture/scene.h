// An architecture as a scene of boxes and arrows: what pictures of every form have in common.
#pragma once

#include "compiler/architecture/architecture.h"
#include "compiler/picture/scene.h"

namespace virga {

/// Follows from what a kind offers: what is read and written, or is asked and begins nothing, is a store; what hands on what
/// it was handed is a buffer; what only begins edges, or begins them for what it is asked, is a door.
[[nodiscard]] picture::Shape shape_of(const Architecture& architecture, const Node& node);
/// What stands at an edge in any picture: its route, its ports.
[[nodiscard]] std::string edge_label(const Edge& edge);

[[nodiscard]] picture::SceneNode scene_node(const Architecture& architecture, const Node& node);
/// `from` and `to`: places of its ends among the nodes of the scene.
[[nodiscard]] picture::SceneEdge scene_edge(const Architecture& architecture, const Edge& edge, std::size_t from,
                                            std::size_t to);
/// All of it.
[[nodiscard]] picture::Scene scene_of(const Architecture& architecture);

}  // namespace virga
