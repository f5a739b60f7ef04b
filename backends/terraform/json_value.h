// Texts of JSON in a stack, which the engine takes as text and a provider as blocks.
#pragma once

#include "compiler/cloud/stack.h"

#include <optional>

namespace virga::terraform {

/// The value that a text says in JSON, references within it kept; nothing when it is no JSON. `cloud::json_text` is the
/// other way.
[[nodiscard]] std::optional<cloud::Value> from_json(const cloud::Value& text);

}  // namespace virga::terraform
