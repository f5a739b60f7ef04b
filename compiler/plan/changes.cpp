// Two units, property by property.
#include "compiler/plan/plan.h"

namespace virga::plan {
namespace {

using cloud::Object;
using cloud::Value;
using cloud::Values;

void compare(Path& path, const Value* before, const Value* after, std::vector<Change>& out);

void compare_objects(Path& path, const Object& before, const Object& after, std::vector<Change>& out) {
  for (const cloud::Member& m : before.members) {
    path.emplace_back(m.key);
    compare(path, &m.value, after.find(m.key), out);
    path.pop_back();
  }
  for (const cloud::Member& m : after.members) {
    if (before.find(m.key) != nullptr) continue;
    path.emplace_back(m.key);
    compare(path, nullptr, &m.value, out);
    path.pop_back();
  }
}

void compare(Path& path, const Value* before, const Value* after, std::vector<Change>& out) {
  if (before != nullptr && after != nullptr) {
    if (*before == *after) return;
    const auto* b = before->get<Object>();
    const auto* a = after->get<Object>();
    if (b != nullptr && a != nullptr) return compare_objects(path, *b, *a, out);
    // Lists of the same length are gone through; of others, nobody can say which item became which.
    const auto* bs = before->get<Values>();
    const auto* as = after->get<Values>();
    if (bs != nullptr && as != nullptr && bs->size() == as->size()) {
      for (std::size_t i = 0; i < bs->size(); ++i) {
        path.emplace_back(i);
        compare(path, &(*bs)[i], &(*as)[i], out);
        path.pop_back();
      }
      return;
    }
  }
  Change change;
  change.path = path;
  if (before != nullptr) change.before = *before;
  if (after != nullptr) change.after = *after;
  out.push_back(std::move(change));
}

Value texts(const std::vector<std::string>& items) {
  Values out;
  for (const std::string& item : items) out.emplace_back(item);
  return out;
}

}  // namespace

std::vector<Change> changes_of(const Value& before, const Value& after) {
  std::vector<Change> out;
  Path path;
  compare(path, &before, &after, out);
  return out;
}

std::vector<Change> changes_of(const cloud::Unit& before, const cloud::Unit& after) {
  std::vector<Change> out;
  Path path;
  compare_objects(path, before.properties, after.properties, out);
  const auto attribute = [&](std::string_view name, Value b, Value a) {
    if (!(b == a)) out.push_back({{std::string(name)}, std::move(b), std::move(a), Weight::in_place, {}});
  };
  if (before.depends_on != after.depends_on) attribute(kDependsOn, texts(before.depends_on), texts(after.depends_on));
  attribute(kOnRemoval, word(before.on_removal), word(after.on_removal));
  attribute(kOnReplace, word(before.on_replace), word(after.on_replace));
  return out;
}

}  // namespace virga::plan
