// What a month costs before and after a move, as a part of its report.
#pragma once

#include "compiler/driver/migrate.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace virga::cli {

/// In one line: what it comes to on both clouds, or why nobody knows.
[[nodiscard]] std::string move_cost(const driver::Migrated& made);
/// The section below the rows: a line per node, and what is to be known of it; empty when nobody says loads.
[[nodiscard]] std::string move_costs_text(const driver::Migrated& made);
[[nodiscard]] std::string move_costs_markdown(const driver::Migrated& made);
/// Null when nobody says loads.
[[nodiscard]] nlohmann::ordered_json move_costs_json(const driver::Migrated& made);

}  // namespace virga::cli
