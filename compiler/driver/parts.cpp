#include "compiler/driver/parts.h"

#include "compiler/cloud/crossing.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/partition/everything.h"
#include "compiler/partition/split.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::driver {
namespace {

namespace codes = diag::codes;
using partition::Problem;

/// "`a`, `b` and 3 more"
std::string names_of(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 4;
  std::string out;
  const std::size_t shown = names.size() > kShown + 1 ? kShown : names.size();
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == names.size();
    out += (i == 0 ? "`" : last ? " and `" : ", `") + names[i] + "`";
  }
  return shown == names.size() ? out : out + fmt::format(" and {} more", names.size() - shown);
}

struct Reporter {
  const FrontEnd& front;
  const Architecture& architecture;
  const cloud::Target& target;
  const partition::Graph& graph;
  diag::Sink& sink;

  [[nodiscard]] const std::string& name(std::size_t piece) const { return graph.pieces[piece].name; }
  [[nodiscard]] Span line(std::size_t piece) const {
    const auto found = front.part_lines.find({target.name(), name(piece)});
    return found == front.part_lines.end() ? graph.pieces[piece].span : found->second;
  }

  void report(const Problem& p) const {
    const std::string file(partition::kPartsFile);
    if (p.kind == Problem::Kind::apart) {
      sink.report(line(p.pieces[1]), codes::PartsApart, names_of({name(p.pieces[0]), name(p.pieces[1])}), file,
                  target.name())
          .label(line(p.pieces[0]), "the other one")
          .help(fmt::format("let both lines name one stack, `{}` or `{}`", p.parts[0], p.parts[1]));
    } else if (p.kind == Problem::Kind::circle) {
      auto r = sink.report(line(p.pieces.empty() ? 0 : p.pieces[0]), codes::PartsCircle, names_of(p.parts), target.name());
      for (std::size_t i = 0; i + 1 < p.pieces.size(); i += 2)
        r.note(fmt::format("`{}` in `{}` needs `{}` in `{}`", name(p.pieces[i]), p.parts[i / 2 % 2], name(p.pieces[i + 1]),
                           p.parts[1 - i / 2 % 2]));
      r.help("put one of them into the other's stack, by its line in `" + file + "`; `virga plan` shows what that does");
    } else {
      std::vector<std::string> names;
      std::size_t resources = 0;
      const auto node = std::find_if(p.pieces.begin(), p.pieces.end(), [&](std::size_t i) { return !graph.pieces[i].edge; });
      const Span place = graph.pieces[node == p.pieces.end() ? p.pieces.front() : *node].span;
      for (const std::size_t piece : p.pieces) {
        names.push_back(name(piece));
        resources += graph.pieces[piece].resources.size();
      }
      (void)takes_resources(target,
                            {place,
                             names_of(names) + (names.size() == 1 ? " is never in two stacks"
                                                                  : " need each other, so they are never in two stacks"),
                             "make several nodes of it, or two apps"},
                            resources, "", sink);
    }
  }

  void report_unplaced(const std::map<std::string, std::string>& placed) const {
    std::vector<std::string> names;
    for (const auto& [what, part] : placed) names.push_back(what);
    sink.report(architecture.app.span, codes::PartsUnplaced, names_of(names) + (names.size() == 1 ? " has" : " have"),
                std::string(partition::kPartsFile), target.name())
        .help("run `virga compile` without `--locked`, and commit the file");
  }
};

/// The pieces of which something stands in the app's only stack, which is the first part.
partition::Recorded standing_pieces(const cloud::Stack& stack, const partition::Graph& graph,
                                    const std::set<std::string, std::less<>>& ids) {
  partition::Recorded out;
  for (std::size_t i = 0; i < stack.resources.size(); ++i) {
    if (ids.contains(stack.resources[i].id)) out.emplace(graph.pieces[graph.piece_of[i]].name, partition::kFirstPart);
  }
  return out;
}

bool has_room(const partition::Graph& graph, const partition::Placement& placement, const partition::Limits& limits) {
  std::vector<std::size_t> resources(placement.parts.size());
  for (std::size_t g = 0; g < graph.groups.size(); ++g) resources[placement.part_of[g]] += graph.groups[g].resources;
  return std::all_of(resources.begin(), resources.end(), [&](std::size_t n) { return n <= limits.resources; });
}

/// Grants stand with the stack of whoever gets them.
void deal_out_grants(std::vector<cloud::Grant> grants, const Architecture& a, const cloud::Stack& whole,
                     const partition::Graph& graph, const partition::Placement& placement, std::vector<TargetStack>& parts) {
  std::map<std::string_view, std::size_t> part_of;
  for (std::size_t i = 0; i < whole.resources.size(); ++i) {
    const cloud::Resource& r = whole.resources[i];
    if (r.from.node && !r.from.edge)
      part_of.try_emplace(a.node(*r.from.node).name, placement.part_of[graph.group_of[graph.piece_of[i]]]);
  }
  for (cloud::Grant& g : grants) {
    const auto found = part_of.find(g.who);
    parts[found == part_of.end() ? 0 : found->second].lowered.grants.push_back(std::move(g));
  }
}

}  // namespace

