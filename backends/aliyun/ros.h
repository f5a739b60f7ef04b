// Templates of Resource Orchestration Service.
#pragma once

#include "compiler/cloud/backend.h"
#include "compiler/cloud/intrinsics.h"

namespace virga::aliyun {

[[nodiscard]] const cloud::Format& ros();

/// How the engine spells references.
[[nodiscard]] const cloud::Dialect& dialect();

}  // namespace virga::aliyun
