// Places of boxes from left to right, and the points of lines: out of a box straight as far as its text needs, bent to the
// next layer, straight through it, and so on.
#include "compiler/picture/layers.h"

#include <algorithm>

namespace virga::picture {
namespace {

constexpr int kBend = 56;  ///< how much room a bend from layer to layer has
constexpr int kStub = 12;  ///< the least that is straight at a box
constexpr int kEachLine = 18;  ///< between two lines at the side of a box

/// Lines at one side of each item, from top to bottom as their other ends stand.
std::vector<std::vector<std::size_t>> sides(const Layers& layers, bool left) {
  std::vector<std::vector<std::size_t>> out(layers.items.size());
  for (std::size_t c = 0; c < layers.chains.size(); ++c)
    out[left ? layers.chains[c].back() : layers.chains[c].front()].push_back(c);
  const auto beside = [&](std::size_t c) {
    const auto& chain = layers.chains[c];
    return layers.items[left ? chain[chain.size() - 2] : chain[1]].middle;
  };
  for (auto& side : out)
    std::stable_sort(side.begin(), side.end(), [&](std::size_t a, std::size_t b) { return beside(a) < beside(b); });
  return out;
}

/// The y at which each line meets the box.
std::vector<int> ports(const Layers& layers, bool left) {
  std::vector<int> out(layers.chains.size(), 0);
  const auto all = sides(layers, left);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Item& item = layers.items[i];
    const auto top = static_cast<int>(item.middle) - item.height / 2;
    const auto count = static_cast<int>(all[i].size());
    for (int k = 0; k < count; ++k) out[all[i][static_cast<std::size_t>(k)]] = top + item.height * (k + 1) / (count + 1);
  }
  return out;
}

}  // namespace

int height_for(std::size_t lines) { return static_cast<int>(lines + 1) * kEachLine; }

Point route(const Layers& layers, std::vector<Box>& boxes, std::vector<Line>& lines) {
  const std::size_t count = layers.layers.size();
  std::vector<int> widths(count, 0), after(count, kStub), before(count, kStub), begin(count, 0);
  for (const Item& i : layers.items) {
    if (i.box != kNone) widths[i.layer] = std::max(widths[i.layer], boxes[i.box].width);
  }
  // The text of a line stands where it begins: behind its box, or before it when the line leads back.
  for (std::size_t c = 0; c < layers.chains.size(); ++c) {
    const Line& line = lines[layers.lines[c]];
    const Item& at = layers.items[line.turned ? layers.chains[c].back() : layers.chains[c].front()];
    int& room = line.turned ? before[at.layer] : after[at.layer];
    room = std::max(room, line.label + kStub);
  }
  Point size;
  for (std::size_t l = 0; l < count; ++l) {
    if (l > 0) begin[l] = begin[l - 1] + widths[l - 1] + after[l - 1] + kBend + before[l];
    size.x = begin[l] + widths[l];
  }
  for (const Item& i : layers.items) {
    size.y = std::max(size.y, static_cast<int>(i.middle) + i.height / 2);
    if (i.box == kNone) continue;
    boxes[i.box].width = widths[i.layer];
    boxes[i.box].at = {begin[i.layer], static_cast<int>(i.middle) - i.height / 2};
  }
  const std::vector<int> leaves = ports(layers, false), arrives = ports(layers, true);
  for (std::size_t c = 0; c < layers.chains.size(); ++c) {
    std::vector<Point>& points = lines[layers.lines[c]].points;
    const auto& chain = layers.chains[c];
    for (std::size_t k = 0; k < chain.size(); ++k) {
      const Item& item = layers.items[chain[k]];
      const int left = begin[item.layer], right = left + widths[item.layer];
      const int y = k == 0 ? leaves[c] : k + 1 == chain.size() ? arrives[c] : static_cast<int>(item.middle);
      points.push_back({k == 0 ? right : left - before[item.layer], y});
      points.push_back({k + 1 == chain.size() ? left : right + after[item.layer], y});
    }
    if (lines[layers.lines[c]].turned) std::reverse(points.begin(), points.end());
  }
  return size;
}

}  // namespace virga::picture
