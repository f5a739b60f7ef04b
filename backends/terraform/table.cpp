#include "backends/terraform/table.h"

#include "backends/terraform/layout.h"

#include <algorithm>

namespace virga::terraform {

const Type* Table::find(std::string_view type) const {
  const auto at =
      std::lower_bound(types.begin(), types.end(), type, [](const Type& t, std::string_view name) { return t.type < name; });
  return at != types.end() && at->type == type ? &*at : nullptr;
}

bool is_nested(const Type& type, const cloud::Resource& resource) {
  if (type.nested.empty() || type.nested_property.empty()) return !type.nested.empty();
  const cloud::Value* value = resource.properties.find(type.nested_property);
  return value != nullptr && *value == to_value(type.nested_value);
}

}  // namespace virga::terraform
