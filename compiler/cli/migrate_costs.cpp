#include "compiler/cli/migrate_costs.h"

#include "compiler/cli/cost_list.h"
#include "compiler/cli/cost_sum.h"
#include "compiler/passes/paths.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace virga::cli {
namespace {

using Row = std::vector<std::string>;

/// The app there and here; one of them alone where the other cannot be.
struct Sides {
  explicit Sides(const driver::Migrated& made)
      : costs(made.costs), report(made.report), architecture(made.costs.front->architecture) {
    for (const auto* side : {&costs.before, &costs.after}) {
      if (*side) columns.push_back({&**side, {(*side)->target.name()}});
    }
  }

  [[nodiscard]] bool shown() const { return costs.loads && !columns.empty(); }
  [[nodiscard]] bool both() const { return columns.size() == 2; }

  /// Why there is no cost of one side; empty when there is.
  [[nodiscard]] std::string missing() const {
    std::string out;
    if (!costs.before) out = fmt::format("on {} nothing is known of it: {}", report.from, costs.no_before);
    if (!costs.after) {
      const std::string why = report.blocking == 0   ? costs.no_after
                              : report.blocking == 1 ? std::string("one thing blocks")
                                                     : fmt::format("{} things block", report.blocking);
      out += fmt::format("{}on {} the app cannot be made: {}", out.empty() ? "" : "; ", report.to, why);
    }
    return out;
  }

  /// The first row has the titles.
  [[nodiscard]] std::vector<Row> rows() const {
    std::vector<Row> out{{"", ""}};
    for (const CostColumn& c : columns) {
      const bool before = costs.before && c.cost == &*costs.before;
      out[0].push_back(fmt::format("{}: {}{}", before ? "before" : "after", c.targets.front(),
                                   c.cost->region.empty() ? "" : " (" + c.cost->region + ")"));
    }
    const auto compared = [&](Row row, const std::vector<CostSum>& sums) {
      for (const CostSum& s : sums) row.push_back(text_of(s));
      const bool any = std::any_of(row.begin() + 2, row.end(), [](const std::string& cell) { return cell != "-"; });
      if (both()) row.push_back(difference_text(sums[0], sums[1]));
      if (any || row[0] == "in all") out.push_back(std::move(row));
    };
    for (const Node& node : architecture.nodes) {
      std::vector<CostSum> sums;
      for (const CostColumn& c : columns) sums.push_back(sum_of(c.cost->estimate, node));
      compared({node.name, node.kind}, sums);
    }
    Row free{"free units", ""};
    std::vector<CostSum> all;
    for (const CostColumn& c : columns) {
      free.push_back(free_of(c.cost->estimate));
      all.push_back(sum_of(c.cost->estimate));
    }
    if (both()) {
      out[0].emplace_back("difference");
      free.emplace_back("");
    }
    out.push_back(std::move(free));
    compared({"in all", ""}, all);
    return out;
  }

