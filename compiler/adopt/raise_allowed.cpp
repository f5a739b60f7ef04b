// What statements allow nodes → edges. The statements stay where they are, and count there.
#include "compiler/adopt/ports.h"
#include "compiler/adopt/raise_fates.h"
#include "compiler/adopt/raise_told.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace virga::adopt {
namespace {

/// The port at which a queue is asked for what it holds.
constexpr std::string_view kTake = "take";

/// So many edges of statements are said at most: nobody reads more, and a hostile template has as many as it likes.
constexpr std::size_t kMost = 3000;

std::string key_of(const DraftEdge& e) { return e.from + " " + e.port + " " + e.to + " " + e.to_port; }

}  // namespace

void TellReader::read_statements() {
  const StackNodes nodes(q_.stack, [&](std::string_view id) {
    const auto node = words_.nodes.find(id);
    return node == words_.nodes.end() ? nullptr : node->second.row;
  });
  std::map<std::string_view, const Part*> parts;
  for (const Part& part : parts_) {
    if (part.row != nullptr) parts[part.resource->id] = &part;
  }
  for (const DraftEdge& e : draft_.edges) {
    if (e.argument.empty()) said_.insert(key_of(e));
    if (e.port.empty() && e.hand_over) handed_over_.emplace(e.from, e.to);
  }
  for (const cloud::Statement& statement : q_.dialect.statements_of(q_.stack).all) {
    std::vector<const Part*> whom;
    for (const std::string& id : statement.whom) {
      if (const auto part = parts.find(id); part != parts.end()) whom.push_back(part->second);
    }
    if (!whom.empty()) read(statement, whom, nodes);
  }
}

void TellReader::read(const cloud::Statement& statement, const std::vector<const Part*>& whom, const StackNodes& nodes) {
  const cloud::Resource* in = q_.stack.find(statement.id);
  Reading reading{statement.id, in == nullptr ? std::string() : in->type, "", {}, {}};
  const AllowedBy allowed = allowed_by(*statement.says, table_, whom.front()->row->kind, nodes);
  std::vector<const AllowedEdge*> edges;
  for (const AllowedEdge& edge : allowed.edges) {
    // Who reads a queue by an event needs the permission to take from it, and so does everybody who has the same role.
    const std::string& to = words_.nodes.find(edge.target)->second.name;
    const bool given = port_name(edge.row->to) == kTake && std::any_of(whom.begin(), whom.end(), [&](const Part* p) {
                         return handed_over_.contains({to, p->draft.name});
                       });
    if (!given) edges.push_back(&edge);
  }
  bool whole = true;
  for (const Part* part : whom) {
    whole = whole && stated_ < kMost;
    for (std::size_t i = 0; whole && i < edges.size(); ++i) read(*part, *edges[i], reading);
  }
  if (!whole)
    reading.changes.push_back({statement.part, "degraded", fmt::format("{} edges are said already, so no more are", kMost)});
  leave(statement.part, allowed, reading);
  if (!reading.edges.empty() || !reading.changes.empty()) readings_.push_back(std::move(reading));
}

void TellReader::read(const Part& part, const AllowedEdge& edge, Reading& reading) {
  DraftEdge made;
  made.from = part.draft.name;
  made.to = words_.nodes.find(edge.target)->second.name;
  made.to_port = port_name(edge.row->to) == "self" ? "" : port_name(edge.row->to);
  const std::string type(edge.row->type);
  made.id =
      fmt::format("{}.{}.{}.{}{}{}", reading.id, type, made.from, made.to, made.to_port.empty() ? "" : ".", made.to_port);
  if (!said_.insert(key_of(made)).second) return;
  const bool circle = handed_over_.contains({made.to, made.from});
  if (circle || q_.raw.contains(made.id)) {
    const std::string why = circle ? "lead round in a circle" : "not hold together";
    reading.changes.push_back({edge_text(made), "degraded", "as an edge it would " + why});
    return;
  }
  finish(made, part, std::string(edge.row->from), std::string(edge.row->to));
  made.stated = true;
  ++stated_;
  draft_.edges.push_back(made);
  reading.edges.push_back({edge_text(made), type, std::move(made)});
}

/// In the words of the rows that tell what becomes of it.
void TellReader::leave(const std::string& part, const AllowedBy& allowed, Reading& reading) const {
  std::map<const catalog::LeavingRow*, std::string> listed;
  for (const std::string& action : allowed.unsaid) {
    const auto& rows = q_.catalog.leaving;
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const catalog::LeavingRow& r) {
      return !r.action.empty() && is_meant(r.action, action);
    });
    std::string& list = listed[row == rows.end() ? nullptr : &*row];
    list += (list.empty() ? "`" : ", `") + action + "`";
  }
  const auto degraded = [&](std::string says) { reading.changes.push_back({part, "degraded", std::move(says)}); };
  for (const auto& [row, list] : listed) {
    if (row == nullptr) degraded(fmt::format("no edge says {}, which nothing allows there", list));
    else reading.changes.push_back({part, row->fate, fmt::format("{}: {}", list, row->says)});
  }
  for (const std::string& pattern : allowed.partly)
    degraded(fmt::format("`{}` allows more than the edges say, which nothing allows there", pattern));
  if (allowed.elsewhere) degraded("some of what it leads to is no node of the program, and nothing allows it there");
}

}  // namespace virga::adopt
