// The pages of the codes: what `virga explain CODE` prints and the site publishes.
#pragma once

#include <optional>
#include <string_view>

namespace virga::diag {

/// The page of `code` (`area/name`) as Markdown: what is wrong and why it matters, a program that has it on the line
/// marked `// error[code]`, and the program mended. Nothing when `code` is none of codes.def.
[[nodiscard]] std::optional<std::string_view> page(std::string_view code);

}  // namespace virga::diag
