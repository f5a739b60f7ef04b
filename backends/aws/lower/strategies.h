// How each kind and each edge is realised, as lists in the order tried. The rows of the catalogue name these strategies;
// a test holds the two together.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

struct KindStrategy {
  std::string_view name;
  bool (*when)(const Lowering&, const Node&);
  std::string_view why;  ///< why this one, when there is another
  void (*realise)(Lowering&, const Node&, cloud::Decision&);
};

struct EdgeStrategy {
  std::string_view name;
  bool (*when)(Lowering&, const Edge&);
  std::string_view why;
  void (*realise)(Lowering&, const Edge&, cloud::Decision&);
};

[[nodiscard]] std::span<const KindStrategy> kind_strategies();
[[nodiscard]] std::span<const EdgeStrategy> edge_strategies();

}  // namespace virga::aws
