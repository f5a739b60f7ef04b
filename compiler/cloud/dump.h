// How a value of a stack reads in dumps, differences and messages.
#pragma once

#include "compiler/cloud/stack.h"

#include <string>

namespace virga::cloud {

/// On one line: texts in double quotes, `&Sync.Arn` for references, `$Stage` for parameters, `@region` for what the
/// engine knows, `"a" + &B` for texts with references, `if Cond then … else …`, `Fn::Select(…)`.
[[nodiscard]] std::string to_text(const Value& value);
/// `region`, `no_value`, …
[[nodiscard]] std::string_view to_text(Pseudo pseudo);

}  // namespace virga::cloud
