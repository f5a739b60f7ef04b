// One bound of a catalogue against one value: the comparison alone.
#pragma once

#include "compiler/architecture/architecture.h"
#include "compiler/catalog/catalog.h"

#include <string>
#include <vector>

namespace virga::passes {

/// How a value breaks a bound.
struct Broken {
  std::string seen;  ///< what it is, after its name: "is 2h", "has 300 characters", "measures 5KB"
  std::string limit;  ///< the bound as the language would write it: "15m"
  std::string says;  ///< beside the place: "at most 15m"
  std::string part;  ///< of a map: the key that breaks it; empty for the whole value
  Span span;  ///< of the part, when it is known
};

/// Nothing when the value is within the bound, or known only at deployment. Of a text with parts known only then, what is
/// known counts: it can only grow.
[[nodiscard]] std::vector<Broken> test_bound(const catalog::Bound& bound, const catalog::Fact& fact, const Value& value);

/// The number of a bound: the upper end for what is `at_most`, the lower one for `at_least`, of the case that the bound
/// names.
[[nodiscard]] double bound_amount(const catalog::Bound& bound, const catalog::Fact& fact);

/// The value at `cors.max_age`: an attribute, and what it holds under the further names.
[[nodiscard]] const Value* find_path(const Attributes& attributes, std::string_view path);

/// Bytes of a text, or of a map's keys and values together, as far as they are known.
[[nodiscard]] double known_size(const Value& value);

}  // namespace virga::passes
