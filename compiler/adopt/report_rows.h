// What the parts of a report share.
#pragma once

#include "compiler/adopt/report.h"

namespace virga::adopt {

/// The rows of what stands around the resources: parameters, outputs, conditions and other sections.
[[nodiscard]] std::vector<MovedRow> rows_around(const MoveRequest& request);

/// The row of a text that a value holds and that means something on the cloud alone; null when there is none.
[[nodiscard]] const catalog::LeavingRow* holding(const catalog::Catalog& from, std::string_view value);

}  // namespace virga::adopt
