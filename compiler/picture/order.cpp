// The order within layers: each item goes to the middle of those that it is connected with, from left to right and back, so
// many times; the order with the fewest crossings stays.
#include "compiler/picture/layers.h"

#include <algorithm>

namespace virga::picture {
namespace {

/// Sweeps in each direction. More make hardly a picture better.
constexpr int kRounds = 12;

std::vector<std::size_t> places_in(const Layers& layers) {
  std::vector<std::size_t> out(layers.items.size(), 0);
  for (const auto& layer : layers.layers) {
    for (std::size_t i = 0; i < layer.size(); ++i) out[layer[i]] = i;
  }
  return out;
}

/// Crossings between two layers that follow each other: pairs of lines whose ends stand in opposite order.
std::size_t crossings(const Layers& layers, const std::vector<std::size_t>& places) {
  std::size_t sum = 0;
  for (std::size_t l = 1; l < layers.layers.size(); ++l) {
    std::vector<std::size_t> seen(layers.layers[l].size() + 1, 0);  // a Fenwick tree of the right ends so far
    std::size_t count = 0;
    for (const std::size_t left : layers.layers[l - 1]) {
      std::vector<std::size_t> ends;
      for (const std::size_t right : layers.items[left].after) ends.push_back(places[right] + 1);
      for (const std::size_t end : ends) {
        std::size_t above = 0;
        for (std::size_t i = end; i > 0; i -= i & (~i + 1)) above += seen[i];
        sum += count - above;
      }
      for (const std::size_t end : ends) {
        for (std::size_t i = end; i < seen.size(); i += i & (~i + 1)) ++seen[i];
      }
      count += ends.size();
    }
  }
  return sum;
}

/// Orders one layer by the middle of the neighbours on one side; what has none there stays where it is.
void settle(Layers& layers, std::vector<std::size_t>& places, std::size_t layer, bool by_left) {
  constexpr std::size_t kFine = 1024;  // middles between two places differ
  auto& row = layers.layers[layer];
  std::vector<std::pair<std::size_t, std::size_t>> keyed;
  for (const std::size_t item : row) {
    const auto& beside = by_left ? layers.items[item].before : layers.items[item].after;
    std::size_t sum = 0;
    for (const std::size_t b : beside) sum += places[b];
    keyed.emplace_back(beside.empty() ? places[item] * kFine : sum * kFine / beside.size(), item);
  }
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < keyed.size(); ++i) {
    row[i] = keyed[i].second;
    places[row[i]] = i;
  }
}

}  // namespace

void order(Layers& layers) {
  std::vector<std::size_t> places = places_in(layers);
  auto best = layers.layers;
  std::size_t fewest = crossings(layers, places);
  for (int round = 0; round < kRounds && fewest > 0; ++round) {
    for (std::size_t l = 1; l < layers.layers.size(); ++l) settle(layers, places, l, true);
    for (std::size_t l = layers.layers.size() - 1; l-- > 0;) settle(layers, places, l, false);
    const std::size_t now = crossings(layers, places);
    if (now < fewest) fewest = now, best = layers.layers;
  }
  layers.layers = std::move(best);
}

}  // namespace virga::picture
