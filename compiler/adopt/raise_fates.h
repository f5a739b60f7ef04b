// What became of everything in a template. Used by raise*.cpp only.
#pragma once

#include "compiler/adopt/raise_part.h"

namespace virga::adopt {

[[nodiscard]] std::vector<Fate> fates_of(const std::vector<Part>& parts, const Table& table,
                                         const std::vector<DraftEdge>& edges, const cloud::Dialect& dialect);

/// An edge as reports name it: `orders ~> worker`.
[[nodiscard]] std::string edge_text(const DraftEdge& edge);

/// Which properties of a node are attributes, and which stay what they are; before its rest is printed.
void tell_properties(Part& part);

}  // namespace virga::adopt
