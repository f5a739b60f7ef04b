// A folder of catalogue files → tables, with every rule of docs/catalogue.md checked.
#pragma once

#include "compiler/catalog/tool/document.h"
#include "compiler/catalog/tool/tables.h"

namespace virga::catalog_tool {

[[nodiscard]] Tables read(const std::filesystem::path& folder, Problems& problems);

}  // namespace virga::catalog_tool
