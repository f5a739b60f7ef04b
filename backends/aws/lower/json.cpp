#include "backends/aws/lower/json.h"

#include "compiler/cloud/json_text.h"

namespace virga::aws {

cloud::Value json_text(Lowering& lowering, const Value& value) { return cloud::json_text(lowering.value(value)); }

cloud::Value filter_of(Lowering& lowering, const Value& where) {
  if (const Map* map = where.get<Map>()) {
    cloud::Object object;
    for (const MapEntry& entry : map->entries) object.set(entry.key, filter_of(lowering, entry.value));
    return object;
  }
  cloud::Value answer = lowering.value(where);
  return answer.get<cloud::Values>() != nullptr ? answer : cloud::Value(cloud::Values{std::move(answer)});
}

cloud::Value filter_text(Lowering& lowering, const Value& where, std::string_view key) {
  cloud::Value filter = filter_of(lowering, where);
  return cloud::json_text(key.empty() ? std::move(filter) : cloud::object({{std::string(key), std::move(filter)}}));
}

}  // namespace virga::aws
