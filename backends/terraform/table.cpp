#include "backends/terraform/table.h"

#include <algorithm>

namespace virga::terraform {

const Type* Table::find(std::string_view type) const {
  const auto at =
      std::lower_bound(types.begin(), types.end(), type, [](const Type& t, std::string_view name) { return t.type < name; });
  return at != types.end() && at->type == type ? &*at : nullptr;
}

}  // namespace virga::terraform
