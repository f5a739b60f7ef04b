// The pieces of a drawn picture.
#pragma once

#include "compiler/picture/layout.h"
#include "compiler/picture/scene.h"

#include <string_view>

namespace virga::picture {

/// The outline of a node.
[[nodiscard]] std::string outline(Shape shape, const Box& box);
/// What surrounds a node that changes, so that it shows without colour.
[[nodiscard]] std::string second_outline(const Box& box);
/// `+`, `−` and `~` in a circle, drawn and not written, so that no font matters. Empty for what stays.
[[nodiscard]] std::string badge(Becomes becomes, Point middle);
/// The way of a line, and its head.
[[nodiscard]] std::string way(const std::vector<Point>& points);
[[nodiscard]] std::string head(const std::vector<Point>& points);

struct Drawn {
  std::string text;
  int height = 0;
};
/// What the picture's signs mean, in rows no wider than `width`, from `top` on.
[[nodiscard]] Drawn legend(bool compared, int left, int top, int width);

/// The rules of style, all below the class `virga-picture`: the SVG may stand in a page.
[[nodiscard]] std::string_view style();

}  // namespace virga::picture
