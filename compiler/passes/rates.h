// How much goes along every edge, as far as the program says how much comes in (`load`, `peak`, `times`).
#pragma once

#include "compiler/passes/model.h"

#include <vector>

namespace virga::passes {

/// An amount that lies between two; both are the same when it is known exactly.
struct Between {
  double least = 0, most = 0;
  Between& operator+=(const Between& other);
  friend Between operator*(Between b, double factor) { return {b.least * factor, b.most * factor}; }
};

/// Things per second.
struct Flow {
  Between average;
  Between peak;  ///< the average, unless somebody says that more may come at once
  bool known = false;  ///< somebody says how much comes
  bool whole = false;  ///< of everything that comes; else there may be more
  Flow& operator+=(const Flow& other);
};

/// Rates of one architecture on one cloud.
///
/// What an edge says of itself (`load`) holds. Elsewhere, what comes into a node goes out along each of its edges, `times`
/// as often (once, unless it says so); along an edge with a filter, anything up to that. Nothing comes out of entries but
/// what they say, and nothing out of ports for what was given up on. What a loop that is allowed brings back is not counted.
class Rates {
 public:
  explicit Rates(const Model& model);

  /// Messages, requests, records along an edge.
  [[nodiscard]] const Flow& along(const Edge& edge) const { return along_[static_cast<std::size_t>(edge.id)]; }
  /// What makes a node work.
  [[nodiscard]] const Flow& into(const Node& node) const { return into_[static_cast<std::size_t>(node.id)]; }
  /// How often an edge starts its target: a batch may be full or hold one thing.
  [[nodiscard]] Flow starts(const Edge& edge) const;
  [[nodiscard]] Flow starts(const Node& node) const;
  /// Whether anything is said anywhere.
  [[nodiscard]] bool any() const { return any_; }
  /// How much of a node's work is under way at the same time, at the peak, on average of a second (Little's law); nothing
  /// where no flow is known. At least: with what its work usually takes, when that is said; at most: with what it may take.
  [[nodiscard]] std::optional<Between> at_once(const Node& node) const;

 private:
  [[nodiscard]] Flow leaving(const Edge& edge) const;

  const Model* model_;
  std::vector<Flow> along_, into_;
  bool any_ = false;
};

/// `200rps`, `50rps to 200rps`.
[[nodiscard]] std::string rate_text(const Between& per_second);

}  // namespace virga::passes
