// A tree in HCL's JSON syntax: what Terraform reads from `*.tf.json`.
#pragma once

#include "backends/terraform/hcl/tree.h"

#include <string>

namespace virga::hcl {

/// The whole file as JSON. Expressions become texts with an interpolation; comments a `//` property.
[[nodiscard]] std::string print_json(const File& file);

}  // namespace virga::hcl
