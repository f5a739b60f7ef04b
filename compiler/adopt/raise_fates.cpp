#include "compiler/adopt/raise_fates.h"

#include "compiler/adopt/items.h"
#include "compiler/adopt/path.h"
#include "compiler/adopt/shell.h"

#include <algorithm>

namespace virga::adopt {
namespace {

using cloud::Object;

const DraftEdge* edge_of(const std::vector<DraftEdge>& edges, const std::string& fate) {
  const auto found = std::find_if(edges.begin(), edges.end(), [&](const DraftEdge& e) { return e.id == fate; });
  return found == edges.end() ? nullptr : &*found;
}

/// Names and values of the items that stand in a resource as edges do.
std::vector<std::pair<std::string, const Object*>> items_of(const Within& within, const cloud::Value& all) {
  std::vector<std::pair<std::string, const Object*>> out;
  if (const auto* items = all.get<Object>()) {
    for (const cloud::Member& m : items->members) out.emplace_back(m.key, m.value.get<Object>());
  }
  if (const auto* list = all.get<cloud::Values>()) {
    for (const cloud::Value& v : *list) {
      const auto* item = v.get<Object>();
      if (item != nullptr && !member(*item, within.id).empty()) out.emplace_back(member(*item, within.id), item);
    }
  }
  return out;
}

void add_items(const Within& within, const Part& part, const std::vector<DraftEdge>& edges, std::vector<Fate>& out) {
  const cloud::Value* all = find(part.resource->properties, within.path);
  if (all == nullptr) return;
  const std::string_view word = all->get<Object>() != nullptr ? "Type" : within.type;
  std::set<std::string> listed;
  for (const auto& [name, item] : items_of(within, *all)) {
    if (!listed.insert(name).second) continue;
    Fate fate;
    fate.id = part.resource->id + "." + name;
    fate.type = part.resource->type + ":Event:" + (item == nullptr ? std::string() : member(*item, word));
    if (const DraftEdge* e = edge_of(edges, fate.id)) {
      fate.raised = true;
      fate.as = edge_text(*e);
      for (const std::string& property : e->left) fate.says.emplace_back(property, "");
    } else if (says_item(part, within, name, item == nullptr ? std::string() : member(*item, word))) {
      fate.raised = true;
      fate.node = part.draft.name;
      fate.as = std::string(part.row->kind) + " " + part.draft.name;
    } else if (part.items.contains(name)) {
      fate.raised = true;
      fate.beside = true;
      fate.as = "beside " + part.draft.name;
    } else if (is_there_twice(within, part.resource->properties, name)) {
      fate.why = "another one has the same name";
    } else {
      fate.why = part.row == nullptr ? "it stands in what is no node" : "its source is no node of the program";
    }
    out.push_back(std::move(fate));
  }
}

/// Where edges stand as items in a resource of that type; nothing when they do not.
std::optional<Within> items_in(const Table& table, std::string_view type) {
  std::string_view kind;
  for (const Row* row : table.rows()) {
    if (!row->kind.empty() && row->type == type) kind = row->kind;
  }
  for (const Row* row : table.rows()) {
    const Within within = within_of(*row);
    const bool of_items = within.shape == Within::Shape::items || within.shape == Within::Shape::typed;
    const bool here = row->owner.empty() || row->owner == type;
    if (row->kind.empty() && !kind.empty() && of_items && here && kind_of(row->to) == kind) return within;
  }
  return std::nullopt;
}

}  // namespace

std::string edge_text(const DraftEdge& e) {
  return e.from + (e.argument.empty() ? (e.port.empty() ? "" : "." + e.port) : " " + e.port + " \"" + e.argument + "\"") +
         (e.hand_over ? " ~> " : " -> ") + e.to + (e.to_port.empty() ? "" : "." + e.to_port);
}

void tell_properties(Part& part) {
  std::set<std::string> seen;
  for (const catalog::Said& said : part.row->says) {
    if (said.property.empty() || said.property.find('@') != std::string_view::npos) continue;
    const std::string head(said.property.substr(0, said.property.find_first_of(".[")));
    if (find(part.resource->properties, said.property) == nullptr || part.rest.find(head) != nullptr) continue;
    if (seen.insert(head).second) part.says.emplace_back(head, std::string(said.attribute));
  }
  for (const cloud::Member& m : part.rest.members) {
    if (m.key != part.row->called && m.value.get<cloud::Null>() == nullptr) part.says.emplace_back(m.key, "");
  }
}

std::vector<Fate> fates_of(const std::vector<Part>& parts, const Table& table, const std::vector<DraftEdge>& edges,
                           const cloud::Dialect& dialect) {
  std::vector<Fate> out;
  for (const Part& part : parts) {
    Fate fate;
    fate.id = part.resource->id;
    fate.type = part.resource->type;
    fate.raised = part.row != nullptr || part.gone;
    fate.says = part.says;
    if (part.row != nullptr) {
      fate.node = part.draft.name;
      fate.as = std::string(part.row->kind) + " " + part.draft.name;
    } else if (!part.beside.empty()) {
      fate.beside = true;
      fate.as = "beside " + part.beside;
    } else if (const DraftEdge* e = part.gone ? edge_of(edges, fate.id) : nullptr) {
      fate.as = edge_text(*e);
      for (const std::string& property : e->left) fate.says.emplace_back(property, "");
    } else {
      fate.why = part.why;
    }
    if (fate.raised && !fate.beside) {
      for (const cloud::Member& m : more_of(*part.resource, dialect).members) fate.says.emplace_back(m.key, "");
    }
    out.push_back(std::move(fate));
    if (const auto within = items_in(table, part.resource->type)) add_items(*within, part, edges, out);
  }
  return out;
}

}  // namespace virga::adopt
