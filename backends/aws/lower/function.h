// What a function and the build that stands in for one share.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// The packed code, by the path that deployment uploads.
[[nodiscard]] cloud::Value code_of(const Lowering& lowering, const Node& node);
/// What the program says of the environment; the edges add theirs.
void lower_environment(Lowering& lowering, const Node& node);

struct FunctionLog {
  cloud::Value group;  ///< its name
};
/// The log that the code writes to, which its role may: one of its own below `prefix`, or the one that `log` names.
[[nodiscard]] FunctionLog function_log(Lowering& lowering, const Node& node, std::string_view prefix,
                                       cloud::Decision& decision);

}  // namespace virga::aws
