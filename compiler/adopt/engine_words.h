// Values in the words of an engine: `{ "Fn::GetAtt" = ["OrdersUrl", "FunctionUrl"] }`. They count where the app was adopted;
// any other engine would look for a resource that is not in its template.
#pragma once

#include "compiler/architecture/value.h"

namespace virga::adopt {

/// Whether a value is a function of an engine, or holds one at any depth.
[[nodiscard]] bool in_engine_words(const Value& value);

}  // namespace virga::adopt
