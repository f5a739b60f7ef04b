// How a value of an architecture reads.
#pragma once

#include "compiler/architecture/architecture.h"

#include <string>

namespace virga {

/// to_text, with the names of nodes and parameters instead of their numbers.
[[nodiscard]] std::string text_of(const Architecture& architecture, const Value& value);

}  // namespace virga
