// How a node is spoken of: by its name, its ARN or its URL; as a reference where it stands in the same template, spelt
// out where it stands in another region's.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// The physical name, spelt out.
[[nodiscard]] cloud::Value spelt_name(const Lowering& lowering, const Node& node);
/// The ARN, spelt out, in the node's region.
[[nodiscard]] cloud::Value spelt_arn(const Lowering& lowering, const Node& node);
/// `https://sqs.<region>.…/<account>/<name>`, spelt out.
[[nodiscard]] cloud::Value spelt_queue_url(const Lowering& lowering, const Node& queue);

/// What code calls the node by. Of a function with versions, the name with the alias.
[[nodiscard]] cloud::Value name_of(Lowering& lowering, const Node& node);
/// Of a function with versions, the ARN of the alias.
[[nodiscard]] cloud::Value arn_of(Lowering& lowering, const Node& node);
[[nodiscard]] cloud::Value queue_url(Lowering& lowering, const Node& queue);

/// Callers go through the alias `live`.
[[nodiscard]] bool has_versions(const Lowering& lowering, const Node& function);
inline constexpr std::string_view kAlias = "live";
/// The account's own bus, which is there without being made.
inline constexpr std::string_view kDefaultBus = "default";

}  // namespace virga::aws
