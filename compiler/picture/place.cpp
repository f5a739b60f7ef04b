// How high things stand: each as near as may be to the middle of what it is connected with, and none over another. Within a
// layer that is a least-squares problem with an order to keep, which pooling neighbours solves exactly.
#include "compiler/picture/layers.h"

#include <algorithm>

namespace virga::picture {
namespace {

constexpr int kRounds = 8;
constexpr int kBetweenBoxes = 26, kBetweenLines = 14;
constexpr int kRowWidth = 1400;  ///< parts stand beside each other up to this width
constexpr int kBetweenParts = 36;

int apart(const Item& above, const Item& below) {
  const bool boxes = above.box != kNone && below.box != kNone;
  return (above.height + below.height) / 2 + (boxes ? kBetweenBoxes : kBetweenLines);
}

/// Some items that touch: where the first of them would like to be, on average.
struct Block {
  std::int64_t sum = 0, weight = 0;
  std::size_t first = 0;
  [[nodiscard]] std::int64_t wish() const {
    const std::int64_t q = sum / weight;
    return sum % weight < 0 ? q - 1 : q;  // downwards on both sides of zero
  }
};

void pool(Layers& layers, const std::vector<std::size_t>& row,
          const std::vector<std::pair<std::int64_t, std::int64_t>>& wishes) {
  std::vector<std::int64_t> offsets(row.size(), 0);
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) offsets[i] = offsets[i - 1] + apart(layers.items[row[i - 1]], layers.items[row[i]]);
    const auto& [wish, weight] = wishes[i];
    blocks.push_back({(wish - offsets[i]) * weight, weight, i});
    while (blocks.size() > 1 && blocks[blocks.size() - 2].wish() > blocks.back().wish()) {
      Block& into = blocks[blocks.size() - 2];
      into.sum += blocks.back().sum;
      into.weight += blocks.back().weight;
      blocks.pop_back();
    }
  }
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const std::size_t end = b + 1 < blocks.size() ? blocks[b + 1].first : row.size();
    for (std::size_t i = blocks[b].first; i < end; ++i) layers.items[row[i]].middle = blocks[b].wish() + offsets[i];
  }
}

void sweep(Layers& layers, std::size_t layer, bool left, bool right) {
  const auto& row = layers.layers[layer];
  std::vector<std::pair<std::int64_t, std::int64_t>> wishes;
  for (const std::size_t i : row) {
    const Item& item = layers.items[i];
    std::int64_t sum = 0, count = 0;
    const auto add = [&](const std::vector<std::size_t>& beside) {
      for (const std::size_t b : beside) sum += layers.items[b].middle;
      count += static_cast<std::int64_t>(beside.size());
    };
    if (left) add(item.before);
    if (right) add(item.after);
    // Lines on their way through hold harder, so that they are straight.
    wishes.emplace_back(count == 0 ? item.middle : sum / count, item.box == kNone ? 4 : std::max<std::int64_t>(count, 1));
  }
  pool(layers, row, wishes);
}

}  // namespace

void align(Layers& layers) {
  for (const auto& row : layers.layers) {
    std::int64_t y = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) y += apart(layers.items[row[i - 1]], layers.items[row[i]]);
      layers.items[row[i]].middle = y;
    }
    for (const std::size_t i : row) layers.items[i].middle -= y / 2;
  }
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t l = 1; l < layers.layers.size(); ++l) sweep(layers, l, true, false);
    for (std::size_t l = layers.layers.size() - 1; l-- > 0;) sweep(layers, l, false, true);
  }
  for (std::size_t l = 0; l < layers.layers.size(); ++l) sweep(layers, l, true, true);
  std::int64_t top = layers.items.front().middle - layers.items.front().height / 2;
  for (const Item& i : layers.items) top = std::min(top, i.middle - i.height / 2);
  for (Item& i : layers.items) i.middle -= top;
}

Point place(std::vector<Box>& boxes, std::vector<Line>& lines) {
  Point at, size;
  int row = 0;  // how high the row of parts is so far
  const auto put = [&](const Part& part) {
    Layers layers = rank(part, boxes, lines);
    order(layers);
    align(layers);
    const Point own = route(layers, boxes, lines);
    if (at.x > 0 && at.x + own.x > std::max(kRowWidth, size.x)) {
      at = {0, at.y + row + kBetweenParts};
      row = 0;
    }
    for (const std::size_t b : part.boxes) boxes[b].at.x += at.x, boxes[b].at.y += at.y;
    for (const std::size_t l : part.lines) {
      for (Point& p : lines[l].points) p.x += at.x, p.y += at.y;
    }
    row = std::max(row, own.y);
    size.x = std::max(size.x, at.x + own.x);
    size.y = std::max(size.y, at.y + own.y);
    at.x += own.x + kBetweenParts;
  };
  const std::vector<Part> parts = parts_of(boxes.size(), lines);
  for (const bool alone : {false, true}) {
    // What nothing leads to or from stands below, in rows of its own.
    if (alone && at.x > 0) at = {0, size.y + kBetweenParts}, row = 0;
    for (const Part& part : parts) {
      if (part.lines.empty() == alone) put(part);
    }
  }
  return size;
}

}  // namespace virga::picture
