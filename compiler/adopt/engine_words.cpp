#include "compiler/adopt/engine_words.h"

#include "compiler/cloud/intrinsics.h"

#include <algorithm>

namespace virga::adopt {

bool in_engine_words(const Value& value) {
  if (const auto* list = value.get<Values>()) return std::any_of(list->begin(), list->end(), in_engine_words);
  const auto* map = value.get<Map>();
  if (map == nullptr) return false;
  return (map->entries.size() == 1 && cloud::names_function(map->entries.front().key)) ||
         std::any_of(map->entries.begin(), map->entries.end(), [](const MapEntry& e) { return in_engine_words(e.value); });
}

}  // namespace virga::adopt
