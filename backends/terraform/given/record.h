// Terraform's own record of what stands (terraform.tfstate) → the configuration that somebody could have written for it.
#pragma once

#include "backends/terraform/hcl/tree.h"
#include "backends/terraform/table.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/source/source_map.h"

namespace virga::terraform::given {

/// A record does not tell what somebody said from what the provider made up. Of resources that the table knows what it has
/// words for is taken, of others what is not empty; each rest is a finding. So is what is secret, which is never taken. A
/// value that a resource on which this one hangs has for its address or id is a reference to it. What stood in a module, or
/// was one of several, gets an address of its own, with a `moved` block from the old one.
[[nodiscard]] hcl::File from_record(const Table& table, const SourceFile& record, diag::Sink& sink);

/// Whether a record has resources of the table's provider.
[[nodiscard]] bool is_of_provider(const Table& table, const SourceFile& record);

}  // namespace virga::terraform::given
