// The steps of a layout, each in a file of its own: ranks, order within a layer, places, routes.
#pragma once

#include "compiler/picture/layout.h"

#include <cstdint>

namespace virga::picture {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// A box in its layer, or a place that a longer line goes through.
struct Item {
  std::size_t box = kNone;  ///< kNone: only a line goes through
  std::size_t line = kNone;  ///< that goes through
  std::size_t layer = 0;
  std::vector<std::size_t> before, after;  ///< items of the layers beside it
  int height = 0;
  std::int64_t middle = 0;  ///< y
};

/// Boxes that are connected, in layers.
struct Layers {
  std::vector<Item> items;
  std::vector<std::vector<std::size_t>> layers;  ///< items from top to bottom
  std::vector<std::size_t> lines;  ///< of this part
  std::vector<std::vector<std::size_t>> chains;  ///< for each of them: its items, from left to right
};

/// The connected parts, each with its boxes and lines, by their first box. Boxes alone are parts without lines.
struct Part {
  std::vector<std::size_t> boxes, lines;
};
[[nodiscard]] std::vector<Part> parts_of(std::size_t boxes, const std::vector<Line>& lines);

/// Puts each box of a part into a layer; turns the lines that would lead back, and cuts long ones into items.
[[nodiscard]] Layers rank(const Part& part, const std::vector<Box>& boxes, std::vector<Line>& lines);
/// Orders each layer so that few lines cross.
void order(Layers& layers);
/// Gives each item its y, near to what it is connected with.
void align(Layers& layers);
/// Gives boxes their places and lines their points; gives how large the part is.
Point route(const Layers& layers, std::vector<Box>& boxes, std::vector<Line>& lines);

}  // namespace virga::picture
