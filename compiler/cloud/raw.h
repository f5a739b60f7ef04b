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
/// The same of an edge, where `raw` may be the message itself.
inline constexpr std::string_view kRawProperties = "raw_properties";

/// What `raw` or `raw_properties` say of the resource of that type; null when nothing. For a lowering that leaves to them
/// what it would say itself.
[[nodiscard]] const Map* said_of(const Attributes& attributes, std::string_view raw, std::string_view type);

/// Whether a node stands in the template that is made; what is said of one that does not is said of another template.
using Stands = std::function<bool(const Node&)>;

/// Lays the raw properties of every node over the resources of that type that the node itself became, and those of every
/// edge over what the edge became. A type that it did not become, a property that the type does not have, and one that the
/// architecture says already are findings: nothing is overridden. `to_value` is the lowering's own.
void add_raw_properties(const Architecture& architecture, const catalog::Catalog& catalog, const Stands& stands,
                        const std::function<Value(const virga::Value&)>& to_value, const std::vector<Resource*>& resources,
                        diag::Sink& sink);

}  // namespace virga::cloud
