// A line of the file of parts for all that is there.
#pragma once

#include <string_view>

namespace virga::partition {

/// Stands for everything that has no line of its own, once; then each has one.
inline constexpr std::string_view kEverything = "*";

}  // namespace virga::partition
