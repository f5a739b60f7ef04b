// Jobs of Simple Log Service that write what a logstore gets into a bucket.
#pragma once

#include "backends/aliyun/lower/lowering.h"

namespace virga::aliyun {

/// The name of the logstore into which records are put that are to be delivered.
[[nodiscard]] cloud::Value delivery_store(Lowering& l, const Node& delivery);
/// Records can be put into it: not all that leads into it is a logstore already.
[[nodiscard]] bool takes_puts(const Lowering& l, const Node& delivery);

}  // namespace virga::aliyun
