#include "compiler/adopt/raise_told.h"

#include "compiler/adopt/raise_fates.h"
#include "compiler/adopt/value_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::adopt {

void TellReader::run() {
  if (q_.dialect.tell == nullptr) return;
  for (Part& part : parts_) {
    if (part.row == nullptr) continue;
    if (const auto told = q_.dialect.tell(*part.resource, q_.files)) read(part, *told);
  }
}

void TellReader::read(Part& part, const cloud::Told& told) {
  Reading reading{part.resource->id, part.resource->type, told.lacks, told.changes, {}};
  for (const cloud::ToldEdge& edge : told.edges) {
    DraftEdge made;
    made.id = part.resource->id + "." + edge.part;
    made.from = part.draft.name;
    made.port = edge.port;
    made.argument = edge.argument;
    made.hand_over = edge.hand_over;
    made.to = node(edge);
    made.to_port = edge.to_port;
    for (const auto& [name, value] : edge.properties) made.properties.emplace_back(name, text_of(value));
    if (made.to.empty())
      reading.lacks = fmt::format("`{}` leads to a {} that this template does not hold", edge.part, edge.kind);
    reading.edges.emplace_back(edge.part, std::move(made));
  }
  if (reading.lacks.empty() && stays(part.resource->id, told)) reading.lacks = "the program would not hold together";
  if (!reading.lacks.empty()) {
    reading.edges.clear();
    reading.changes.clear();
  } else {
    for (const auto& [name, value] : told.attributes) say(part.draft.attributes, name, text_of(value));
    for (const auto& [name, edge] : reading.edges) draft_.edges.push_back(edge);
  }
  readings_.push_back(std::move(reading));
}

/// Whether the compiler had something against it.
bool TellReader::stays(const std::string& id, const cloud::Told& told) const {
  return std::any_of(told.edges.begin(), told.edges.end(),
                     [&](const cloud::ToldEdge& e) { return q_.raw.contains(id + "." + e.part); }) ||
         std::any_of(told.attributes.begin(), told.attributes.end(),
                     [&](const auto& a) { return q_.raw.contains(id + "~" + a.first); });
}

/// The only node that its target refers to.
std::string TellReader::node(const cloud::ToldEdge& edge) const {
  std::vector<std::string> ids;
  collect_references(edge.target, ids);
  std::set<std::string> found;
  for (const std::string& id : ids) {
    const auto named = words_.nodes.find(id);
    if (named != words_.nodes.end() && named->second.row != nullptr && named->second.row->kind == edge.kind)
      found.insert(named->second.name);
  }
  return found.size() == 1 ? *found.begin() : std::string();
}

void TellReader::tell(std::vector<Fate>& fates) const {
  for (const Reading& reading : readings_) {
    const auto owner = std::find_if(fates.begin(), fates.end(), [&](const Fate& f) { return f.id == reading.id; });
    if (owner == fates.end()) continue;
    owner->lacks = reading.lacks;
    std::vector<Fate> parts;
    for (const auto& [name, edge] : reading.edges) {
      const bool known = std::any_of(parts.begin(), parts.end(), [&](const Fate& f) { return f.id == edge.id; });
      if (known) continue;
      Fate& part = parts.emplace_back();
      part.id = edge.id;
      part.type = fmt::format("{}:{}", reading.type, edge.port);
      part.part = reading.id;
      part.raised = true;
      part.as = told(edge);
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
