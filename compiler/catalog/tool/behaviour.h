// behaviour.yaml: how nodes and edges behave when they run, as data for the checks over whole paths.
#pragma once

#include "compiler/catalog/tool/document.h"
#include "compiler/catalog/tool/tables.h"

namespace virga::catalog_tool {

/// Adds the rows of the file to `tables`, whose facts must have been read. Every setting's name is one that a check asks
/// for, every term has its form, every fact is there.
void read_behaviour(const std::filesystem::path& folder, Tables& tables, Problems& problems);

}  // namespace virga::catalog_tool
