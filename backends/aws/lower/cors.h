// `cors = { origins = [...] }` as API Gateway's HTTP APIs and Lambda's URLs both write it.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

[[nodiscard]] cloud::Object cors_of(Lowering& lowering, const Map& cors, Span place);

}  // namespace virga::aws
