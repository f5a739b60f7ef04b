// What an architecture costs in a month on one cloud, from the cloud's table of costs and the same rates as the checks of
// loads.
#pragma once

#include "compiler/cost/meter.h"
#include "compiler/cost/quantity.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace virga::cost {

struct Request {
  std::string region;  ///< the engine's name; empty: the app names none
  std::size_t regions = 1;  ///< in so many stands what stands in every one
  bool home = true;  ///< what stands in the home region alone stands here
  std::string price_list;  ///< the vendor's, where there are several; empty: the first that is listed
};

enum class State : std::uint8_t {
  counted,
  by_load,  ///< nobody says how much comes
  unsaid,  ///< an attribute is missing on which it depends
  unpriced,  ///< nobody knows the price
};

/// One thing that is paid for a node or an edge.
struct Line {
  const catalog::CostRow* row = nullptr;
  const Node* node = nullptr;  ///< where it stands on the bill
  const Edge* edge = nullptr;  ///< null: the node itself
  const catalog::Price* price = nullptr;  ///< its first tier
  Amount quantity;  ///< in units of the price
  State state = State::counted;
  std::string meter;  ///< the price that money is paid for: another one, when `price` is in a unit of account
  Between metered;  ///< in units of that
  std::string currency;
  Between cost;  ///< its share of what all with that price cost, free units not taken off
};

struct Total {
  Between before, free;
  bool whole = true;  ///< else there may be more, by load that nobody says
  [[nodiscard]] Between after() const { return {before.least - free.least, before.most - free.most}; }
};

/// What is paid for and stands in no line.
struct Left {
  std::string_view says;
  std::set<std::string> names;  ///< of nodes; empty: every app
};

struct Estimate {
  std::vector<Line> lines;  ///< in the order of the nodes
  std::map<std::string, Meter, std::less<>> meters;
  std::map<std::string, Total> totals;  ///< by currency
  std::set<std::string> without_load;  ///< edges at which something comes in, nobody says how much
  std::set<std::string> uncalled;  ///< nodes that work, and to which no edge leads that could say how often
  std::set<std::string> one_unit;  ///< edges whose messages count as one unit, because no `payload` is said
  std::set<std::string_view> elsewhere;  ///< regions of the prices, where they are not the app's
  std::set<const catalog::Price*> ending;  ///< prices with free units that end, and are not taken off
  std::set<const catalog::Fact*> doubtful;  ///< facts that nobody has verified
  std::vector<Left> left;
};

[[nodiscard]] Estimate estimate(const passes::Model& model, const passes::Strategies& strategies, const Request& request);

/// Whether a price is to be marked: not verified, or of low confidence.
[[nodiscard]] bool doubtful(const catalog::Price& price);

}  // namespace virga::cost
