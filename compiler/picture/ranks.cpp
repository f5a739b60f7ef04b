// Layers: what leads to nothing earlier comes first, everything else one layer behind the last that leads to it.
#include "compiler/picture/layers.h"

#include <algorithm>
#include <numeric>

namespace virga::picture {
namespace {

/// A line over more layers than these is drawn straight across: places for it in every layer would be most of the picture.
constexpr std::size_t kLongest = 24;

/// Boxes and lines of a part, by places within it.
struct Net {
  const Part& part;
  std::vector<std::size_t> place;  ///< of a box within the part
  std::vector<std::vector<std::size_t>> out;  ///< lines, by their places within the part

  Net(const Part& of, std::size_t boxes, const std::vector<Line>& lines) : part(of), place(boxes, kNone) {
    for (std::size_t i = 0; i < part.boxes.size(); ++i) place[part.boxes[i]] = i;
    out.resize(part.boxes.size());
    for (std::size_t i = 0; i < part.lines.size(); ++i) out[place[lines[part.lines[i]].from]].push_back(i);
  }
};

/// Turns every line that leads back to a box on the way to it: what is left has no cycle. Without recursion, since a chain
/// may be as long as somebody likes.
void break_cycles(const Net& net, std::vector<Line>& lines) {
  enum class State : std::uint8_t { fresh, open, done };
  std::vector<State> states(net.part.boxes.size(), State::fresh);
  std::vector<std::pair<std::size_t, std::size_t>> way;  // a box, and which of its lines comes next
  for (std::size_t start = 0; start < states.size(); ++start) {
    if (states[start] != State::fresh) continue;
    way.emplace_back(start, 0);
    states[start] = State::open;
    while (!way.empty()) {
      auto& [at, next] = way.back();
      if (next == net.out[at].size()) {
        states[at] = State::done;
        way.pop_back();
        continue;
      }
      Line& line = lines[net.part.lines[net.out[at][next++]]];
      const std::size_t to = net.place[line.to];
      if (states[to] == State::open) line.turned = true;
      if (states[to] != State::fresh) continue;
      states[to] = State::open;
      way.emplace_back(to, 0);
    }
  }
}

/// The two ends as the layers see them.
std::pair<std::size_t, std::size_t> ends(const Net& net, const Line& line) {
  const std::size_t from = net.place[line.from], to = net.place[line.to];
  return line.turned ? std::pair{to, from} : std::pair{from, to};
}

std::vector<std::size_t> longest_paths(const Net& net, const std::vector<Line>& lines) {
  const std::size_t count = net.part.boxes.size();
  std::vector<std::size_t> ranks(count, 0), waiting(count, 0), ready;
  std::vector<std::vector<std::size_t>> out(count);
  for (const std::size_t l : net.part.lines) {
    const auto [from, to] = ends(net, lines[l]);
    out[from].push_back(to);
    ++waiting[to];
  }
  const std::vector<std::size_t> leading = waiting;
  for (std::size_t i = 0; i < count; ++i) {
    if (waiting[i] == 0) ready.push_back(i);
  }
  for (std::size_t k = 0; k < ready.size(); ++k) {
    for (const std::size_t to : out[ready[k]]) {
      ranks[to] = std::max(ranks[to], ranks[ready[k]] + 1);
      if (--waiting[to] == 0) ready.push_back(to);
    }
  }
  // What begins something stands right before it, not at the far left.
  for (std::size_t i = 0; i < count; ++i) {
    if (leading[i] > 0 || out[i].empty()) continue;
    std::size_t least = ranks[out[i].front()];
    for (const std::size_t to : out[i]) least = std::min(least, ranks[to]);
    ranks[i] = least - 1;
  }
  return ranks;
}

}  // namespace

std::vector<Part> parts_of(std::size_t boxes, const std::vector<Line>& lines) {
  std::vector<std::size_t> first(boxes);
  std::iota(first.begin(), first.end(), std::size_t{0});
  const auto find = [&](std::size_t box) {
    while (first[box] != box) box = first[box] = first[first[box]];
    return box;
  };
  for (const Line& l : lines) {
    const std::size_t a = find(l.from), b = find(l.to);
    first[std::max(a, b)] = std::min(a, b);
  }
  std::vector<Part> out;
  std::vector<std::size_t> part(boxes, kNone);
  for (std::size_t i = 0; i < boxes; ++i) {
    const std::size_t root = find(i);
    if (part[root] == kNone) {
      part[root] = out.size();
      out.emplace_back();
    }
    out[part[root]].boxes.push_back(i);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) out[part[find(lines[i].from)]].lines.push_back(i);
  return out;
}

Layers rank(const Part& part, const std::vector<Box>& boxes, std::vector<Line>& lines) {
  const Net net(part, boxes.size(), lines);
  break_cycles(net, lines);
  const std::vector<std::size_t> ranks = longest_paths(net, lines);
  Layers out;
  out.layers.resize(ranks.empty() ? 0 : *std::max_element(ranks.begin(), ranks.end()) + 1);
  const auto add = [&](Item item) {
    out.layers[item.layer].push_back(out.items.size());
    out.items.push_back(std::move(item));
    return out.items.size() - 1;
  };
  for (std::size_t i = 0; i < part.boxes.size(); ++i)
    add({part.boxes[i], kNone, ranks[i], {}, {}, boxes[part.boxes[i]].height, 0});
  out.lines = part.lines;
  for (const std::size_t l : part.lines) {
    const auto [from, to] = ends(net, lines[l]);
    std::vector<std::size_t> chain{from};
    if (ranks[to] - ranks[from] <= kLongest) {
      for (std::size_t layer = ranks[from] + 1; layer < ranks[to]; ++layer)
        chain.push_back(add({kNone, l, layer, {}, {}, 0, 0}));
    }
    chain.push_back(to);
    // What is drawn straight across pulls nothing to its place.
    for (std::size_t k = 1; k < chain.size() && (chain.size() > 2 || ranks[to] == ranks[from] + 1); ++k) {
      out.items[chain[k - 1]].after.push_back(chain[k]);
      out.items[chain[k]].before.push_back(chain[k - 1]);
    }
    out.chains.push_back(std::move(chain));
  }
  return out;
}

}  // namespace virga::picture
