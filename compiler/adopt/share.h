// What several nodes say alike is said once.
#pragma once

#include "compiler/adopt/draft.h"

namespace virga::adopt {

/// Gives each map or list that so many nodes say alike, and that is no short one, a name: `let common_environment = { … }`.
/// Edges that statements allow to as many, which have a role in common, are said in a loop. False when there is nothing.
[[nodiscard]] bool share(Draft& draft);

}  // namespace virga::adopt
