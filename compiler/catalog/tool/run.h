// What every tool that makes tables of YAML files does around that: arguments, mistakes, the file that it writes.
#pragma once

#include "compiler/catalog/tool/document.h"

#include <functional>
#include <span>
#include <string>

namespace virga::catalog_tool {

/// `make` gets the arguments after the program's name, which are those that `usage` names, and gives the text of the second
/// one, a file. Gives the exit code: 0, 1 for mistakes in the YAML (each a line on standard error), 3 for wrong usage, 4 for
/// a file that cannot be read or written.
[[nodiscard]] int run(int argc, char** argv, std::string_view usage,
                      const std::function<std::string(std::span<char*> arguments, Problems& problems)>& make);

}  // namespace virga::catalog_tool
