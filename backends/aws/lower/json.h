// Values as JSON text: the inputs, filters and patterns that AWS takes as strings.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// What is known only at deployment becomes a reference within the text.
[[nodiscard]] cloud::Value json_text(Lowering& lowering, const Value& value);
/// `where = { kind = "new", size = [1, 2] }` as a filter of AWS: every answer is a list.
[[nodiscard]] cloud::Value filter_of(Lowering& lowering, const Value& where);
/// The same as JSON text, below `key` (`body` of a message).
[[nodiscard]] cloud::Value filter_text(Lowering& lowering, const Value& where, std::string_view key);

}  // namespace virga::aws
