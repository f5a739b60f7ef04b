// The nearest name, for "did you mean".
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace virga::diag {

/// The candidate nearest to `name` by edit distance (transpositions count one), when it is near enough to be a likely
/// slip; empty otherwise. Ties go to the first candidate in bytewise order.
[[nodiscard]] std::string nearest(std::string_view name, std::span<const std::string> candidates);

}  // namespace virga::diag
