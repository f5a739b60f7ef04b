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

/// What stands below the table: under a title, each thing once.
struct CostNote {
  std::string title;
  std::vector<std::string> lines;
};
[[nodiscard]] std::vector<CostNote> cost_notes(const std::vector<CostColumn>& columns, const Architecture& architecture);
[[nodiscard]] std::string text_of(const std::vector<CostNote>& notes);

/// What all amounts are: list prices of a month.
[[nodiscard]] std::string cost_basis();
/// Rows as a table: each column as wide as its widest cell.
[[nodiscard]] std::string aligned(const std::vector<std::vector<std::string>>& rows);

[[nodiscard]] nlohmann::ordered_json cost_range(const cost::Between& amount);
/// One column; all of them, with the app.
[[nodiscard]] nlohmann::ordered_json cost_json(const CostColumn& column, const Architecture& architecture);
[[nodiscard]] nlohmann::ordered_json cost_json(const std::vector<CostColumn>& columns, const Architecture& architecture);

}  // namespace virga::cli
