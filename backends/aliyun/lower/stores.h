// Caches, databases and services: what they are called by.
#pragma once

#include "backends/aliyun/lower/lowering.h"

namespace virga::aliyun {

[[nodiscard]] cloud::Value cache_address(Lowering& l, const Node& cache);
/// `redis://host:port`
[[nodiscard]] cloud::Value cache_url(Lowering& l, const Node& cache);
[[nodiscard]] cloud::Value database_address(Lowering& l, const Node& database);

/// In the networks of the region alone.
[[nodiscard]] cloud::Value service_url(Lowering& l, const Node& service);

}  // namespace virga::aliyun
