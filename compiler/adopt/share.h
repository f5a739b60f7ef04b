// What several nodes say alike is said once.
#pragma once

#include "compiler/adopt/draft.h"

namespace virga::adopt {

/// Gives each map or list that so many nodes say alike, and that is no short one, a name: `let common_environment = { … }`.
/// False when there is none.
[[nodiscard]] bool share(Draft& draft);

}  // namespace virga::adopt
