// A configuration as somebody wrote it ↔ a stack. What the table has words for stands in the stack under the engine's own,
// the rest under the provider's; a block that does not come back the same from there is kept as it is. Unlike read.h and
// emit.h nothing is added and nothing is left out.
#pragma once

#include "backends/terraform/emit.h"
#include "backends/terraform/hcl/tree.h"
#include "compiler/diagnostics/sink.h"

namespace virga::terraform::given {

/// Resources are resources of the stack, simple variables and outputs its parameters and outputs. Other blocks are sections,
/// by their types and labels.
[[nodiscard]] cloud::Stack read(const Table& table, const std::vector<hcl::File>& files, diag::Sink& sink);

[[nodiscard]] Configuration write(const Table& table, const cloud::Stack& stack, std::string_view banner);

/// How many labels a block of the outermost level has; nothing for a word that is none.
struct Section {
  std::string_view name;
  std::size_t labels = 0;
  bool several = false;  ///< blocks of that type have nothing to tell them apart by
};
[[nodiscard]] const Section* find_section(std::string_view name);

}  // namespace virga::terraform::given
