// Sites: files of a bucket behind CloudFront.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

[[nodiscard]] cloud::Value site_url(Lowering&, const Node& site);

}  // namespace virga::aws
