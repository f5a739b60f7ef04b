// Where an app stands on a cloud.
#pragma once

#include "compiler/architecture/architecture.h"
#include "compiler/catalog/catalog.h"
#include "compiler/diagnostics/sink.h"

#include <string>
#include <vector>

namespace virga::driver {

/// By the cloud's own names.
struct Regions {
  std::vector<std::string> vendor;  ///< home first; empty: one template for any region
  std::vector<std::size_t> wanted;  ///< indices to make
  bool good = true;
};

/// The regions of an app on a cloud, or `only` that one, by the language's name or the cloud's. Reports those that the cloud
/// has not.
[[nodiscard]] Regions regions_of(const Architecture& architecture, const catalog::Catalog& catalog, const std::string& only,
                                 diag::Sink& sink);

}  // namespace virga::driver
