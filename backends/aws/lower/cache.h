// What a cache is called by.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// It stands on machines of its own; else it has the size of what is in it.
[[nodiscard]] bool on_machines(const Attributes& cache);
[[nodiscard]] bool has_machines(const Lowering&, const Node& cache);
[[nodiscard]] cloud::Value cache_address(Lowering&, const Node& cache);
/// `rediss://host:port`
[[nodiscard]] cloud::Value cache_url(Lowering&, const Node& cache);

}  // namespace virga::aws
