// A delivery stream of Amazon Data Firehose, which gathers records and writes them into a bucket as objects.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// Of the delivery stream into which records are put; in the region in which the node stands.
[[nodiscard]] cloud::Value delivery_arn(Lowering& lowering, const Node& delivery);

/// Records can be put into it: not all that leads into it is read by a delivery stream of its own.
[[nodiscard]] bool takes_puts(const Lowering& lowering, const Node& delivery);

}  // namespace virga::aws
