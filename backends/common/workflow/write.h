// The tree of a flow → the value of the attribute that reads as it: the other way of `read_flow`.
#pragma once

#include "backends/common/workflow/flow.h"

namespace virga::workflow {

[[nodiscard]] Value write_flow(const Sequence& flow);
[[nodiscard]] Value write_condition(const Condition& condition);
/// `{ order = { from = "input.order" } }`, as `send` and `set` say it.
[[nodiscard]] Value write_settings(const std::vector<Setting>& settings);

}  // namespace virga::workflow
