// On what a database stands.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// It stands on a machine of its own; else Aurora gives it what it needs.
[[nodiscard]] bool on_machine(const Attributes& database);
[[nodiscard]] bool has_machine(const Lowering&, const Node& database);

}  // namespace virga::aws
