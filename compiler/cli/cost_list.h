// What an app costs, as a table for people and as JSON.
#pragma once

#include "compiler/driver/estimate.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace virga::cli {

/// Targets of one cloud that cost the same stand in one column.
struct CostColumn {
  const driver::TargetCost* cost = nullptr;
  std::vector<std::string> targets;

  [[nodiscard]] std::string_view cloud() const { return cost->target.backend->catalog().cloud; }
};
[[nodiscard]] std::vector<CostColumn> cost_columns(const std::vector<driver::TargetCost>& costs,
                                                   const Architecture& architecture);

/// A table of nodes, then what is to be known of it; with `all` also every line.
[[nodiscard]] std::string cost_text(const std::vector<CostColumn>& columns, const Architecture& architecture, bool all);

/// What stands below the table.
[[nodiscard]] std::string cost_notes(const std::vector<CostColumn>& columns, const Architecture& architecture);

[[nodiscard]] nlohmann::ordered_json cost_json(const std::vector<CostColumn>& columns, const Architecture& architecture);

}  // namespace virga::cli
