// States that lead to each other → a flow: the other way of machine.h, for state machines that others made. Such a machine
// may lead anywhere, and a flow is a list with lists in it; where ways part and come together again is found here.
#pragma once

#include "backends/common/workflow/flow.h"

namespace virga::workflow {

/// Our own choice: of the states side by side that are looked at.
inline constexpr std::size_t kMostStates = 200;

/// States in an order in which each comes before all that it leads to.
struct Order {
  std::vector<std::size_t> places;  ///< of those that are reached
  /// A state that leads back to one before it, and that one: then there is no such order.
  std::optional<std::pair<std::size_t, std::size_t>> back;
};
/// `leads`: of each state, by places; `start` is one.
[[nodiscard]] Order in_order(const std::vector<std::vector<std::size_t>>& leads, std::size_t start);

/// One state, as it was read.
struct Block {
  std::string name;  ///< of the state: no two are the same
  std::optional<Item> item;  ///< what it does; none: nothing but to lead on. Of a choice, `branches` have no bodies.
  std::vector<std::string> targets;  ///< of a choice: where its branches lead, and at the end where it leads otherwise
  struct Catch {
    std::vector<std::string> errors;  ///< none: every error
    std::string next;
    friend bool operator==(const Catch&, const Catch&) = default;
  };
  std::vector<Catch> catches;
  std::optional<std::string> next;  ///< none: the scope ends here
};

struct Structured {
  Sequence flow;
  /// A step that ways lead to which do not come together stands once for each: the step, and the name of the other one.
  std::vector<std::pair<std::string, std::string>> copies;
  std::string lacks;  ///< why there is no such flow; empty: there is one
};

/// `start` is the name of a block, and all names that blocks lead to are names of blocks. None leads back.
[[nodiscard]] Structured structure(const std::vector<Block>& blocks, const std::string& start);

}  // namespace virga::workflow
