// What lets EventBridge call an `external`: a connection, which keeps the credentials, and a destination that uses it.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// The ARN of the destination of the `external` that `edge` leads to; made once for a node. Nothing when EventBridge cannot
/// call it, which is reported. `decision` learns what the caller must know of the way.
[[nodiscard]] std::optional<cloud::Value> api_destination(Lowering& lowering, const Edge& edge, cloud::Decision& decision);

}  // namespace virga::aws
