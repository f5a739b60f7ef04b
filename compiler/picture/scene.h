// A picture of boxes and arrows before it is drawn: what is what, and what becomes of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace virga::picture {

/// What becomes of something, from before to after.
enum class Becomes : std::uint8_t { stays, comes, changes, goes };
/// "stays", "comes", …
[[nodiscard]] std::string_view word(Becomes becomes);

/// What a box is by its outline.
enum class Shape : std::uint8_t {
  work,  ///< does something
  store,  ///< is read and written
  buffer,  ///< hands on what it was handed
  door,  ///< begins things
  foreign,  ///< of a vendor's own type
};

struct SceneNode {
  std::string name, kind;
  Shape shape = Shape::work;
  Becomes becomes = Becomes::stays;
  std::vector<std::string> says = {};  ///< shown to who points at it or has it read aloud
};

struct SceneEdge {
  std::size_t from = 0, to = 0;  ///< places among the nodes
  std::string label;
  bool waits = true;  ///< for an answer; else it is handed on
  Becomes becomes = Becomes::stays;
  std::vector<std::string> says = {};
};

struct Scene {
  std::string title;
  std::string id = "virga";  ///< what its own ids begin with; another for each picture of one page
  bool compared = false;  ///< before and after, not one architecture alone
  std::vector<SceneNode> nodes;
  std::vector<SceneEdge> edges;
  std::vector<std::string> left_out = {};  ///< sentences about what is not drawn
};

/// Up to so many boxes everything is drawn, beyond only what changes and what touches it.
constexpr std::size_t kAllOf = 120;
/// No picture has more boxes, or more arrows; what is left out is counted in it.
constexpr std::size_t kMostNodes = 600, kMostEdges = 2000;

/// Leaves out what would hide the rest, and says so in `left_out`.
void reduce(Scene& scene);

/// The picture as one SVG: no script, nothing from elsewhere, readable on light and dark, told to screen readers as well.
[[nodiscard]] std::string svg(Scene scene);

}  // namespace virga::picture
