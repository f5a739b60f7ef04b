// Facts and prices: the files of which a folder may hold several.
#pragma once

#include "compiler/catalog/tool/document.h"
#include "compiler/catalog/tool/tables.h"

namespace virga::catalog_tool {

/// facts.yaml and facts-*.yaml, sorted by id. `regions` are the engine's names that cases by region may have.
[[nodiscard]] std::vector<FactRow> read_facts(const std::filesystem::path& folder, const std::vector<RegionRow>& regions,
                                              Problems& problems);

/// left-out.yaml: that each entry has its reason, and that nothing stands both there and here.
void check_left_out(const std::filesystem::path& folder, const std::vector<FactRow>& facts,
                    const std::vector<PriceRow>& prices, Problems& problems);

/// prices.yaml, sorted by id.
[[nodiscard]] std::vector<PriceRow> read_prices(const std::filesystem::path& folder, const std::vector<RegionRow>& regions,
                                                Problems& problems);

}  // namespace virga::catalog_tool
