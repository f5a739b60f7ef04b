// Where boxes and the lines between them go: layers from left to right, what leads to what before it. Whole numbers only, so
// that the same picture has the same bytes on every machine. Boxes are rectangles here; what they mean is told elsewhere.
#pragma once

#include <cstddef>
#include <vector>

namespace virga::picture {

struct Point {
  int x = 0, y = 0;
};

struct Box {
  int width = 0, height = 0;
  Point at = {};  ///< its upper left corner; `place` puts it in
};

struct Line {
  std::size_t from = 0, to = 0;  ///< places among the boxes; never the same
  int label = 0;  ///< how much room the text at its beginning takes
  /// From its beginning to its end: straight to the second point, bent to the third, straight to the fourth, and so on; the
  /// last piece is straight.
  std::vector<Point> points = {};
  bool turned = false;  ///< it leads back: it begins at the left of a box and ends at the right of one
};

/// How high a box must be for so many lines at one side.
[[nodiscard]] int height_for(std::size_t lines);

/// Puts every box and line somewhere; gives how large it all is. Every box is as wide as the widest of its layer afterwards.
Point place(std::vector<Box>& boxes, std::vector<Line>& lines);

}  // namespace virga::picture
