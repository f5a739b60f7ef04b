// AWS: its catalogue, its lowering and its formats.
#pragma once

#include "compiler/cloud/backend.h"

namespace virga::aws {

[[nodiscard]] const cloud::Backend& backend();

}  // namespace virga::aws
