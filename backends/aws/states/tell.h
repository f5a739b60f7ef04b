// A state machine of Step Functions → the flow and the steps that it is in the language: what `workflow_states.cpp` writes,
// read the other way, and what others write, as far as a flow can say it.
#pragma once

#include "compiler/cloud/told.h"

namespace virga::aws::states {

/// For Dialect::tell.
[[nodiscard]] std::optional<cloud::Told> tell(const cloud::Resource& resource, const cloud::NamedText& files);

}  // namespace virga::aws::states
