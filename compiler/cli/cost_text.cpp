#include "compiler/cli/cost_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace virga::cli {
namespace {

using Row = std::vector<std::string>;

std::string sum_text(double amount) {
  constexpr double kHalfCent = 0.005;
  if (amount == 0) return "0";
  return amount < kHalfCent ? "under 0.01" : fmt::format("{:.2f}", amount);
}

/// A share of what has tiers may be less when all is most.
std::string range_text(const cost::Between& b) {
  const std::string least = sum_text(std::min(b.least, b.most)), most = sum_text(std::max(b.least, b.most));
  return least == most ? most : fmt::format("{} to {}", least, most);
}

std::string money(std::string_view currency, const cost::Between& b, bool whole) {
  return fmt::format("{} {}{}", currency, range_text(b), whole ? "" : " or more");
}

/// What some lines come to: money in each currency, and what nobody knows.
std::string cell(const std::vector<const cost::Line*>& lines) {
  struct Sum {
    cost::Between cost;
    bool whole = true;
  };
  std::map<std::string, Sum> sums;
  bool by_load = false, unknown = false;
  for (const cost::Line* l : lines) {
    by_load = by_load || l->state == cost::State::by_load;
    unknown = unknown || l->state == cost::State::unpriced || l->state == cost::State::unsaid;
    if (l->state != cost::State::counted) continue;
    Sum& s = sums[l->currency];
    s.cost += l->cost;
    s.whole = s.whole && l->quantity.whole;
  }
  std::erase_if(sums, [&](const auto& s) { return s.second.cost.most == 0 && (sums.size() > 1 || by_load || unknown); });
  std::string out;
  const auto also = [&](const std::string& part) { out += (out.empty() ? "" : " + ") + part; };
  for (const auto& [currency, s] : sums) also(money(currency, s.cost, s.whole));
  if (by_load) also("by load");
  if (unknown) also("unknown");
  return out.empty() ? "-" : out;
}

std::string aligned(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& r : rows) {
    widths.resize(std::max(widths.size(), r.size()));
    for (std::size_t i = 0; i < r.size(); ++i) widths[i] = std::max(widths[i], r[i].size());
  }
  std::string out;
  for (const Row& r : rows) {
    std::string text;
    for (std::size_t i = 0; i < r.size(); ++i) text += fmt::format("{:<{}}  ", r[i], widths[i]);
    out += text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

std::vector<const cost::Line*> lines_of(const cost::Estimate& e, const Node& node) {
  std::vector<const cost::Line*> out;
  for (const cost::Line& l : e.lines) {
    if (l.node->id == node.id) out.push_back(&l);
  }
  return out;
}

std::string table(const std::vector<CostColumn>& columns, const Architecture& a) {
  std::vector<Row> rows{{"", ""}};
  for (const CostColumn& c : columns) {
    const bool alone =
        std::count_if(columns.begin(), columns.end(), [&](const CostColumn& o) { return o.cloud() == c.cloud(); }) == 1;
    const std::string name = alone ? std::string(c.cloud()) : fmt::format("{}", fmt::join(c.targets, ", "));
    rows[0].push_back(name + (c.cost->region.empty() ? "" : " (" + c.cost->region + ")"));
  }
  for (const Node& node : a.nodes) {
    Row row{node.name, node.kind};
    for (const CostColumn& c : columns) row.push_back(cell(lines_of(c.cost->estimate, node)));
    if (std::any_of(row.begin() + 2, row.end(), [](const std::string& t) { return t != "-"; }))
      rows.push_back(std::move(row));
  }
  Row free{"free units", ""}, all{"in all", ""};
  for (const CostColumn& c : columns) {
    const cost::Estimate& e = c.cost->estimate;
    std::string off, sum;
    for (const auto& [currency, t] : e.totals) {
      if (t.free.most > 0) off += (off.empty() ? "- " : " and ") + money(currency, t.free, true);
      if (t.before.most > 0 || e.totals.size() == 1) sum += (sum.empty() ? "" : " + ") + money(currency, t.after(), t.whole);
    }
    const auto any = [&](cost::State s) {
      return std::any_of(e.lines.begin(), e.lines.end(), [&](const cost::Line& l) { return l.state == s; });
    };
    if (any(cost::State::by_load)) sum += sum.empty() ? "by load" : " + by load";
    if (any(cost::State::unpriced) || any(cost::State::unsaid)) sum += sum.empty() ? "unknown" : " + unknown";
    free.push_back(off.empty() ? "-" : off);
    all.push_back(sum.empty() ? "-" : sum);
  }
  rows.push_back(std::move(free));
  rows.push_back(std::move(all));
  return aligned(rows);
}

std::string every_line(const CostColumn& c, const Architecture& a) {
  std::vector<Row> rows;
  for (const cost::Line& l : c.cost->estimate.lines) {
    const auto count = [](const cost::Between& b) {
      return b.least == b.most ? fmt::format("{:.6g}", b.most) : fmt::format("{:.6g} to {:.6g}", b.least, b.most);
    };
    const bool counts = l.state == cost::State::counted || l.state == cost::State::unpriced;
    const std::string rate =
        l.price->known ? fmt::format("{} {:.10g} for {:.10g}", l.price->currency, l.price->price, l.price->per) : "unknown";
    rows.push_back({"  " + (l.edge != nullptr ? describe(a, *l.edge) : l.node->name),
                    std::string(cost::without_tier(l.price->id)),
                    counts ? count(l.quantity.value) + " " + std::string(l.price->unit) : "", rate, cell({&l})});
  }
  return fmt::format("\n{}{}\n", fmt::join(c.targets, ", "), c.cost->region.empty() ? "" : " (" + c.cost->region + ")") +
         aligned(rows);
}

}  // namespace

std::string cost_text(const std::vector<CostColumn>& columns, const Architecture& a, bool all) {
  std::string out = fmt::format("{}{}: list prices of a month of {:.10g} hours, without tax and discount\n\n", a.app.name,
                                a.app.stage == "default" ? "" : ", stage " + a.app.stage, cost::kHoursInMonth);
  out += table(columns, a);
  if (all) {
    for (const CostColumn& c : columns) out += every_line(c, a);
  }
  return out + cost_notes(columns, a);
}

}  // namespace virga::cli
