#include "backends/aliyun/serverless_devs/parts.h"

#include "backends/aliyun/serverless_devs/fold.h"
#include "compiler/cloud/references.h"

#include <algorithm>

namespace virga::aliyun::serverless_devs {

using cloud::Resource;

namespace {

bool uploads(const Resource& r) {
  const Type* type = table().find(r.type);
  return std::any_of(type->rows.begin(), type->rows.end(), [&](const Row& row) {
    const cloud::Value* value = row.shape == Shape::path ? r.properties.find(row.property) : nullptr;
    return value != nullptr && value->get<std::string>() != nullptr;
  });
}

}  // namespace

Division::Division(const cloud::Stack& stack) : stack_(stack) {
  fold();
  do {
    spread();
    gather();
  } while (move_out() || cut_circle());
  order();
}

Place Division::place(const std::string& id) const {
  const auto found = places_.find(id);
  return found == places_.end() ? Place::before : found->second;
}

const Unit* Division::unit_of(const std::string& id) const {
  const auto found = unit_.find(id);
  return found == unit_.end() ? nullptr : &units_[found->second];
}

/// What a part belongs to, when that stands in the s.yaml.
const Resource* Division::owner_of(const Resource& r) const {
  const Type* type = table().find(r.type);
  if (type == nullptr || !type->component.empty()) return nullptr;
  const cloud::Value* on = r.properties.find(type->owner_property);
  const auto* att = on == nullptr ? nullptr : on->get<cloud::GetAtt>();
  const Resource* owner = att == nullptr ? nullptr : stack_.find(att->resource);
  if (owner == nullptr || owner->type != type->owner_type || place(owner->id) != Place::app) return nullptr;
  return att->attribute == type->owner_property ? owner : nullptr;
}

/// Everything that the table has a row for.
void Division::fold() {
  for (const Resource& r : stack_.resources) {
    const Type* type = table().find(r.type);
    if (type != nullptr && !type->component.empty()) places_[r.id] = Place::app;
  }
  std::map<std::pair<const Resource*, std::string_view>, bool> taken;  // a function has one asynchronous setting
  for (const Resource& r : stack_.resources) {
    const Type* type = table().find(r.type);
    const Resource* owner = owner_of(r);
    if (owner == nullptr) continue;
    if (type->listed || taken.emplace(std::pair(owner, type->part), true).second) places_[r.id] = Place::app;
  }
}

/// What needs something of the s.yaml comes after it, and so does what needs that.
void Division::spread() {
  for (auto& [id, place] : places_) {
    if (place == Place::after) place = Place::before;
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const Resource& r : stack_.resources) {
      if (place(r.id) != Place::before) continue;
      const std::set<std::string> needed = cloud::needs(r);
      if (std::none_of(needed.begin(), needed.end(), [&](const std::string& id) { return place(id) != Place::before; }))
        continue;
      places_[r.id] = Place::after;
      changed = true;
    }
  }
}

void Division::gather() {
  units_.clear();
  unit_.clear();
  for (const Resource& r : stack_.resources) {
    if (place(r.id) != Place::app || table().find(r.type)->component.empty()) continue;
    unit_[r.id] = units_.size();
    units_.push_back({&r, {}});
  }
  for (const Resource& r : stack_.resources) {
    if (place(r.id) != Place::app || !table().find(r.type)->component.empty()) continue;
    const std::size_t at = unit_.at(owner_of(r)->id);
    unit_[r.id] = at;
    units_[at].parts.push_back(&r);
  }
}

/// Moves what cannot be said in the s.yaml into a template; true when something moved. A function with a path for its code
/// stays: nothing but the s.yaml uploads it, so that it cannot be said is an error.
bool Division::move_out() {
  bool moved = false;
  for (const Unit& unit : units_) {
    for (const Resource* part : unit.parts) {
      if (Fold(*this).run(*part).problems.empty()) continue;
      places_[part->id] = Place::before;
      moved = true;
    }
    if (uploads(*unit.resource) || Fold(*this).run(*unit.resource).problems.empty()) continue;
    places_[unit.resource->id] = Place::before;
    for (const Resource* part : unit.parts) places_[part->id] = Place::before;
    moved = true;
  }
  return moved;
}

