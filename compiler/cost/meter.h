// What is counted over the whole account: the quantity that all lines with one price have together, its tiers, and the units
// of a month that cost nothing.
#pragma once

#include "compiler/catalog/catalog.h"
#include "compiler/passes/rates.h"

#include <map>
#include <string>
#include <vector>

namespace virga::cost {

struct Meter {
  std::string price;  ///< the id, without `.tierN`
  std::vector<const catalog::Price*> tiers;
  bool used = false;  ///< something is counted with it
  bool known = true;  ///< the price of each tier is known
  bool covered = false;  ///< nobody knows the price, but all of it is free
  std::string_view pool;  ///< id of the price whose free units cover it
  passes::Between quantity;
  passes::Between cost;  ///< as if no units were free
  passes::Between free;  ///< what the free units take off

  [[nodiscard]] const catalog::Price& first() const { return *tiers.front(); }
};

/// `price.x.tier2` → `price.x`
[[nodiscard]] std::string_view without_tier(std::string_view id);

/// Of so many units in a month. Beyond the last tier its price goes on.
[[nodiscard]] double cost_of(const std::vector<const catalog::Price*>& tiers, double units);

/// Fills `cost` and `free`. Free units are the first ones of a month, and are given once: to the price that names them, then
/// to those that share them (`free_of`), in the order of their ids. Those that end after an account's first months are not
/// given.
void settle(std::map<std::string, Meter, std::less<>>& meters, const catalog::Catalog& catalog);

}  // namespace virga::cost
