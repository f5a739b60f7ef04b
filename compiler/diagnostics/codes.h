// Every code that the compiler itself can report. The list is codes.def.
#pragma once

#include "compiler/diagnostics/sink.h"

#include <span>
#include <string>

namespace virga::diag {

using Str = std::string;

namespace codes {
#define DIAGNOSTIC(name, id, severity, format, ...) inline constexpr Code<__VA_ARGS__> name{id, Severity::severity, format};
#include "compiler/diagnostics/codes.def"
#undef DIAGNOSTIC
}  // namespace codes

/// What `virga explain CODE` knows of a code.
struct CodeInfo {
  std::string_view id;
  Severity severity;
  std::string_view format;
};

/// All of codes.def, in its order.
[[nodiscard]] std::span<const CodeInfo> all_codes();

}  // namespace virga::diag
