#include "compiler/adopt/raise_beside.h"

#include "compiler/adopt/items.h"
#include "compiler/adopt/path.h"
#include "compiler/adopt/ports.h"
#include "compiler/adopt/raise_fates.h"
#include "compiler/adopt/shell.h"

#include <algorithm>

namespace virga::adopt {
namespace {

/// A property that names its node as the cloud does.
constexpr std::string_view kCalled = ":called";

std::string port_text(const std::string& kind, const std::string& port) {
  return port_of(kind, port.empty() ? "self" : port);
}

}  // namespace

std::string as_map(const Said& said) {
  std::string out = "{";
  for (const auto& [name, value] : said) out += "\n" + key_text(name) + " = " + value;
  return out + "\n}";
}

void BesideReader::know() {
  for (const DraftNode& n : sources_) {
    sources_kinds_[n.name] = n.kind;
    if (!n.id.empty()) known_[n.id] = {n.name, 0};
  }
  for (const auto& [id, named] : words_.nodes) {
    ids_.emplace(named.name, id);
    if (named.row != nullptr) known_[id] = {named.name, 0};
  }
  for (std::size_t i = 0; i < draft_.edges.size(); ++i) known_.emplace(draft_.edges[i].id, Whose{"", i});
  for (const Part& part : parts_) {
    for (const std::string& id : ids_in(part, "")) named_by_[id].push_back(part.resource->id);
  }
}

void BesideReader::run() {
  know();
  for (Part& part : parts_) items(part);
  // What a row names first tells better whose it is than what it names after that, so all that it tells is known before.
  for (const bool first : {true, false}) {
    first_alone_ = first;
    place_all();
  }
}

void BesideReader::place_all() {
  std::map<std::string_view, std::size_t> places;
  std::set<std::size_t> next;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    places[parts_[i].resource->id] = i;
    next.insert(i);
  }
  // What belongs to something that stands beside a node stands beside that node as well: once it is known, those that it
  // names and that name it are looked at again.
  while (!next.empty()) {
    std::set<std::size_t> again;
    for (const std::size_t i : next) {
      Part& part = parts_[i];
      if (part.row != nullptr || part.gone || q_.raw.contains(part.resource->id) || !place(part)) continue;
      std::vector<std::string> others = naming(part.resource->id);
      for (std::string& id : ids_in(part, "")) others.push_back(std::move(id));
      for (const std::string& id : others) {
        if (const auto at = places.find(id); at != places.end()) again.insert(at->second);
      }
    }
    next = std::move(again);
  }
}

std::vector<std::string> BesideReader::ids_in(const Part& part, std::string_view property) const {
  std::vector<std::string> out;
  if (property.empty()) {
    collect_references(part.resource->properties, out);
    out.insert(out.end(), part.resource->depends_on.begin(), part.resource->depends_on.end());
  } else if (const cloud::Value* value = find(part.resource->properties, property)) {
    collect_references(*value, out);
    if (const auto* id = value->get<std::string>()) out.push_back(*id);
  }
  return out;
}

namespace {

/// The values at `Routes[].Name`.
void collect(const cloud::Value& value, std::string_view path, cloud::Values& out) {
  if (path.empty()) {
    out.push_back(value);
    return;
  }
  if (path.starts_with("[]")) {
    path.remove_prefix(path.starts_with("[].") ? 3 : 2);
    if (const auto* list = value.get<cloud::Values>())
      for (const cloud::Value& item : *list) collect(item, path, out);
    return;
  }
  const std::size_t end = std::min(path.find_first_of(".["), path.size());
  const auto* object = value.get<cloud::Object>();
  const cloud::Value* inner = object == nullptr ? nullptr : object->find(path.substr(0, end));
  path.remove_prefix(end);
  if (path.starts_with('.')) path.remove_prefix(1);
  if (inner != nullptr) collect(*inner, path, out);
}

}  // namespace

