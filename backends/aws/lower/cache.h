// What a cache is called by.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

[[nodiscard]] cloud::Value cache_address(Lowering&, const Node& cache);
/// `rediss://host:port`
[[nodiscard]] cloud::Value cache_url(Lowering&, const Node& cache);

}  // namespace virga::aws
