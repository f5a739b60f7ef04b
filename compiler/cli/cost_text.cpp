#include "compiler/cli/cost_list.h"
#include "compiler/cli/cost_sum.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace virga::cli {
namespace {

using Row = std::vector<std::string>;

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
    for (const CostColumn& c : columns) row.push_back(text_of(sum_of(c.cost->estimate, node)));
    if (std::any_of(row.begin() + 2, row.end(), [](const std::string& t) { return t != "-"; }))
      rows.push_back(std::move(row));
  }
  Row free{"free units", ""}, all{"in all", ""};
  for (const CostColumn& c : columns) {
    free.push_back(free_of(c.cost->estimate));
    all.push_back(text_of(sum_of(c.cost->estimate)));
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
                    counts ? count(l.quantity.value) + " " + std::string(l.price->unit) : "", rate, text_of(sum_of({&l}))});
  }
  return fmt::format("\n{}{}\n", fmt::join(c.targets, ", "), c.cost->region.empty() ? "" : " (" + c.cost->region + ")") +
         aligned(rows);
}

}  // namespace

std::string aligned(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& r : rows) {
    widths.resize(std::max(widths.size(), r.size()));
    for (std::size_t i = 0; i < r.size(); ++i) widths[i] = std::max(widths[i], r[i].size());
  }
  std::string out;
  for (const auto& r : rows) {
    std::string text;
    for (std::size_t i = 0; i < r.size(); ++i) text += fmt::format("{:<{}}  ", r[i], widths[i]);
    out += text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

std::string cost_basis() {
  return fmt::format("list prices of a month of {:.10g} hours, without tax and discount", cost::kHoursInMonth);
}

std::string cost_text(const std::vector<CostColumn>& columns, const Architecture& a, bool all) {
  std::string out =
      fmt::format("{}{}: {}\n\n", a.app.name, a.app.stage == "default" ? "" : ", stage " + a.app.stage, cost_basis());
  out += table(columns, a);
  if (all) {
    for (const CostColumn& c : columns) out += every_line(c, a);
  }
  return out + text_of(cost_notes(columns, a));
}

}  // namespace virga::cli
