// What the framework fills in by itself, out of the catalogue's facts about it.
#pragma once

#include "backends/aws/serverless_framework/documents.h"

namespace virga::aws::serverless_framework {

/// The number or text of a fact, by its id.
[[nodiscard]] Document usual(std::string_view fact);
/// The same of a length, in characters.
[[nodiscard]] std::size_t length(std::string_view fact);
/// `said`, or what is usual where it is absent or null.
[[nodiscard]] Document or_usual(const Document* said, std::string_view fact);

}  // namespace virga::aws::serverless_framework
