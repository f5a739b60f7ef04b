// Facts and prices as lines for people and as JSON: what `virga facts` and `virga kinds KIND --limits` share.
#pragma once

#include "compiler/catalog/catalog.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace virga::cli {

struct ListOptions {
  bool sources = false;  ///< below each line its subject, source and note
  std::string as_of;  ///< the day from which ages are counted; empty: ages are not shown
};

/// Aligned lines, one for each: id, amount, kind, date, and how far it is to be trusted.
[[nodiscard]] std::string fact_lines(const std::vector<const catalog::Fact*>& facts, const ListOptions& options);
[[nodiscard]] std::string price_lines(const std::vector<const catalog::Price*>& prices, const ListOptions& options);

[[nodiscard]] nlohmann::ordered_json fact_json(const catalog::Fact& fact, std::string_view cloud, const std::string& as_of);
[[nodiscard]] nlohmann::ordered_json price_json(const catalog::Price& price, std::string_view cloud,
                                                const std::string& as_of);

}  // namespace virga::cli
