// The account of a move, for people: as text, and as Markdown.
#include "compiler/adopt/report.h"

#include <fmt/format.h>

namespace virga::adopt {
namespace {

std::string line_of(const MovedRow& row) {
  std::string text = row.id.empty() ? "the app" : row.id;
  if (!row.property.empty()) text += "." + row.property;
  return text;
}

/// A cell of a table of Markdown.
std::string cell(std::string text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : c == '\n' ? std::string(" ") : std::string(1, c);
  return out;
}

std::string totals_of(const MoveReport& r) {
  std::string text;
  for (const Becomes b :
       {Becomes::exact, Becomes::renamed, Becomes::emulated, Becomes::degraded, Becomes::code, Becomes::impossible}) {
    const auto n = r.totals.find(to_text(b));
    if (n != r.totals.end()) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", n->second, to_text(b));
  }
  return text;
}

}  // namespace

std::string text_of(const MoveReport& r) {
  std::string out = fmt::format("{}: {} -> {}, {}\n", r.app, r.from, r.to, r.whole ? "made" : "not made");
  for (const MovedRow& row : r.rows) {
    if (row.fate == Becomes::exact && !row.property.empty()) continue;  // counted below
    out += fmt::format("  {}{:<10} {}", row.blocking ? "! " : "  ", to_text(row.fate), line_of(row));
    if (!row.as.empty()) out += "  = " + row.as;
    if (!row.place.empty()) out += "  " + row.place;
    out += "\n";
    if (!row.says.empty()) out += "               " + row.says + "\n";
  }
  out += "in all: " + totals_of(r) + "\neffort: " + r.effort + "\nmonthly cost: " + r.cost + "\n";
  return out;
}

std::string markdown_of(const MoveReport& r) {
  std::string out =
      fmt::format("# {}: {} to {}\n\n{}. {}.\n\nEffort: {}.\n\nMonthly cost before and after: {}.\n", r.app, r.from, r.to,
                  r.whole ? "A template was made" : "No template could be made", totals_of(r), r.effort, r.cost);
  for (const bool blocking : {true, false}) {
    std::string rows;
    for (const MovedRow& row : r.rows) {
      if (row.blocking != blocking) continue;
      rows += fmt::format("| `{}` | {} | {} | {} | {} |\n", cell(line_of(row)), cell(row.type), to_text(row.fate),
                          cell(row.as), cell(row.says + (row.place.empty() ? "" : " (" + row.place + ")")));
    }
    if (rows.empty()) continue;
    out += fmt::format("\n## {}\n\n| what | type | fate | becomes | what differs |\n|---|---|---|---|---|\n",
                       blocking ? "What blocks" : "Everything else") +
           rows;
  }
  return out;
}

}  // namespace virga::adopt
