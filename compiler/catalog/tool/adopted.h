// adopted.yaml: how nodes and edges stand in templates that were made elsewhere.
#pragma once

#include "compiler/catalog/tool/document.h"
#include "compiler/catalog/tool/tables.h"

namespace virga::catalog_tool {

/// leaving.yaml: what becomes of what no node and no edge says when an app moves elsewhere.
void read_leaving(const std::filesystem::path& folder, Tables& tables, Problems& problems);
void read_adopted(const std::filesystem::path& folder, Tables& tables, Problems& problems);

}  // namespace virga::catalog_tool
