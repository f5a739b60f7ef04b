// The JSON syntax does not tell blocks from arguments of the same form; the table does.
#pragma once

#include "backends/terraform/hcl/tree.h"
#include "backends/terraform/table.h"

namespace virga::terraform {

/// Makes blocks of what are blocks to the provider, in the resources and data sources of a file that `hcl::parse_json` read.
void open_blocks(const Table& table, hcl::File& file);

}  // namespace virga::terraform
