// What a folder of code says that it needs, and does not hold: a function without it fails at its first call.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace virga::driver {

struct MissingDependencies {
  std::string manifest;  ///< `package.json`
  std::vector<std::string> names;
  std::string install;  ///< the command that puts them there
};

/// Compares `package.json` with `node_modules`, `requirements.txt` with the installed packages' `*.dist-info`. `paths` are
/// the files that are packed; `text` gives the bytes of one of them. A manifest that cannot be read needs nothing: its own
/// tools will say so.
[[nodiscard]] std::vector<MissingDependencies> missing_dependencies(
    const std::vector<std::string_view>& paths,
    const std::function<std::optional<std::string_view>(std::string_view)>& text);

}  // namespace virga::driver
