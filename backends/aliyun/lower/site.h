// Sites: files of a bucket behind CDN.
#pragma once

#include "backends/aliyun/lower/lowering.h"

namespace virga::aliyun {

[[nodiscard]] cloud::Value site_url(Lowering& l, const Node& site);

}  // namespace virga::aliyun
