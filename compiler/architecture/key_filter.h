// Filters of keys: `prefix` and `suffix` of an edge that tells of objects.
#pragma once

#include "compiler/architecture/architecture.h"

namespace virga {

/// Whether some key passes both: what is left out lets every key through.
[[nodiscard]] bool filters_meet(const Attributes& one, const Attributes& other);

}  // namespace virga
