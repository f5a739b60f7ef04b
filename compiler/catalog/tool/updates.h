// What plans ask: what a change does to a resource, what is lost with it, and how engines deploy.
#pragma once

#include "compiler/catalog/tool/document.h"
#include "compiler/catalog/tool/tables.h"

namespace virga::catalog_tool {

/// updates.yaml with effects.yaml laid over it, and engines.yaml.
void read_updates(const std::filesystem::path& folder, Tables& tables, Problems& problems);

}  // namespace virga::catalog_tool
