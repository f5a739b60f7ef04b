// Properties of the engine's own resources that no attribute of the language says.
#pragma once

#include "compiler/architecture/architecture.h"
#include "compiler/catalog/catalog.h"
#include "compiler/cloud/stack.h"
#include "compiler/diagnostics/sink.h"

#include <functional>

namespace virga::cloud {

/// `on <cloud> { raw = { "Vendor::Service::Type" = { Property = … } } }`: the attribute that every kind has for every cloud.
inline constexpr std::string_view kRawAttribute = "raw";

/// Lays the raw properties of every node over the resources of that type that the node itself became. A type that it did not
/// become, a property that the type does not have, and one that the architecture says already are findings: nothing is
/// overridden. `to_value` is the lowering's own.
void add_raw_properties(const Architecture& architecture, const catalog::Catalog& catalog,
                        const std::function<Value(const virga::Value&)>& to_value, const std::vector<Resource*>& resources,
                        diag::Sink& sink);

}  // namespace virga::cloud
