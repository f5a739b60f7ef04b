// Before and after as a scene for the picture: what comes, goes, changes and stays.
#include "compiler/architecture/scene.h"
#include "compiler/plan/report.h"

#include <fmt/format.h>

#include <map>

namespace virga::plan {
namespace {

using picture::Becomes;

template <class Difference>
Becomes what(const Difference& d) {
  return d.before == nullptr ? Becomes::comes : d.after == nullptr ? Becomes::goes : Becomes::changes;
}

void tell(const std::vector<Said>& said, std::vector<std::string>& out) {
  for (const Said& s : said) out.push_back(to_text(s));
}

/// Two programs.
picture::Scene compared(const Meaning& meaning, const Architecture& before, const Architecture& after) {
  picture::Scene out = scene_of(after);
  std::map<std::string_view, std::size_t> places;  // by identity: what did not change its kind is the same node
  for (std::size_t i = 0; i < after.nodes.size(); ++i) places.emplace(after.nodes[i].identity(), i);
  std::map<NodeId, std::size_t> gone;
  for (const NodeDifference& d : meaning.nodes) {
    const std::size_t place = d.after != nullptr ? static_cast<std::size_t>(d.after->id) : out.nodes.size();
    if (d.after == nullptr) {
      out.nodes.push_back(scene_node(before, *d.before));
      gone.emplace(d.before->id, place);
    }
    picture::SceneNode& node = out.nodes[place];
    node.becomes = what(d);
    node.says.front() += fmt::format(": {}", picture::word(node.becomes));
    if (d.renamed()) node.says.push_back("was called " + d.before->name);
    tell(d.said, node.says);
  }
  const auto place_of = [&](const Port& end) {
    const auto found = gone.find(end.node);
    if (found != gone.end()) return found->second;
    return places.at(before.node(end.node).identity());
  };
  for (const EdgeDifference& d : meaning.edges) {
    if (d.after == nullptr)
      out.edges.push_back(scene_edge(before, *d.before, place_of(d.before->from), place_of(d.before->to)));
    picture::SceneEdge& edge = d.after == nullptr ? out.edges.back() : out.edges[static_cast<std::size_t>(d.after->id)];
    edge.becomes = what(d);
    edge.says.front() += fmt::format(": {}", picture::word(edge.becomes));
    tell(d.said, edge.says);
  }
  return out;
}

/// One program, and what happens to the stacks.
picture::Scene wanted(const Report& report) {
  const Architecture& a = *report.after;
  picture::Scene out = scene_of(a);
  if (report.standing.empty()) {
    for (picture::SceneNode& n : out.nodes) n.becomes = Becomes::comes;
    for (picture::SceneEdge& e : out.edges) e.becomes = Becomes::comes;
    return out;
  }
  std::map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < a.nodes.size(); ++i) places.emplace(a.nodes[i].identity(), i);
  std::set<std::string> gone;
  for (const StackReport& s : report.stacks) {
    for (std::size_t i = 0; i < s.owners.size(); ++i) {
      if (s.plan.changes[i].action == Action::none) continue;
      const Owner& o = s.owners[i];
      const auto found = places.find(o.identity.empty() ? o.name : o.identity);
      if (found != places.end()) {
        const bool stands = report.stand.contains(std::string(found->first));
        out.nodes[found->second].becomes = stands ? Becomes::changes : Becomes::comes;
      } else if (o.place.empty() && !o.name.empty() && gone.insert(o.name).second) {
        out.nodes.push_back({o.name, o.kind, picture::Shape::foreign, Becomes::goes, {o.name + ": goes"}});
      }
    }
  }
  return out;
}

}  // namespace

std::string render_svg(const Report& report, const std::string& id) {
  picture::Scene scene = report.meaning ? compared(*report.meaning, *report.before, *report.after) : wanted(report);
  scene.compared = true;
  scene.id = id;
  scene.title = report.standing.empty() ? fmt::format("{}: a first deployment", report.app)
                                        : fmt::format("{}: what changes against {}", report.app, report.standing);
  return picture::svg(std::move(scene));
}

}  // namespace virga::plan
