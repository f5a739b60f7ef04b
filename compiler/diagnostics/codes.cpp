#include "compiler/diagnostics/codes.h"

namespace virga::diag {

std::span<const CodeInfo> all_codes() {
  static constexpr CodeInfo table[] = {
#define DIAGNOSTIC(name, id, severity, format, ...) {id, Severity::severity, format},
#include "compiler/diagnostics/codes.def"
#undef DIAGNOSTIC
  };
  return table;
}

}  // namespace virga::diag
