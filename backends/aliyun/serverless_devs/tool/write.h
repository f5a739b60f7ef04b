// A folder of YAML files → the text of a C++ file that holds the name table as constants.
#pragma once

#include "compiler/catalog/tool/document.h"

#include <filesystem>
#include <string>

namespace virga::serverless_devs_tool {

/// The file defines `virga::aliyun::serverless_devs::table()`. Every mistake of the files is a problem: an unknown key, a
/// type or a property that stands twice, two properties that become one key, an owner that is not in the table.
[[nodiscard]] std::string write(const std::filesystem::path& folder, catalog_tool::Problems& problems);

}  // namespace virga::serverless_devs_tool
