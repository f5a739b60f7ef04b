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

}  // namespace

void TellReader::read_statements() {
  const cloud::Statements statements = q_.dialect.statements_of(q_.stack);
  for (const cloud::Statement& s : statements.all) read(s);
}

void TellReader::read(const cloud::Statement& statement) {
  const cloud::Resource* in = q_.stack.find(statement.id);
  Reading reading{statement.id, in == nullptr ? std::string() : in->type, "", {}, {}};
  const auto row_of = [&](std::string_view id) {
    const auto node = words_.nodes.find(id);
    return node == words_.nodes.end() ? nullptr : node->second.row;
  };
  std::vector<const Part*> whom;
  for (const Part& part : parts_) {
    const bool one = std::find(statement.whom.begin(), statement.whom.end(), part.resource->id) != statement.whom.end();
    if (one && part.row != nullptr) whom.push_back(&part);
  }
  AllowedBy all;
  for (const Part* part : whom) {
    const AllowedBy allowed = allowed_by(*statement.says, table_, part->row->kind, q_.stack, row_of);
    for (const AllowedEdge& edge : allowed.edges) read(*part, edge, whom, reading);
    all = allowed;  // they are of one kind
  }
  leave(statement.part, all, reading);
  if (!reading.edges.empty() || !reading.changes.empty()) readings_.push_back(std::move(reading));
}

void TellReader::read(const Part& part, const AllowedEdge& edge, const std::vector<const Part*>& whom, Reading& reading) {
  DraftEdge made;
  made.from = part.draft.name;
  made.to = words_.nodes.find(edge.target)->second.name;
  made.to_port = port_name(edge.row->to) == "self" ? "" : port_name(edge.row->to);
  const std::string type(edge.row->type);
  made.id =
      fmt::format("{}.{}.{}.{}{}{}", reading.id, type, made.from, made.to, made.to_port.empty() ? "" : ".", made.to_port);
  // Who reads a queue by an event needs the permission to take from it, and so does everybody who has the same role.
  const bool given = made.to_port == kTake && std::any_of(whom.begin(), whom.end(),
                                                          [&](const Part* p) { return hands_over(made.to, p->draft.name); });
  if (given || is_said(made)) return;
  const bool circle = hands_over(made.to, made.from);
  if (circle || q_.raw.contains(made.id)) {
    const std::string why = circle ? "lead round in a circle" : "not hold together";
    reading.changes.push_back({edge_text(made), "degraded", "as an edge it would " + why});
    return;
  }
  finish(made, part, std::string(edge.row->from), std::string(edge.row->to));
  made.stated = true;
  draft_.edges.push_back(made);
  reading.edges.push_back({edge_text(made), type, std::move(made)});
}

bool TellReader::hands_over(const std::string& from, const std::string& to) const {
  return std::any_of(draft_.edges.begin(), draft_.edges.end(),
                     [&](const DraftEdge& e) { return e.from == from && e.to == to && e.port.empty() && e.hand_over; });
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
