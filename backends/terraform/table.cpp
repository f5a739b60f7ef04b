#include "backends/terraform/table.h"

#include "backends/terraform/layout.h"

#include <algorithm>

namespace virga::terraform {

const Type* Table::find(std::string_view type) const {
  const auto at =
      std::lower_bound(types.begin(), types.end(), type, [](const Type& t, std::string_view name) { return t.type < name; });
  return at != types.end() && at->type == type ? &*at : nullptr;
}

const Type* Table::find(const cloud::Resource& resource) const {
  const Type* found = find(resource.type);
  // Rows for what has a certain property stand before the one for the rest.
  for (; found != nullptr && found != types.data() + types.size() && found->type == resource.type; ++found) {
    if (found->having.empty() || resource.properties.find(found->having) != nullptr) return found;
  }
  return nullptr;
}

cloud::Value implied_value(const Row& row, const cloud::Object& beside) {
  const auto found =
      std::find_if(row.names.begin(), row.names.end(), [&](const Pair& p) { return beside.find(p.first) != nullptr; });
  return found == row.names.end() ? to_value(row.literal) : cloud::Value(found->second);
}

bool is_nested(const Type& type, const cloud::Resource& resource) {
  if (type.nested.empty() || type.nested_property.empty()) return !type.nested.empty();
  const cloud::Value* value = resource.properties.find(type.nested_property);
  if (value == nullptr || !type.nested_above) return value != nullptr && *value == to_value(type.nested_value);
  const auto* whole = value->get<std::int64_t>();
  const auto* real = value->get<double>();
  return (whole != nullptr && static_cast<double>(*whole) > type.nested_value.number) ||
         (real != nullptr && *real > type.nested_value.number);
}

}  // namespace virga::terraform
