// Questions about the shape of an architecture. Boost.Graph stays behind this header.
#pragma once

#include "compiler/architecture/architecture.h"

#include <memory>

namespace virga {

class Graph {
 public:
  explicit Graph(const Architecture& architecture);
  ~Graph();
  Graph(Graph&&) noexcept;
  Graph& operator=(Graph&&) noexcept;

  /// One shortest cycle per strongly connected component, over the edges that `keep` lets through; each as its edges
  /// in order. Components come in the order of their first node.
  [[nodiscard]] std::vector<std::vector<EdgeId>> cycles(bool (*keep)(const Edge&)) const;
  /// Nodes with what they need (targets of their edges) before them; ties in the order of declaration. Nodes on a
  /// cycle come after what they need outside it.
  [[nodiscard]] std::vector<NodeId> deployment_order() const;
  /// Every node that can be reached from `from`, itself left out unless it lies on a cycle; in order of declaration.
  [[nodiscard]] std::vector<NodeId> reachable(NodeId from) const;

  struct Impl;  ///< Boost's graph; defined in graph.cpp alone

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace virga