/// The only node that the values at a path name, by what it is called on the cloud or by a reference.
std::vector<std::string> BesideReader::called(const Part& part, std::string_view path) const {
  cloud::Values values;
  collect(cloud::Value(part.resource->properties), path, values);
  std::set<std::string> out;
  for (const cloud::Value& value : values) {
    std::set<std::string> met;
    std::vector<std::string> named;
    collect_references(value, named);
    for (const Part& other : parts_) {
      if (other.row == nullptr) continue;
      const bool has_name = !other.row->called.empty();
      const cloud::Value* name = has_name ? find(other.resource->properties, other.row->called) : nullptr;
      const bool refers = std::find(named.begin(), named.end(), other.resource->id) != named.end();
      if (refers || (name != nullptr && *name == value)) met.insert(other.resource->id);
    }
    if (met.empty()) return {};  // it is about something else as well
    out.insert(met.begin(), met.end());
  }
  return out.size() == 1 ? std::vector<std::string>(out.begin(), out.end()) : std::vector<std::string>();
}

/// What stands beside a node as an item in its own resource.
void BesideReader::items(Part& part) {
  for (const Row* row : part.row == nullptr ? std::vector<const Row*>() : table_.beside()) {
    const Within within = within_of(*row);
    if (row->within.empty() || !is_about(*row, owner({part.draft.name, 0})) || stays_raw(q_, part, within.path)) continue;
    cloud::Value* all = part.rest.find(within.path);
    auto* list = all == nullptr ? nullptr : all->get<cloud::Values>();
    for (std::size_t i = 0; list != nullptr && i < list->size();) {
      const auto item = item_of(*row, within, (*list)[i]);
      const bool is = item && fits(*row, item->properties) &&
                      !says_item(part, within, item->id, std::string(written_type(*row))) &&
                      !is_there_twice(within, part.resource->properties, item->id);
      if (!is) {
        ++i;
        continue;
      }
      const std::string said = "{ " + key_text(row->type) + " = " + words_.any(item->properties) + " }";
      nodes[part.draft.name].emplace_back(item->id, said);
      part.items.insert(item->id);
      list->erase(list->begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (list != nullptr && list->empty()) take(part.rest, within.path);
  }
}

std::vector<std::string> BesideReader::naming(const std::string& id) const {
  const auto found = named_by_.find(id);
  return found == named_by_.end() ? std::vector<std::string>() : found->second;
}

/// Of the resource that stands for a node; null when none does.
const Row* BesideReader::row_of_node(const std::string& node) const {
  const auto id = ids_.find(node);
  const auto named = id == ids_.end() ? words_.nodes.end() : words_.nodes.find(id->second);
  return named == words_.nodes.end() ? nullptr : named->second.row;
}

std::string_view BesideReader::kind_of_node(const std::string& node) const {
  if (const Row* row = row_of_node(node)) return row->kind;
  const auto source = sources_kinds_.find(node);
  return source == sources_kinds_.end() ? std::string_view() : source->second;
}

Owner BesideReader::owner(const Whose& whose) const {
  Owner out;
  if (!whose.node.empty()) {
    out.kind = kind_of_node(whose.node);
    const Row* row = row_of_node(whose.node);
    out.type = row == nullptr ? std::string_view() : row->type;
    return out;
  }
  const DraftEdge& e = draft_.edges[whose.edge];
  out.from = port_text(std::string(kind_of_node(e.from)), e.port);
  out.to = port_text(std::string(kind_of_node(e.to)), e.to_port);
  out.hand_over = e.hand_over;
  return out;
}

/// The first of these that is an owner as the row wants it.
std::optional<BesideReader::Whose> BesideReader::among(const Row& row, const std::vector<std::string>& ids) const {
  for (const std::string& id : ids) {
    const auto found = known_.find(id);
    if (found != known_.end() && is_about(row, owner(found->second))) return found->second;
  }
  return std::nullopt;
}

/// The first edge between two nodes that the resource names.
std::optional<BesideReader::Whose> BesideReader::edge_between(const Row& row, const Part& part) const {
  const auto names = [&](std::string_view said) {
    std::set<std::string> out;
    for (const std::string& id : ids_in(part, end_of(said).property)) {
      const auto node = known_.find(id);
      if (node != known_.end() && !node->second.node.empty()) out.insert(node->second.node);
      else if (node != known_.end() && node->second.node.empty()) out.insert(draft_.edges[node->second.edge].from);
    }
    return out;
  };
  const std::set<std::string> from = names(row.source), to = names(row.target);
  for (std::size_t i = 0; i < draft_.edges.size(); ++i) {
    const DraftEdge& e = draft_.edges[i];
    const bool taken = taken_.contains({i, part.resource->type});
    if (!taken && from.contains(e.from) && to.contains(e.to) && is_about(row, owner({"", i}))) return Whose{"", i};
  }
  return std::nullopt;
}

std::optional<BesideReader::Whose> BesideReader::whose(const Row& row, const Part& part) const {
  if (row.beside == "edge") return edge_between(row, part);
  if (row.by.empty()) return among(row, ids_in(part, ""));
  for (const std::string_view by : row.by) {
    std::vector<std::string> ids;
    if (by == "@named") {
      ids = naming(part.resource->id);
    } else if (by.ends_with(kCalled)) {
      ids = called(part, by.substr(0, by.size() - kCalled.size()));
    } else if (by == "@first") {
      for (const Part& other : parts_) ids.push_back(other.resource->id);
    } else {
      ids = ids_in(part, by);
    }
    if (auto found = among(row, ids)) return found;
    if (first_alone_) break;
  }
  return std::nullopt;
}

bool BesideReader::place(Part& part) {
  if (part.resource->more.find(q_.dialect.properties) != nullptr) return false;  // a macro makes them
  for (const Row* row : table_.beside()) {
    if (!row->within.empty() || !is_of(*row, part.resource->type)) continue;
    if (const auto found = whose(*row, part)) {
      put(part, *row, *found);
      return true;
    }
  }
  return false;
}

void BesideReader::put(Part& part, const Row& found, const Whose& whose) {
  const Row* first = row_beside(table_, owner(whose), part.resource->type);  // as it is written again
  const Row& row = first == nullptr ? found : *first;
  DraftEdge* edge = whose.node.empty() ? &draft_.edges[whose.edge] : nullptr;
  const cloud::Object follows =
      following(row, q_.dialect, [&](bool source, std::string_view output) -> std::optional<cloud::Value> {
        const std::string& name = edge == nullptr ? whose.node : source ? edge->from : edge->to;
        const auto known = ids_.find(name);
        const std::string id = known == ids_.end() ? std::string() : known->second;
        const auto node = words_.nodes.find(id);
        const std::string_view attribute = node == words_.nodes.end() || node->second.row == nullptr
                                               ? std::string_view()
                                               : attribute_of(*node->second.row, output);
        if (attribute.empty()) return std::nullopt;
        if (attribute == "Ref") return cloud::Value(cloud::Ref{id});
        return cloud::Value(cloud::GetAtt{id, std::string(attribute)});
      });
  cloud::Object said;  // in the order in which it is written again
  for (const cloud::Member& m : follows.members) {
    const cloud::Value* given = part.resource->properties.find(m.key);
    if (given == nullptr) said.set(m.key, cloud::Value());
    else if (stays_raw(q_, part, m.key) || !alike(*given, m.value)) said.set(m.key, *given);
  }
  for (const cloud::Member& m : part.resource->properties.members) {
    if (follows.find(m.key) == nullptr) said.set(m.key, m.value);
  }
  part.gone = true;
  words_.nodes.erase(part.resource->id);
  known_[part.resource->id] = whose;
  part.beside = edge == nullptr ? whose.node : edge_text(*edge);
  if (edge != nullptr) taken_.insert({whose.edge, part.resource->type});
  Said entry{{part.resource->type, words_.any(said)}};
  const cloud::Object more = more_of(*part.resource, q_.dialect);
  if (!more.members.empty()) entry.emplace_back("more", words_.any(more));
  const std::string text =
      entry.size() > 1 ? as_map(entry) : "{ " + key_text(entry[0].first) + " = " + entry[0].second + " }";
  (edge == nullptr ? nodes[whose.node] : edge->beside).emplace_back(part.resource->id, text);
}

}  // namespace virga::adopt
