// Tables → the text of a C++ file that holds them as constants.
#pragma once

#include "compiler/catalog/tool/tables.h"

namespace virga::catalog_tool {

/// The file defines `const virga::catalog::Catalog& NAMESPACE::catalog()`.
[[nodiscard]] std::string write(const Tables& tables, const std::string& name_space);

}  // namespace virga::catalog_tool
