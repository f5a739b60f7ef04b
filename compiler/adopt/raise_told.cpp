#include "compiler/adopt/raise_told.h"

#include "compiler/adopt/ports.h"
#include "compiler/adopt/raise_fates.h"
#include "compiler/adopt/value_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::adopt {

void TellReader::run() {
  for (Part& part : parts_) {
    if (part.row == nullptr || q_.dialect.tell == nullptr) continue;
    if (const auto told = q_.dialect.tell(*part.resource, q_.stack, q_.files)) read(part, *told);
  }
  if (q_.dialect.statements_of != nullptr) read_statements();
}

void TellReader::read(Part& part, const cloud::Told& told) {
  const std::string& id = part.resource->id;
  Reading reading{id, part.resource->type, told.lacks, told.changes, {}};
  for (const cloud::ToldEdge& edge : told.edges) {
    DraftEdge made;
    const std::string why = make(part, edge, made);
    if (why.empty() && is_said(made)) continue;
    if (why.empty()) reading.edges.push_back({edge.part, edge.port, std::move(made)});
    else if (told.each_alone) reading.changes.push_back({edge.part, "impossible", why});
    else reading.lacks = fmt::format("`{}`: {}", edge.part, why);
  }
  for (const auto& [name, value] : told.attributes) {
    if (q_.raw.contains(id + "~" + name)) reading.lacks = fmt::format("`{}` would not hold together", name);
  }
  if (!reading.lacks.empty()) {
    reading.edges.clear();
    reading.changes.clear();
  } else {
    for (const auto& [name, value] : told.attributes) say(part.draft.attributes, name, language_text(value));
    for (const ReadEdge& read : reading.edges) draft_.edges.push_back(read.edge);
  }
  readings_.push_back(std::move(reading));
}

std::string TellReader::make(const Part& part, const cloud::ToldEdge& edge, DraftEdge& made) const {
  made.id = part.resource->id + "." + edge.part;
  made.from = part.draft.name;
  made.port = edge.port;
  made.argument = edge.argument;
  made.hand_over = edge.hand_over;
  made.to = words_.only_node(edge.target, edge.kind);
  made.to_port = edge.to_port;
  for (const auto& [name, value] : edge.properties) made.properties.emplace_back(name, language_text(value));
  if (made.to.empty()) return fmt::format("it leads to a {} that this template does not hold", edge.kind);
  if (q_.raw.contains(made.id)) return "it would not hold together";
  finish(made, part, port_of(part.row->kind, edge.port), port_of(edge.kind, edge.to_port.empty() ? "self" : edge.to_port));
  return {};
}

void TellReader::finish(DraftEdge& made, const Part& from, const std::string& from_port, const std::string& to_port) const {
  const Row* first =
      table_.edge(from_port, made.hand_over, to_port, "", {from.row, nullptr, said_by(from.resource->properties)});
  if (first != nullptr && first->type != kTold) made.on.emplace_back("type", in_quotes(kTold));
}

/// Whether something else in the template says the same edge: an event of the function.
bool TellReader::is_said(const DraftEdge& edge) const {
  return std::any_of(draft_.edges.begin(), draft_.edges.end(), [&](const DraftEdge& e) {
    return e.from == edge.from && e.port == edge.port && e.argument == edge.argument;
  });
}

void TellReader::tell(std::vector<Fate>& fates) const {
  for (const Reading& reading : readings_) {
    const auto owner = std::find_if(fates.begin(), fates.end(), [&](const Fate& f) { return f.id == reading.id; });
    if (owner == fates.end()) continue;
    owner->lacks = reading.lacks;
    std::vector<Fate> parts;
    for (const ReadEdge& read : reading.edges) {
      const bool known = std::any_of(parts.begin(), parts.end(), [&](const Fate& f) { return f.id == read.edge.id; });
      if (known) continue;
      Fate& part = parts.emplace_back();
      part.id = read.edge.id;
      part.type = fmt::format("{}:{}", reading.type, read.what);
      part.part = reading.id;
      part.raised = true;
      part.as = edge_text(read.edge);
    }
    for (const cloud::ToldChange& change : reading.changes) {
      const auto part =
          std::find_if(parts.begin(), parts.end(), [&](const Fate& f) { return f.id == reading.id + "." + change.part; });
      Fate& fate = part == parts.end() ? *owner : *part;
      fate.changes.push_back(change);
      // What is no part of its own is named in words.
      if (part == parts.end() && !change.part.empty())
        fate.changes.back().says = fmt::format("`{}`: {}", change.part, change.says);
    }
    fates.insert(owner + 1, parts.begin(), parts.end());
  }
}

}  // namespace virga::adopt
