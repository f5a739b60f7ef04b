// The table of costs: what is paid for nodes and edges, by which prices.
#pragma once

#include "compiler/catalog/tool/document.h"
#include "compiler/catalog/tool/tables.h"

namespace virga::catalog_tool {

/// costs.yaml, into `tables`, whose facts, prices and kinds it refers to. Each price is used, or listed as unused with the
/// reason; each kind that is possible has a row.
void read_costs(const std::filesystem::path& folder, Tables& tables, Problems& problems);

}  // namespace virga::catalog_tool
