#include "backends/aws/codes.h"

namespace virga::aws {
namespace {

constexpr diag::CodeInfo kCodes[] = {
#define DIAGNOSTIC(name, id, severity, format, ...) {id, diag::Severity::severity, format},
#include "backends/aws/codes.def"
#undef DIAGNOSTIC
};

}  // namespace

std::span<const diag::CodeInfo> all_codes() { return kCodes; }

}  // namespace virga::aws
