#include "compiler/cost/meter.h"

#include <algorithm>
#include <limits>

namespace virga::cost {
namespace {

/// Whose free units a meter uses; empty when there are none.
std::string_view pool_of(const Meter& meter) {
  for (const catalog::Price* p : meter.tiers) {
    if (!p->free_of.empty()) return p->free_of;
    if (p->free > 0 && !p->free_ends) return p->id;
  }
  return {};
}

double free_units(const catalog::Catalog& catalog, std::string_view id) {
  for (const catalog::Price& p : catalog.prices) {
    if (p.id == id && !p.free_ends) return p.free;
  }
  return 0;
}

}  // namespace

std::string_view without_tier(std::string_view id) { return id.substr(0, id.rfind(".tier")); }

double cost_of(const std::vector<const catalog::Price*>& tiers, double units) {
  double sum = 0;
  for (const catalog::Price* p : tiers) {
    const bool goes_on = p == tiers.back() || !p->has_to;
    const double to = goes_on ? std::numeric_limits<double>::infinity() : p->to;
    sum += std::max(0.0, std::min(units, to) - p->from) * p->price / p->per;
  }
  return sum;
}

void settle(std::map<std::string, Meter, std::less<>>& meters, const catalog::Catalog& catalog) {
  std::map<std::string_view, std::vector<Meter*>> pools;
  for (auto& [id, meter] : meters) {
    meter.known = std::all_of(meter.tiers.begin(), meter.tiers.end(), [](const catalog::Price* p) { return p->known; });
    if (!meter.known) {
      // Who stays below the free units needs no price.
      const std::string_view pool = pool_of(meter);
      meter.covered = !pool.empty() && meter.quantity.most <= free_units(catalog, pool);
      if (meter.covered) meter.pool = pool;
      continue;
    }
    meter.cost = {cost_of(meter.tiers, meter.quantity.least), cost_of(meter.tiers, meter.quantity.most)};
    if (const std::string_view pool = pool_of(meter); !pool.empty()) pools[pool].push_back(&meter);
  }
  for (auto& [pool, sharing] : pools) {
    passes::Between left{free_units(catalog, pool), free_units(catalog, pool)};
    std::stable_partition(sharing.begin(), sharing.end(),
                          [&, own = without_tier(pool)](const Meter* m) { return m->price == own; });
    for (Meter* meter : sharing) {
      const passes::Between taken{std::min(left.least, meter->quantity.least), std::min(left.most, meter->quantity.most)};
      meter->free = {cost_of(meter->tiers, taken.least), cost_of(meter->tiers, taken.most)};
      left.least -= taken.least;
      left.most -= taken.most;
    }
  }
}

}  // namespace virga::cost
