// The findings that only AWS makes. The list is codes.def.
#pragma once

#include "compiler/diagnostics/codes.h"
#include "compiler/source/embedded.h"

namespace virga::aws {

using Str = std::string;

namespace codes {
#define DIAGNOSTIC(name, id, severity, format, ...) \
  inline constexpr diag::Code<__VA_ARGS__> name{id, diag::Severity::severity, format};
#include "backends/aws/codes.def"
#undef DIAGNOSTIC
}  // namespace codes

/// All of codes.def, in its order.
[[nodiscard]] std::span<const diag::CodeInfo> all_codes();
/// The page of each code: `<area>/<name>.md`.
[[nodiscard]] std::span<const EmbeddedFile> explain_pages();

}  // namespace virga::aws
