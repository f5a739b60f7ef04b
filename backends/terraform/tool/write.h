// A folder of YAML files → the text of a C++ file that holds the name table as constants.
#pragma once

#include "compiler/catalog/tool/document.h"

#include <filesystem>
#include <string>

namespace virga::terraform_tool {

/// The file defines `const virga::terraform::Table& NAMESPACE::terraform_table()`. Every mistake of the files is a problem:
/// an unknown key, a type or a property that stands twice, an output that two attributes give.
[[nodiscard]] std::string write(const std::filesystem::path& folder, const std::string& name_space,
                                catalog_tool::Problems& problems);

}  // namespace virga::terraform_tool
