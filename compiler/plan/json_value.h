// Values of a stack as JSON, both ways. References are objects of one key that begins with `$`; keys of the program's own
// that begin so get another `$`.
#pragma once

#include "compiler/cloud/stack.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace virga::plan {

[[nodiscard]] nlohmann::ordered_json to_json(const cloud::Value& value);
/// Nothing for what `to_json` never writes.
[[nodiscard]] std::optional<cloud::Value> from_json(const nlohmann::ordered_json& json, int depth = 0);

}  // namespace virga::plan
