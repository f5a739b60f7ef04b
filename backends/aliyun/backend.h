// Alibaba Cloud: functions on Function Compute 3.0, templates for Resource Orchestration Service.
#pragma once

#include "compiler/cloud/backend.h"

namespace virga::aliyun {

/// Made by the build from catalog/*.yaml.
[[nodiscard]] const catalog::Catalog& catalog();

[[nodiscard]] const cloud::Backend& backend();

}  // namespace virga::aliyun
