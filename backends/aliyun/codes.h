// Codes that only this cloud reports. The list is codes.def; the pages are explain/<name>.md.
#pragma once

#include "compiler/diagnostics/codes.h"

namespace virga::aliyun::codes {

using diag::Str;
#define DIAGNOSTIC(name, id, severity, format, ...) \
  inline constexpr diag::Code<__VA_ARGS__> name{id, diag::Severity::severity, format};
#include "backends/aliyun/codes.def"
#undef DIAGNOSTIC

/// All of codes.def, in its order.
[[nodiscard]] std::span<const diag::CodeInfo> all();

}  // namespace virga::aliyun::codes