/// Unit → the units that stand before it, for whatever reason.
std::map<const Resource*, std::vector<const Resource*>> Division::edges() const {
  std::map<const Resource*, std::vector<const Resource*>> out;
  for (const Unit& unit : units_) {
    std::vector<const Resource*>& to = out[unit.resource];
    const auto add = [&](const Resource& r) {
      for (const std::string& id : cloud::needs(r)) {
        const Unit* other = unit_of(id);
        if (other != nullptr && other->resource != unit.resource) to.push_back(other->resource);
      }
    };
    add(*unit.resource);
    for (const Resource* part : unit.parts) add(*part);
  }
  return out;
}

namespace {

/// Depth first, in the order of the stack, so that what is in order already stays as it is.
class Sorter {
 public:
  using Edges = std::map<const Resource*, std::vector<const Resource*>>;
  explicit Sorter(Edges edges) : edges_(std::move(edges)) {}

  /// False when `r` stands on a circle, which `circle` then holds.
  bool visit(const Resource* r) {
    if (done_.contains(r)) return true;
    if (const auto at = std::find(path_.begin(), path_.end(), r); at != path_.end()) {
      circle.assign(at, path_.end());
      return false;
    }
    path_.push_back(r);
    for (const Resource* next : edges_[r]) {
      if (!visit(next)) return false;
    }
    path_.pop_back();
    done_.insert(r);
    sorted.push_back(r);
    return true;
  }

  std::vector<const Resource*> sorted, circle;

 private:
  Edges edges_;
  std::vector<const Resource*> path_;
  std::set<const Resource*> done_;
};

}  // namespace

/// Two functions that report to each other stand in no order. A template that comes after both can say what they report.
bool Division::cut_circle() {
  Sorter sorter(edges());
  for (const Unit& unit : units_) {
    if (sorter.visit(unit.resource)) continue;
    for (const Resource* on : sorter.circle) {
      for (const Resource* part : unit_of(on->id)->parts) {
        const std::set<std::string> needed = cloud::needs(*part);
        const bool closes = std::any_of(needed.begin(), needed.end(), [&](const std::string& id) {
          const Unit* other = unit_of(id);
          return other != nullptr && other->resource != on &&
                 std::find(sorter.circle.begin(), sorter.circle.end(), other->resource) != sorter.circle.end();
        });
        if (!closes) continue;
        places_[part->id] = Place::before;
        return true;
      }
    }
    return false;
  }
  return false;
}

void Division::order() {
  Sorter sorter(edges());
  for (const Unit& unit : units_) (void)sorter.visit(unit.resource);
  std::vector<Unit> sorted;
  for (const Resource* r : sorter.sorted) sorted.push_back(*unit_of(r->id));
  if (sorted.size() != units_.size()) return;
  units_ = std::move(sorted);
  unit_.clear();
  for (std::size_t i = 0; i < units_.size(); ++i) {
    unit_[units_[i].resource->id] = i;
    for (const Resource* part : units_[i].parts) unit_[part->id] = i;
  }
}

bool equals(const cloud::Value& value, const Literal& literal) {
  switch (literal.kind) {
    case Literal::Kind::text: return value == cloud::Value(literal.text);
    case Literal::Kind::number:
      if (const auto* whole = value.get<std::int64_t>()) return static_cast<double>(*whole) == literal.number;
      return value.get<double>() != nullptr && *value.get<double>() == literal.number;
    case Literal::Kind::boolean: return value == cloud::Value(literal.text == "true");
    case Literal::Kind::empty_list: return value.get<cloud::Values>() != nullptr && value.get<cloud::Values>()->empty();
  }
  return false;
}

}  // namespace virga::aliyun::serverless_devs
