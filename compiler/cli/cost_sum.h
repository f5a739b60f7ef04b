// What costs come to, as words: money in each currency, and what nobody knows.
#pragma once

#include "compiler/cost/estimate.h"

#include <map>
#include <string>
#include <vector>

namespace virga::cli {

struct CostSum {
  struct Part {
    cost::Between cost;
    bool whole = true;  ///< else there may be more
  };
  std::map<std::string, Part> parts;  ///< by currency
  bool by_load = false, unknown = false;
};

/// Whether nothing more may come to it.
[[nodiscard]] bool all_known(const CostSum& sum);
/// Of some lines; of a node, of all in which free units are taken off.
[[nodiscard]] CostSum sum_of(const std::vector<const cost::Line*>& lines);
[[nodiscard]] CostSum sum_of(const cost::Estimate& estimate, const Node& node);
[[nodiscard]] CostSum sum_of(const cost::Estimate& estimate);

/// `USD 1.20 to 3.40 or more + by load`; `-` for nothing.
[[nodiscard]] std::string text_of(const CostSum& sum);
/// The free units: `- USD 0.40`.
[[nodiscard]] std::string free_of(const cost::Estimate& estimate);

/// What the one costs more than the other, in each currency, at the least and at the most of both.
[[nodiscard]] std::map<std::string, cost::Between> difference(const CostSum& before, const CostSum& after);
/// `USD -1.20 to +3.40 + unknown`; `-` for nothing.
[[nodiscard]] std::string difference_text(const CostSum& before, const CostSum& after);

}  // namespace virga::cli
