#include "backends/aliyun/codes.h"

namespace virga::aliyun::codes {

std::span<const diag::CodeInfo> all() {
  using diag::Severity;
  static constexpr diag::CodeInfo table[] = {
#define DIAGNOSTIC(name, id, severity, format, ...) {id, Severity::severity, format},
#include "backends/aliyun/codes.def"
#undef DIAGNOSTIC
  };
  return table;
}

}  // namespace virga::aliyun::codes
