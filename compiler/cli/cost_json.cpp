#include "compiler/cli/cost_list.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdlib>

namespace virga::cli {
namespace {

using nlohmann::ordered_json;

/// Ten digits: what rounding in another order would change is not shown.
ordered_json number(double value) {
  const double rounded = std::strtod(fmt::format("{:.10g}", value).c_str(), nullptr);
  const bool whole = rounded == std::floor(rounded) && std::abs(rounded) < 9e15;
  return whole ? ordered_json(static_cast<std::int64_t>(rounded)) : ordered_json(rounded);
}

constexpr std::string_view kStates[] = {"counted", "by_load", "unsaid", "unpriced"};

std::string row_text(const catalog::CostRow& row) {
  if (!row.kind.empty()) return std::string(row.kind);
  const auto port = [](std::string_view name) { return name.empty() ? std::string_view("*") : name; };
  return fmt::format("{} {} {}", port(row.from), row.arrow.empty() ? "*" : row.arrow, port(row.to));
}

ordered_json line_json(const cost::Line& l, const Architecture& a) {
  ordered_json out{{"node", l.node->name}, {"kind", l.node->kind}};
  if (l.edge != nullptr) out["edge"] = describe(a, *l.edge);
  out["row"] = row_text(*l.row);
  out["price"] = l.price->id;
  out["unit"] = l.price->unit;
  out["state"] = kStates[static_cast<std::size_t>(l.state)];
  if (l.state == cost::State::unsaid) out["unsaid"] = l.quantity.what;
  if (l.state == cost::State::counted || l.state == cost::State::unpriced) out["quantity"] = cost_range(l.quantity.value);
  if (l.meter != cost::without_tier(l.price->id)) {
    out["paid_in"] = l.meter;
    if (l.state == cost::State::counted) out["paid_quantity"] = cost_range(l.metered);
  }
  out["by_load"] = l.quantity.by_load;
  out["open"] = !l.quantity.whole;
  out["currency"] = l.currency;
  out["cost"] = l.state == cost::State::counted ? cost_range(l.cost) : ordered_json(nullptr);
  if (cost::doubtful(*l.price)) out["doubtful"] = true;
  return out;
}

ordered_json meter_json(const cost::Meter& m) {
  ordered_json out{
      {"price", m.price}, {"currency", m.first().currency}, {"unit", m.first().unit}, {"quantity", cost_range(m.quantity)}};
  const bool known = m.known || m.covered;
  out["cost"] = known ? cost_range(m.cost) : ordered_json(nullptr);
  out["free"] = known ? cost_range(m.free) : ordered_json(nullptr);
  if (m.covered) out["covered_by"] = m.pool;
  out["as_of"] = m.first().as_of;
  out["source"] = m.first().source;
  out["confidence"] = m.first().confidence;
  out["verified"] = m.first().verified;
  return out;
}

ordered_json estimate_json(const driver::TargetCost& t, const Architecture& a) {
  const cost::Estimate& e = t.estimate;
  ordered_json out{{"cloud", t.target.backend->catalog().cloud}};
  if (!t.region.empty()) out["region"] = t.region;
  out["lines"] = ordered_json::array();
  for (const cost::Line& l : e.lines) out["lines"].push_back(line_json(l, a));
  out["prices"] = ordered_json::array();
  for (const auto& [id, m] : e.meters) {
    if (m.used) out["prices"].push_back(meter_json(m));
  }
  out["totals"] = ordered_json::array();
  for (const auto& [currency, total] : e.totals) {
    out["totals"].push_back({{"currency", currency},
                             {"before_free", cost_range(total.before)},
                             {"free", cost_range(total.free)},
                             {"total", cost_range(total.after())},
                             {"open", !total.whole}});
  }
  out["without_load"] = e.without_load;
  out["uncalled"] = e.uncalled;
  out["one_unit"] = e.one_unit;
  out["prices_of"] = e.elsewhere;
  out["not_counted"] = ordered_json::array();
  for (const cost::Left& l : e.left) out["not_counted"].push_back({{"says", l.says}, {"nodes", l.names}});
  return out;
}

}  // namespace

ordered_json cost_range(const cost::Between& b) { return {{"least", number(b.least)}, {"most", number(b.most)}}; }

std::vector<CostColumn> cost_columns(const std::vector<driver::TargetCost>& costs, const Architecture& architecture) {
  std::vector<CostColumn> out;
  std::vector<std::string> texts;
  for (const driver::TargetCost& c : costs) {
    std::string text = estimate_json(c, architecture).dump();
    std::size_t at = 0;
    while (at < texts.size() && texts[at] != text) ++at;
    if (at == texts.size()) out.push_back({&c, {}}), texts.push_back(std::move(text));
    out[at].targets.push_back(c.target.name());
  }
  return out;
}

ordered_json cost_json(const CostColumn& column, const Architecture& a) {
  ordered_json out{{"targets", column.targets}};
  out.update(estimate_json(*column.cost, a));
  return out;
}

ordered_json cost_json(const std::vector<CostColumn>& columns, const Architecture& a) {
  ordered_json out{{"version", 1}, {"app", a.app.name}, {"stage", a.app.stage}, {"hours", cost::kHoursInMonth}};
  out["hours"] = number(cost::kHoursInMonth);
  out["estimates"] = ordered_json::array();
  for (const CostColumn& c : columns) out["estimates"].push_back(cost_json(c, a));
  return out;
}

}  // namespace virga::cli
