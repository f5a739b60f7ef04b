// Whether a template that was made of a program is the one that the program was made of.
#pragma once

#include "compiler/catalog/catalog.h"
#include "compiler/cloud/intrinsics.h"

namespace virga::adopt {

struct Difference {
  std::string id;  ///< of a resource; empty for what stands around them
  std::string property;  ///< path of what differs, `Events.Orders`
  std::string text;  ///< for people
};

/// Engines take `"30"` for 30, and what is left out for what they would take then.
[[nodiscard]] std::vector<Difference> differences(const cloud::Stack& given, const cloud::Stack& made,
                                                  const catalog::Catalog& catalog, const cloud::Dialect& dialect);

}  // namespace virga::adopt
