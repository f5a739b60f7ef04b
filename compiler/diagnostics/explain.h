// The pages of the codes: what `virga explain CODE` prints, the site publishes and the tests compile.
#pragma once

#include "compiler/source/embedded.h"

#include <optional>
#include <span>
#include <string_view>

namespace virga::diag {

/// The page of a code of the compiler itself (clouds have their own), as Markdown.
[[nodiscard]] std::optional<std::string_view> page(std::string_view code);

/// All pages: `<area>/<name>.md`.
[[nodiscard]] std::span<const EmbeddedFile> pages();

}  // namespace virga::diag
