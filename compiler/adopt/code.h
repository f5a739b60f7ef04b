// What code of functions uses of a cloud, found by its text.
#pragma once

#include "compiler/catalog/catalog.h"
#include "compiler/source/file_system.h"

namespace virga::adopt {

struct CodeUse {
  std::string place;  ///< `src/list/index.js:12`
  std::string pattern, says;
};

/// The first lines that use it, in the order of files and lines; what others have made (`node_modules` and the like) is not
/// looked at. Nothing when there is no such folder.
[[nodiscard]] std::vector<CodeUse> uses_of(const FileSystem& files, const std::string& folder,
                                           const catalog::Catalog& catalog);

}  // namespace virga::adopt
