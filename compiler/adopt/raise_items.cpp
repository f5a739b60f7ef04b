// The forms in which edges stand in a template: within the resource of an end, or as resources of their own.
#include "compiler/adopt/items.h"
#include "compiler/adopt/path.h"
#include "compiler/adopt/raise_edges.h"
#include "compiler/adopt/shell.h"

#include <fmt/format.h>

namespace virga::adopt {

using cloud::Object;

/// `Events: { New: { Type: SQS, Properties: { … } } }`
void EdgeReader::items(const Row& row, const Within& within, Part& part) {
  const cloud::Value* all = part.rest.find(within.path);
  if (all == nullptr || all->get<Object>() == nullptr) return;
  const Object standing = *all->get<Object>();
  for (const cloud::Member& m : standing.members) {
    const auto* item = m.value.get<Object>();
    if (item == nullptr || member(*item, "Type") != written_type(row)) continue;
    const cloud::Value* said = item->find("Properties");
    if (item->members.size() != (said == nullptr ? 1U : 2U)) continue;
    if (said != nullptr && said->get<Object>() == nullptr) continue;
    Object properties = said == nullptr ? Object() : *said->get<Object>();
    auto made = edge(row, {m.key, part.resource->id + "." + m.key, &part, within.from}, properties);
    if (!made) continue;
    accept(row, std::move(*made), m.key, properties);
    take(part.rest, std::string(within.path) + "." + m.key);
  }
}

void EdgeReader::list(const Row& row, const Within& within, Part& part) {
  cloud::Value* all = part.rest.find(within.path);
  auto* list = all == nullptr ? nullptr : all->get<cloud::Values>();
  if (list == nullptr) return;
  // What is not known by a name cannot say to whom further words belong.
  const bool named = within.shape == Within::Shape::typed;
  for (std::size_t i = 0; i < list->size();) {
    auto item = item_of(row, within, (*list)[i]);
    if (item && named && is_there_twice(within, part.resource->properties, item->id)) item.reset();
    const std::string place = item && named ? item->id : fmt::format("{}.{}", within.path, i);
    auto made =
        item ? edge(row, {item->id, part.resource->id + "." + place, &part, within.from}, item->properties) : std::nullopt;
    const bool may_be_left = named || !row.when.empty();
    if (!made || (!may_be_left && !item->properties.members.empty())) {
      ++i;
      continue;
    }
    accept(row, std::move(*made), item->id, item->properties);
    list->erase(list->begin() + static_cast<std::ptrdiff_t>(i));
  }
  if (list->empty()) take(part.rest, within.path);
}

/// `RedrivePolicy: { … }`: all of it, or nothing.
void EdgeReader::property(const Row& row, const Within& within, Part& part) {
  const cloud::Value* all = find(part.rest, within.path);
  if (all == nullptr || all->get<Object>() == nullptr) return;
  Object properties = *all->get<Object>();
  auto made = edge(row, {"", part.resource->id + "." + std::string(within.path), &part, within.from}, properties);
  if (!made || !properties.members.empty()) return;
  accept(row, std::move(*made), "", {});
  take(part.rest, within.path);
}

/// `AlarmActions: [ … ]`: what leads to a node; the rest of the list stays.
void EdgeReader::references(const Row& row, const Within& within, Part& part) {
  cloud::Value* all = part.rest.find(within.path);
  auto* list = all == nullptr ? nullptr : all->get<cloud::Values>();
  if (list == nullptr) return;
  for (std::size_t i = 0; i < list->size();) {
    const std::string to = words_.node((*list)[i], kind_of(row.to), end_of(row.target).output);
    if (to.empty()) {
      ++i;
      continue;
    }
    DraftEdge made = of(row, part.resource->id + "." + std::string(within.path) + "." + to, row.type, row.to);
    made.from = part.draft.name;
    made.to = to;
    accept(row, std::move(made), "", {});
    list->erase(list->begin() + static_cast<std::ptrdiff_t>(i));
  }
  if (list->empty()) take(part.rest, within.path);
}

void EdgeReader::own_resource(const Row& row, Part& part) {
  Object properties = part.resource->properties;
  auto made = edge(row, {part.resource->id, part.resource->id, nullptr, false, part.draft.name}, properties);
  if (!made) return;
  const Object more = more_of(*part.resource, q_.dialect);
  if (!more.members.empty()) made->on.emplace_back("more", words_.any(more));
  accept(row, std::move(*made), part.resource->id, properties);
  part.gone = true;
  words_.nodes.erase(part.resource->id);
}

}  // namespace virga::adopt
