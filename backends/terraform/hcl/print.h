// A tree as text, laid out as `terraform fmt` leaves it: two blanks per level, the `=` of neighbouring lines under each
// other, one blank line between blocks.
#pragma once

#include "backends/terraform/hcl/tree.h"

#include <string>

namespace virga::hcl {

/// The whole file, with its comments on top and a line end.
[[nodiscard]] std::string print(const File& file);

/// One expression as it stands on the level `indent`; the first line has no indentation.
[[nodiscard]] std::string print(const Expr& expression, std::size_t indent = 0);

/// `text` in quotes, escaped: `${` and `%{` of the text stay what they are.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace virga::hcl
