// Before and after in one picture: green comes, red goes, yellow changes.
#include "compiler/plan/meaning.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace virga::plan {
namespace {

std::string id(std::string name) {
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

}  // namespace

std::string mermaid(const Meaning& meaning, const Architecture& before, const Architecture& after) {
  if (meaning.empty()) return {};
  // Only what changes and what touches it: a picture of everything shows nothing.
  std::map<std::string, std::string> shown;  // id → class
  std::map<std::string, std::string> labels;
  const auto show = [&](const Node& n, const std::string& how) {
    const std::string key = id(n.identity());
    labels[key] = n.name + "<br/><small>" + (n.raw() ? n.vendor_type : n.kind) + "</small>";
    std::string& now = shown[key];
    if (now.empty()) now = how;
  };
  for (const NodeDifference& d : meaning.nodes) {
    if (d.after != nullptr) show(*d.after, d.before == nullptr ? "comes" : "changes");
    else show(*d.before, "goes");
  }
  struct Line {
    std::string from, to, label, how;
    bool call;
  };
  std::vector<Line> lines;
  const auto draw = [&](const Architecture& a, const Edge& e, const std::string& how) {
    const Node& from = a.node(e.from.node);
    const Node& to = a.node(e.to.node);
    show(from, "stays");
    show(to, "stays");
    std::string label = e.from.name == "self" ? "" : e.from.name;
    if (!e.from.argument.empty()) label += " " + e.from.argument;
    lines.push_back({id(from.identity()), id(to.identity()), label, how, e.delivery == Delivery::call});
  };
  std::set<const Edge*> drawn;
  for (const EdgeDifference& d : meaning.edges) {
    const bool gone = d.after == nullptr;
    const Edge& e = gone ? *d.before : *d.after;
    drawn.insert(&e);
    draw(gone ? before : after, e, gone ? "goes" : d.before == nullptr ? "comes" : "changes");
  }
  for (const Edge& e : after.edges) {
    if (drawn.contains(&e)) continue;
    const auto changed = [&](NodeId n) { return meaning.of(after.node(n).identity()) != nullptr; };
    if (changed(e.from.node) || changed(e.to.node)) draw(after, e, "stays");
  }
  std::string out = "flowchart LR\n";
  for (const auto& [key, how] : shown) {
    std::string label;
    for (const char c : labels[key]) label += c == '"' ? '\'' : c;
    out += fmt::format("  {}[\"{}\"]:::{}\n", key, label, how);
  }
  std::map<std::string, std::string> styles;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& l = lines[i];
    std::string label;
    for (const char c : l.label) label += c == '"' ? '\'' : c;
    out += fmt::format("  {} {}{} {}\n", l.from, l.call ? "-->" : "-.->", label.empty() ? "" : "|\"" + label + "\"|", l.to);
    if (l.how != "stays") styles[l.how] += (styles[l.how].empty() ? "" : ",") + std::to_string(i);
  }
  out +=
      "  classDef comes stroke:#1a7f37,stroke-width:2px\n  classDef goes stroke:#cf222e,stroke-dasharray:4\n"
      "  classDef changes stroke:#9a6700,stroke-width:2px\n  classDef stays stroke:#8c959f\n";
  const std::map<std::string, std::string> colours = {{"comes", "#1a7f37"}, {"goes", "#cf222e"}, {"changes", "#9a6700"}};
  for (const auto& [how, numbers] : styles) out += fmt::format("  linkStyle {} stroke:{}\n", numbers, colours.at(how));
  return out;
}

}  // namespace virga::plan
