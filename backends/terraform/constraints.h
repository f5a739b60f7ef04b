// What a parameter must be ↔ the `validation` blocks of a variable.
#pragma once

#include "backends/terraform/hcl/tree.h"
#include "compiler/cloud/stack.h"

#include <vector>

namespace virga::terraform {

/// One block for each constraint: allowed words, pattern, bounds, lengths.
[[nodiscard]] std::vector<hcl::Item> validations(const cloud::StackParameter& parameter);

/// Puts what a block says into the parameter; whether it is understood.
[[nodiscard]] bool read_validation(const hcl::Item& validation, cloud::StackParameter& parameter);

}  // namespace virga::terraform
