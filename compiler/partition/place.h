// Which stack everything stands in: what is written down stays where it is, what is new is put where it fits best.
#pragma once

#include "compiler/partition/graph.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace virga::partition {

inline constexpr std::size_t kNoLimit = static_cast<std::size_t>(-1);
/// What one template takes.
struct Limits {
  std::size_t resources = kNoLimit, outputs = kNoLimit, parameters = kNoLimit, bytes = kNoLimit;
};
/// A share of it: `share(limits, 4, 5)`.
[[nodiscard]] Limits share(const Limits& limits, std::size_t of, std::size_t parts);

struct Problem {
  enum class Kind : std::uint8_t {
    apart,  ///< `pieces` cannot be apart, and stand in different parts
    circle,  ///< `parts` need each other; each piece needs the next one
    too_large,  ///< `pieces` cannot be apart, and no template takes so many resources
  } kind;
  std::vector<std::size_t> pieces;
  std::vector<std::string> parts;
};

struct Placement {
  std::vector<std::string> parts;  ///< in the order in which they can be deployed
  std::vector<std::size_t> part_of;  ///< group → place in `parts`
  std::map<std::string, std::string> placed;  ///< what is to be written down: name of a piece → part
  std::vector<Problem> problems;  ///< when there are any, the rest says nothing
};

/// Name of a piece → part.
using Recorded = std::map<std::string, std::string, std::less<>>;

[[nodiscard]] Placement place(const Graph& graph, const Recorded& recorded, const Limits& limits);

/// `2` before `10`.
[[nodiscard]] bool part_before(const std::string& a, const std::string& b);

/// All groups from nothing: lists of groups, each of which needs only what stands in the lists before it. See line_up.cpp.
[[nodiscard]] std::vector<std::vector<std::size_t>> line_up(const Graph& graph, const Limits& mark);

inline constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
/// Puts every group that stands nowhere into a part; new parts are those from `parts` on. The parts of those that stand
/// need each other in no circle. See best_fit.cpp.
void best_fit(const Graph& graph, const Limits& mark, std::size_t& parts, std::vector<std::size_t>& part_of);

}  // namespace virga::partition
