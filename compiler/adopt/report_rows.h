// What the parts of a report share.
#pragma once

#include "compiler/adopt/report.h"

namespace virga::adopt {

/// The rows of what stands around the resources: parameters, outputs, conditions and other sections.
[[nodiscard]] std::vector<MovedRow> rows_around(const MoveRequest& request);

/// The row of a template of its own, which is an app of its own, with a report of its own; nothing when it is none that
/// moved.
[[nodiscard]] std::optional<MovedRow> row_of_nested(const MoveRequest& request, const Fate& fate);

/// `1 thing`, `2 things`
[[nodiscard]] std::string plural(std::size_t n, std::string_view one, std::string_view many);

/// The row of a text that a value holds and that means something on the cloud alone; null when there is none.
[[nodiscard]] const catalog::LeavingRow* holding(const catalog::Catalog& from, std::string_view value);

}  // namespace virga::adopt
