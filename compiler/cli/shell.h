// The command line again, as text for a shell.
#pragma once

#include "compiler/cli/command.h"

namespace virga::cli {

/// A word that a shell takes as it is.
[[nodiscard]] std::string shell_word(const std::string& text);
/// ` shop --stage prod`: the path and what was asked of it.
[[nodiscard]] std::string options_of(const Common& common);
/// `virga compile shop --stage prod -o out`
[[nodiscard]] std::string compile_command(const Common& common);

}  // namespace virga::cli
