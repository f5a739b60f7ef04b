// What whoever deploys must be allowed to do: deployer.yaml.
#pragma once

#include "compiler/catalog/tool/document.h"
#include "compiler/catalog/tool/tables.h"

namespace virga::catalog_tool {

void read_deployer(const std::filesystem::path& folder, Tables& tables, Problems& problems);

}  // namespace virga::catalog_tool
