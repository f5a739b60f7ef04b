// A rule of a choice → a condition of a flow.
#pragma once

#include "backends/aws/states/data.h"

namespace virga::aws::states {

/// Nothing, and `lacks` says why, where a flow cannot ask that. `used` gets the places that are asked for.
[[nodiscard]] std::optional<workflow::Condition> read_question(const cloud::Object& rule, const Data& input,
                                                               const Around& around, std::vector<workflow::Path>& used,
                                                               std::string& lacks);

}  // namespace virga::aws::states
