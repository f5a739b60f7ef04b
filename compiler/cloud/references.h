// Who needs whom within a stack.
#pragma once

#include "compiler/cloud/stack.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace virga::cloud {

/// Calls `visit` with the value and everything in it, outermost first.
void for_each_value(const Value& value, const std::function<void(const Value&)>& visit);

/// Resources that must stand before this one: what it refers to and what it names in `depends_on`.
[[nodiscard]] std::set<std::string> needs(const Resource& resource);

/// Names of the parameters that the stack refers to.
[[nodiscard]] std::set<std::string> used_parameters(const Stack& stack);

/// Resources that need each other in a circle, each needing the next; empty when there is none.
[[nodiscard]] std::vector<std::string> find_circle(const Stack& stack);

/// Names that are referred to and stand nowhere in the stack: `Ref` and `GetAtt` of missing resources, parameters and
/// conditions, in the order met. A stack that was lowered has none.
[[nodiscard]] std::vector<std::string> dangling(const Stack& stack);

}  // namespace virga::cloud
