// Values of a stack as JSON on one line: the inputs, filters and patterns that engines take as text.
#pragma once

#include "compiler/cloud/stack.h"

namespace virga::cloud {

/// What is known only at deployment becomes a reference within the text.
[[nodiscard]] Value json_text(const Value& value);

}  // namespace virga::cloud
