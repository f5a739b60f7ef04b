// The whole way from an architecture to the stack.
#pragma once

#include "compiler/cloud/backend.h"

namespace virga::aws {

[[nodiscard]] cloud::Lowered lower(const cloud::LowerRequest& request, diag::Sink& sink);

}  // namespace virga::aws
