// Who tells of an event and of what, where no code says so: `app ~> bus { source = …  type = … }`.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

struct EventName {
  cloud::Value source, type;
};
/// As the edge says; else the app and the node that the edge begins at.
[[nodiscard]] EventName event_name(Lowering& lowering, const Edge& edge);
/// Refuses `source` and `type` of an edge whose events come with both. `why` ends the sentence: "the code of `x` says it".
void refuse_event_name(Lowering& lowering, const Edge& edge, const std::string& why);

}  // namespace virga::aws
