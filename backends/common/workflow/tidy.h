// Small changes to a flow that was made of a state machine, so that it reads as one that somebody wrote.
#pragma once

#include "backends/common/workflow/flow.h"

#include <functional>

namespace virga::workflow {

/// Whether the sequence, outside of `parallel` and `each`, ends before its end.
[[nodiscard]] bool has_succeed(const Sequence& sequence);
/// One branch by itself is no `parallel`: its steps stand where it stood. It has to be without `succeed`.
void splice_single_branches(Sequence& sequence);
/// Results of `each` that nobody asks for get no name.
void drop_unused_results(Sequence& sequence, const std::function<bool(const std::string&)>& is_used);

}  // namespace virga::workflow
