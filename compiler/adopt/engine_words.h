// Values in the words of an engine: `{ "Fn::GetAtt" = ["OrdersUrl", "FunctionUrl"] }`, or a text with something that only
// some engines know, such as `engine.partition`. They count where the app was adopted; any other engine would look in vain.
#pragma once

#include "compiler/architecture/architecture.h"
#include "compiler/cloud/intrinsics.h"

namespace virga::adopt {

/// Whether a value is a function of an engine, or holds one at any depth, or asks for what the engine `there` does not know.
/// `there` is null for one that writes no such templates: its format tells by itself what it has no words for.
[[nodiscard]] bool in_engine_words(const Value& value, const Architecture& architecture, const cloud::Dialect* there);

}  // namespace virga::adopt