  const driver::MoveCosts& costs;
  const adopt::MoveReport& report;
  const Architecture& architecture;
  std::vector<CostColumn> columns;
};

/// What somebody could say: of an edge at which something comes in, a route first, or of a node that nobody calls.
std::string an_example(const Sides& sides) {
  if (!sides.costs.before) return {};
  const cost::Estimate& e = sides.costs.before->estimate;
  const Architecture& a = sides.architecture;
  const Edge* in = nullptr;
  for (const Edge& edge : a.edges) {
    if (!e.without_load.contains(passes::source_text(a, edge))) continue;
    if (in == nullptr || (in->from.argument.empty() && !edge.from.argument.empty())) in = &edge;
  }
  if (in != nullptr) {
    const auto end = [&](const Port& port) { return a.node(port.node).name + (port.name == "self" ? "" : "." + port.name); };
    return fmt::format(", such as `{}{} {} {} {{ load = 5rps }}`", end(in->from),
                       in->from.argument.empty() ? "" : " \"" + in->from.argument + "\"",
                       in->delivery == Delivery::call ? "->" : "~>", end(in->to));
  }
  if (e.uncalled.empty()) return {};
  return fmt::format(", such as `external clients {{ url = \"https://…\" }}` and `clients -> {} {{ load = 5rps }}`",
                     *e.uncalled.begin());
}

std::string sentence(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

/// A cell of a table of Markdown.
std::string cell(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

/// Each price that something is counted with: from when it is, and where it was read.
std::vector<Row> prices_of(const Sides& sides) {
  std::vector<Row> out;
  for (const CostColumn& c : sides.columns) {
    for (const auto& [id, m] : c.cost->estimate.meters) {
      if (m.used)
        out.push_back({std::string(c.cloud()), m.price, std::string(m.first().as_of), std::string(m.first().source)});
    }
  }
  return out;
}

}  // namespace

std::string move_cost(const driver::Migrated& made) {
  const Sides sides(made);
  if (!sides.costs.loads)
    return "unknown, because nobody says loads: say in a file how much comes" + an_example(sides) +
           ", and name it with `--loads`";
  if (sides.columns.empty()) return "unknown: " + sides.missing();
  std::string out;
  std::vector<CostSum> sums;
  for (const CostColumn& c : sides.columns) {
    sums.push_back(sum_of(c.cost->estimate));
    out += fmt::format("{}{} on {}", out.empty() ? "" : ", ", text_of(sums.back()), c.targets.front());
  }
  if (sides.both()) return fmt::format("{}; the difference is {}", out, difference_text(sums[0], sums[1]));
  return out + "; " + sides.missing();
}

std::string move_costs_text(const driver::Migrated& made) {
  const Sides sides(made);
  if (!sides.shown()) return {};
  return fmt::format("\nwhat a month costs: {}\n\n{}{}", cost_basis(), aligned(sides.rows()),
                     text_of(cost_notes(sides.columns, sides.architecture)));
}

std::string move_costs_markdown(const driver::Migrated& made) {
  const Sides sides(made);
  if (!sides.shown()) return {};
  std::string out = fmt::format("\n## What a month costs\n\n{}.\n\n", sentence(cost_basis()));
  const std::vector<Row> rows = sides.rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const std::string& text : rows[i]) out += (text.empty() ? "| " : "| " + cell(text) + " ");
    out += "|\n";
    if (i > 0) continue;
    for (std::size_t k = 0; k < rows[i].size(); ++k) out += "|---";
    out += "|\n";
  }
  for (const CostNote& note : cost_notes(sides.columns, sides.architecture)) {
    out += "\n" + sentence(note.title) + ":\n\n";
    for (const std::string& line : note.lines) out += "- " + line + "\n";
  }
  const std::vector<Row> prices = prices_of(sides);
  if (prices.empty()) return out;
  out += "\n| cloud | price | as of | source |\n|---|---|---|---|\n";
  for (const Row& row : prices) out += fmt::format("| {} | `{}` | {} | {} |\n", row[0], row[1], row[2], cell(row[3]));
  return out;
}

nlohmann::ordered_json move_costs_json(const driver::Migrated& made) {
  const Sides sides(made);
  if (!sides.shown()) return nullptr;
  nlohmann::ordered_json out{{"before", nullptr}, {"after", nullptr}};
  if (sides.costs.before) out["before"] = cost_json(sides.columns.front(), sides.architecture);
  if (sides.costs.after) out["after"] = cost_json(sides.columns.back(), sides.architecture);
  if (const std::string why = sides.missing(); !why.empty()) out["missing"] = why;
  if (!sides.both()) return out;
  auto& list = out["difference"] = nlohmann::ordered_json::array();
  const CostSum before = sum_of(sides.columns[0].cost->estimate), after = sum_of(sides.columns[1].cost->estimate);
  for (const auto& [currency, more] : difference(before, after))
    list.push_back(nlohmann::ordered_json{{"currency", currency}, {"more", cost_range(more)}});
  out["all_known"] = all_known(before) && all_known(after);
  return out;
}

}  // namespace virga::cli