bool can_part(const cloud::Target& target) { return cloud::crosses(*target.format) != nullptr; }

Expected<bool> load_parts(const LoadRequest& from, FrontEnd& front, diag::Sink& sink) {
  const std::string path = (from.folder.empty() ? "" : from.folder + "/") + std::string(partition::kPartsFile);
  front.project.parts_path = from.shown(path);
  if (!from.files.is_file(path)) return true;
  auto text = from.files.read(path, partition::kLargestParts);
  if (!text) return text.error();
  front.project.parts = add_text(front.project, from.shown(path), std::move(*text), sink);
  if (front.project.parts == nullptr) return true;
  front.parts = partition::read_parts(*front.project.parts, sink, &front.part_lines);
  for (const auto& [name, lines] : front.parts) {
    const cloud::Target target = cloud::find_target(name);
    if (lines.empty() || (target.format != nullptr && can_part(target))) continue;
    sink.report(front.part_lines.at({name, lines.begin()->first}), codes::PartsLine,
                target.format == nullptr ? "there is no target `" + name + "`"
                                         : "an app stands in one stack of `" + name + "`, however large it is")
        .help("take the lines of `" + name + "` out");
  }
  return true;
}

std::vector<TargetStack> part(const FrontEnd& front, const Architecture& a, TargetStack made, std::size_t bytes,
                              partition::Recorded& recorded, const BackEndRequest& request, diag::Sink& sink) {
  const auto whole = std::make_shared<const cloud::Stack>(std::move(made.lowered.stack));
  const cloud::Target target = made.target;
  const partition::Graph graph = partition::graph_of(*whole, a, bytes);
  partition::Recorded standing;
  if (const auto ids = request.stands.find(target.name()); ids != request.stands.end() && recorded.empty())
    standing = standing_pieces(*whole, graph, ids->second);
  partition::Placement placement = partition::place(graph, standing.empty() ? recorded : standing, limits_of(target));
  // What stands may need to make room: then it is as if nothing did, and the plan shows what moves.
  if (!standing.empty() && (!placement.problems.empty() || !has_room(graph, placement, limits_of(target)))) {
    standing.clear();
    placement = partition::place(graph, recorded, limits_of(target));
  }
  placement.placed.insert(standing.begin(), standing.end());
  const Reporter reporter{front, a, target, graph, sink};
  for (const Problem& p : placement.problems) reporter.report(p);
  if (!placement.problems.empty()) return {};
  if (request.locked && !placement.placed.empty()) {
    reporter.report_unplaced(placement.placed);
    return {};
  }
  std::vector<TargetStack> out;
  bool good = true;
  for (partition::Part& p : partition::split(*whole, graph, placement, *cloud::crosses(*target.format))) {
    TargetStack& one = out.emplace_back();
    one.target = target;
    one.region = made.region;
    one.part = p.name;
    one.lowered.stack = std::move(p.stack);
    if (out.size() == 1) one.lowered.decisions = std::move(made.lowered.decisions);  // once: they are about the whole app
    one.whole = whole;
    const Holder holder = part_holder(one, a);
    good = takes_resources(target, holder, one.lowered.stack.resources.size(), "", sink) && good;
    good = keeps_counts(target, holder, one.lowered.stack, sink) && good;
  }
  if (!good) return {};
  deal_out_grants(std::move(made.lowered.grants), a, *whole, graph, placement, out);
  recorded.insert(placement.placed.begin(), placement.placed.end());
  if (!out.empty()) out.front().placed = std::move(placement.placed);
  return out;
}

Holder part_holder(const TargetStack& part, const Architecture& a) {
  return {a.app.span, "it is that of the stack `" + part.lowered.stack.name + "`",
          "give some of what stands there another stack, by its line in `" + std::string(partition::kPartsFile) +
              "`; `virga plan` shows what that does"};
}

std::optional<std::string> new_parts_file(const FrontEnd& front, const std::vector<TargetStack>& stacks) {
  partition::PartsFile parts = front.parts;
  bool any = false;
  for (const TargetStack& s : stacks) {
    const auto said = parts.find(s.target.name());
    const bool all = said != parts.end() && said->second.contains(partition::kEverything);
    any = any || all || !s.placed.empty();
    if (!all && s.placed.empty()) continue;
    partition::Recorded& lines = parts[s.target.name()];
    lines.insert(s.placed.begin(), s.placed.end());
    if (all) lines.erase(lines.find(partition::kEverything));
  }
  if (!any) return std::nullopt;
  return partition::write_parts(parts);
}

}  // namespace virga::driver
