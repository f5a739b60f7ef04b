// HCL's JSON syntax → tree: what Terraform reads from `*.tf.json`.
#pragma once

#include "backends/terraform/hcl/tree.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/source/source_map.h"

#include <vector>

namespace virga::hcl {

/// What stands in `source`. The syntax does not tell blocks from arguments: those of Terraform itself (`resource`,
/// `lifecycle`, …) become blocks, and all others are arguments until somebody who knows the schema calls `open_block`.
/// Mistakes are reported as those of `parse` are.
[[nodiscard]] File parse_json(const SourceFile& source, diag::Sink& sink);

/// The blocks that an argument stands for: one for an object, one for each object of a list. Empty when it is neither.
[[nodiscard]] std::vector<Item> open_block(const Item& argument);

}  // namespace virga::hcl
