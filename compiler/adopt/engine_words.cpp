#include "compiler/adopt/engine_words.h"

#include <algorithm>

namespace virga::adopt {
namespace {

struct Look {
  const Architecture& architecture;
  const cloud::Dialect* there;

  bool any(const Values& values) const {
    return std::any_of(values.begin(), values.end(), [&](const Value& v) { return found(v); });
  }

  bool found(const Value& value) const {
    if (const auto* p = value.get<ParamRef>(); p != nullptr && there != nullptr) {
      const auto known = cloud::pseudo_named(architecture.param(p->param).engine);
      return known && there->name_of(*known).empty();
    }
    if (const auto* text = value.get<Box<Concat>>()) return any((*text)->parts);
    if (const auto* c = value.get<Box<Choice>>()) return any({(*c)->left, (*c)->right, (*c)->then, (*c)->otherwise});
    if (const auto* list = value.get<Values>()) return any(*list);
    const auto* map = value.get<Map>();
    if (map == nullptr) return false;
    return (map->entries.size() == 1 && cloud::names_function(map->entries.front().key)) ||
           std::any_of(map->entries.begin(), map->entries.end(), [&](const MapEntry& e) { return found(e.value); });
  }
};

}  // namespace

bool in_engine_words(const Value& value, const Architecture& architecture, const cloud::Dialect* there) {
  return Look{architecture, there}.found(value);
}

}  // namespace virga::adopt
