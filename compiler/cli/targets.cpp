// virga targets: the portability matrix, from the tables of kinds and edges.
#include "compiler/cli/command.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace virga::cli {
namespace {

struct Cell {
  catalog::Fidelity fidelity = catalog::Fidelity::impossible;
  std::string says = "no row: the kinds do not meet on this cloud";
};

/// A kind, or an edge between ports of two kinds, with a cell for each target.
struct Row {
  std::string kind;  ///< empty for an edge
  std::string from, to;
  bool hand_over = false;
  std::vector<Cell> cells = {};

  [[nodiscard]] std::string name() const {
    return kind.empty() ? fmt::format("{} {} {}", from, hand_over ? "~>" : "->", to) : kind;
  }
};

/// `queue.dead` → `queue`
std::string_view kind_of(std::string_view port) { return port.substr(0, port.find('.')); }

/// Whether a format has no words yet for what a kind becomes, although another format of the cloud does.
bool unsaid(const catalog::Catalog& c, std::string_view kind, std::string_view format) {
  const auto* row = c.kind(kind, format);
  return row != nullptr && ("," + std::string(row->unsaid) + ",").find("," + std::string(format) + ",") != std::string::npos;
}

/// Kinds first, each row once, in the order in which the clouds' tables name them.
std::vector<Row> rows(const std::vector<cloud::Target>& targets) {
  std::vector<Row> out;
  const auto remember = [&](Row row) {
    const auto same = [&](const Row& r) { return r.name() == row.name(); };
    if (std::none_of(out.begin(), out.end(), same)) out.push_back(std::move(row));
  };
  for (const cloud::Target& t : targets) {
    for (const catalog::KindRow& k : t.backend->catalog().kinds) remember({std::string(k.kind), "", ""});
  }
  for (const cloud::Target& t : targets) {
    for (const catalog::EdgeRow& e : t.backend->catalog().edges)
      remember({"", std::string(e.from), std::string(e.to), e.hand_over});
  }
  for (Row& row : out) {
    for (const cloud::Target& t : targets) {
      const catalog::Catalog& c = t.backend->catalog();
      Cell& cell = row.cells.emplace_back();
      if (const auto* k = row.kind.empty() ? nullptr : c.kind(row.kind, t.format->name()))
        cell = {k->fidelity, std::string(k->says)};
      if (const auto* e = row.kind.empty() ? c.edge(row.from, row.hand_over, row.to, t.format->name()) : nullptr)
        cell = {e->fidelity, std::string(e->says)};
      for (const std::string_view kind : {kind_of(row.kind.empty() ? row.from : row.kind), kind_of(row.to)}) {
        if (kind.empty() || cell.fidelity == catalog::Fidelity::impossible || !unsaid(c, kind, t.format->name())) continue;
        cell = {catalog::Fidelity::impossible,
                fmt::format("no words yet for what a {} becomes; take another format of this cloud", kind)};
      }
    }
  }
  return out;
}

char mark(catalog::Fidelity f) {
  switch (f) {
    case catalog::Fidelity::exact: return 'y';
    case catalog::Fidelity::emulated: return 'e';
    case catalog::Fidelity::degraded: return 'd';
    case catalog::Fidelity::impossible: return '-';
  }
  return '?';
}

/// One line per row, a column per target; then what stands behind every cell that is not exact.
std::string text(const std::vector<cloud::Target>& targets, bool long_form) {
  const std::vector<Row> all = rows(targets);
  std::size_t width = 0;
  for (const Row& r : all) width = std::max(width, r.name().size());
  std::string out, notes;
  const auto header = [&](std::string_view title) {
    out += fmt::format("{:<{}}", title, width);
    for (const cloud::Target& t : targets) out += "  " + t.name();
    out += "\n";
  };
  header("kinds");
  bool edges = false;
  for (const Row& row : all) {
    if (row.kind.empty() && !edges) {
      edges = true;
      out += "\n";
      header("edges");
    }
    out += fmt::format("{:<{}}", row.name(), width);
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const Cell& cell = row.cells[i];
      const std::string target = targets[i].name();
      out += fmt::format("  {:<{}}", mark(cell.fidelity), target.size());
      if (cell.fidelity != catalog::Fidelity::exact || long_form)
        notes += fmt::format("{} on {}: {}\n", row.name(), target, cell.says);
    }
    out += "\n";
  }
  return out + "\ny exact, e emulated by other parts, d means something else in part, - impossible\n\n" + notes;
}

std::string json(const std::vector<cloud::Target>& targets) {
  nlohmann::ordered_json out{{"kinds", nlohmann::ordered_json::array()}, {"edges", nlohmann::ordered_json::array()}};
  for (const Row& row : rows(targets)) {
    nlohmann::ordered_json entry;
    if (row.kind.empty()) entry = {{"from", row.from}, {"arrow", row.hand_over ? "~>" : "->"}, {"to", row.to}};
    else entry = {{"kind", row.kind}};
    for (std::size_t i = 0; i < targets.size(); ++i) {
      entry["targets"][targets[i].name()] = {{"verdict", catalog::word(row.cells[i].fidelity)}, {"says", row.cells[i].says}};
    }
    out[row.kind.empty() ? "edges" : "kinds"].push_back(std::move(entry));
  }
  return out.dump(2) + "\n";
}

}  // namespace

void add_targets_command(Program& program) {
  struct Options {
    bool all = false, json = false;
  };
  auto o = std::make_shared<Options>();
  Command c = program.command("targets", "the portability matrix: what each target makes of each kind and edge");
  c.flag("--long", o->all, "say what stands behind every cell");
  c.flag("--json", o->json, "every cell with what stands behind it, as JSON");
  c.runs([o] {
    const auto targets = cloud::all_targets();
    return print(o->json ? json(targets) : text(targets, o->all));
  });
}

}  // namespace virga::cli
