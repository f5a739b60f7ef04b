// Logical ids ↔ names in Terraform. One to one: two ids never become one name, and a name says which id it was.
#pragma once

#include <string>
#include <string_view>

namespace virga::terraform {

/// `SyncRole` → `sync_role`. A capital is `_` and its small letter (the first one loses the `_`), `_` itself is `__`. An id
/// that begins with no capital begins with `_`.
[[nodiscard]] std::string to_name(std::string_view id);
/// The other way; a name that `to_name` never makes is read as far as it goes.
[[nodiscard]] std::string to_id(std::string_view name);

/// The same for variables, a few of whose names Terraform keeps for itself: those end in `_`.
[[nodiscard]] std::string to_variable(std::string_view id);
[[nodiscard]] std::string from_variable(std::string_view name);

}  // namespace virga::terraform
