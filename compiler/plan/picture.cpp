// Before and after in one picture: green comes, red and dashed goes, yellow changes.
#include "compiler/architecture/mermaid.h"
#include "compiler/plan/meaning.h"

#include <fmt/format.h>

#include <map>
#include <set>

namespace virga::plan {
namespace {

struct Style {
  std::string_view how, colour, more;
};
/// Not by colour alone, which not everybody sees.
constexpr Style kStyles[] = {
    {"comes", "#1a7f37", ""}, {"goes", "#cf222e", ",stroke-dasharray:4"}, {"changes", "#9a6700", ""}};

class Picture {
 public:
  Picture(const Meaning& meaning, const Architecture& before, const Architecture& after)
      : meaning_(meaning), before_(before), after_(after) {}

  /// Only what changes and what touches it: a picture of everything shows nothing.
  std::string run() {
    for (const NodeDifference& d : meaning_.nodes) {
      if (d.after != nullptr) show(after_, *d.after, d.before == nullptr ? "comes" : "changes");
      else show(before_, *d.before, "goes");
    }
    std::set<const Edge*> drawn;
    for (const EdgeDifference& d : meaning_.edges) {
      const bool gone = d.after == nullptr;
      const Edge& e = gone ? *d.before : *d.after;
      drawn.insert(&e);
      draw(gone ? before_ : after_, e, gone ? "goes" : d.before == nullptr ? "comes" : "changes");
    }
    for (const Edge& e : after_.edges) {
      const auto changed = [&](NodeId n) { return meaning_.of(after_.node(n).identity()) != nullptr; };
      if (!drawn.contains(&e) && (changed(e.from.node) || changed(e.to.node))) draw(after_, e, "stays");
    }
    std::string out = "flowchart LR\n";
    for (const auto& [id, node] : nodes_) out += fmt::format("  {}:::{}\n", node.first, node.second);
    out += edges_ + "  classDef stays stroke:#8c959f\n";
    for (const auto& [how, colour, more] : kStyles) {
      out += fmt::format("  classDef {} stroke:{},stroke-width:2px{}\n", how, colour, more);
      if (const auto numbers = numbers_.find(how); numbers != numbers_.end())
        out += fmt::format("  linkStyle {} stroke:{}\n", numbers->second, colour);
    }
    return out;
  }

 private:
  /// What was said of a node first counts: what changes is told before what only touches it.
  void show(const Architecture& a, const Node& n, std::string_view how) {
    const std::string id = mermaid_id(n.identity());
    nodes_.try_emplace(id, mermaid_node(a, n, id), how);
  }

  void draw(const Architecture& a, const Edge& e, std::string_view how) {
    const Node& from = a.node(e.from.node);
    const Node& to = a.node(e.to.node);
    show(a, from, "stays");
    show(a, to, "stays");
    edges_ += "  " + mermaid_edge(e, mermaid_id(from.identity()), mermaid_id(to.identity())) + "\n";
    std::string& numbers = numbers_[how];
    numbers += (numbers.empty() ? "" : ",") + std::to_string(drawn_++);
  }

  const Meaning& meaning_;
  const Architecture& before_;
  const Architecture& after_;
  std::map<std::string, std::pair<std::string, std::string_view>> nodes_;  ///< id → its text, what becomes of it
  std::string edges_;
  std::map<std::string_view, std::string> numbers_;  ///< what becomes of edges → their places among all, as Mermaid counts
  std::size_t drawn_ = 0;
};

}  // namespace

std::string mermaid(const Meaning& meaning, const Architecture& before, const Architecture& after) {
  return meaning.empty() ? "" : Picture(meaning, before, after).run();
}

}  // namespace virga::plan
