// What can be said only when every edge has spoken: roles, policies, environments, parameters, outputs, and the order.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

void finish_environments(Lowering& lowering);
void finish_roles(Lowering& lowering);
void finish_policies(Lowering& lowering);
/// Parameters in the units in which they were asked for, with the bounds of what they are used for.
void finish_parameters(Lowering& lowering);
void finish_outputs(Lowering& lowering);
/// References that would close a circle are spelt out, where the name is known.
void untie(Lowering& lowering);
/// Moves the resources into the stack, grouped by node in the order of declaration, and names them in the decisions.
void arrange(Lowering& lowering);

}  // namespace virga::aws
