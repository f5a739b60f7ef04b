// Services: what others call them by.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// `http://…`, in the network alone.
[[nodiscard]] cloud::Value service_url(Lowering&, const Node& service);

}  // namespace virga::aws
