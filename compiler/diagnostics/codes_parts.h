// The codes about apps that are parted into several stacks.
#pragma once

#include "compiler/diagnostics/codes.h"

namespace virga::diag::codes {
#define DIAGNOSTIC(name, id, severity, format, ...) inline constexpr Code<__VA_ARGS__> name{id, Severity::severity, format};
#include "compiler/diagnostics/codes_parts.def"
#undef DIAGNOSTIC
}  // namespace virga::diag::codes
