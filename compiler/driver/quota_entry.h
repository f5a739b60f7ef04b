// One entry of a file of quotas: `ID: NUMBER`, or in its full form a map with `value`, `unit`, `kind`, `source`, …
#pragma once

#include "compiler/catalog/overrides.h"
#include "compiler/cloud/document.h"
#include "compiler/diagnostics/sink.h"

#include <optional>

namespace virga::driver {

/// `fact` is what the catalogue says, or null. Nothing when something is wrong, which was reported.
[[nodiscard]] std::optional<catalog::Override> read_quota(const cloud::Document::Entry& entry, const catalog::Fact* fact,
                                                          const catalog::Catalog& catalog, diag::Sink& sink);

}  // namespace virga::driver
