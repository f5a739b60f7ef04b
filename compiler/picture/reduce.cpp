// What is left out of a picture: of a large one, what stays and touches nothing that changes; of a very large one, the rest.
#include "compiler/picture/scene.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::picture {
namespace {

constexpr std::size_t kGone = static_cast<std::size_t>(-1);

/// Keeps the nodes that are marked, and the edges between them.
void keep(Scene& scene, const std::vector<bool>& kept) {
  std::vector<std::size_t> place(scene.nodes.size(), kGone);
  std::vector<SceneNode> nodes;
  for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
    if (!kept[i]) continue;
    place[i] = nodes.size();
    nodes.push_back(std::move(scene.nodes[i]));
  }
  scene.nodes = std::move(nodes);
  std::erase_if(scene.edges, [&](const SceneEdge& e) { return place[e.from] == kGone || place[e.to] == kGone; });
  for (SceneEdge& e : scene.edges) e.from = place[e.from], e.to = place[e.to];
}

void leave_out_what_stays(Scene& scene) {
  std::vector<bool> kept(scene.nodes.size(), false);
  for (std::size_t i = 0; i < scene.nodes.size(); ++i) kept[i] = scene.nodes[i].becomes != Becomes::stays;
  const std::vector<bool> changed = kept;
  for (const SceneEdge& e : scene.edges) {
    if (e.becomes != Becomes::stays || changed[e.from] || changed[e.to]) kept[e.from] = kept[e.to] = true;
  }
  const auto left = static_cast<std::size_t>(std::count(kept.begin(), kept.end(), false));
  if (left == 0) return;
  scene.left_out.push_back(fmt::format("Not drawn: {} that stay{} as {} and touch{} nothing that changes.", left,
                                       left == 1 ? "s" : "", left == 1 ? "it is" : "they are", left == 1 ? "es" : ""));
  keep(scene, kept);
}

void leave_out_the_rest(Scene& scene) {
  if (scene.nodes.size() > kMostNodes) {
    // What changes goes before what only touches it.
    std::vector<bool> kept(scene.nodes.size(), false);
    std::size_t room = kMostNodes;
    for (const bool changing : {true, false}) {
      for (std::size_t i = 0; i < kept.size(); ++i) {
        if (room == 0 || (scene.nodes[i].becomes != Becomes::stays) != changing) continue;
        kept[i] = true;
        --room;
      }
    }
    scene.left_out.push_back(
        fmt::format("Not drawn: {} more, since a picture holds {}.", scene.nodes.size() - kMostNodes, kMostNodes));
    keep(scene, kept);
  }
  if (scene.edges.size() > kMostEdges) {
    std::stable_sort(scene.edges.begin(), scene.edges.end(), [](const SceneEdge& a, const SceneEdge& b) {
      return (a.becomes != Becomes::stays) > (b.becomes != Becomes::stays);
    });
    scene.left_out.push_back(
        fmt::format("Not drawn: {} more arrows, since a picture holds {}.", scene.edges.size() - kMostEdges, kMostEdges));
    scene.edges.resize(kMostEdges);
  }
}

}  // namespace

void reduce(Scene& scene) {
  if (scene.compared && scene.nodes.size() > kAllOf) leave_out_what_stays(scene);
  leave_out_the_rest(scene);
}

}  // namespace virga::picture
