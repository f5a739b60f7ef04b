// What both directions of a conversion know. Used by convert.cpp and to_*.cpp only.
#pragma once

#include "compiler/adopt/convert.h"
#include "compiler/adopt/words.h"

namespace virga::adopt {

struct UnitOf {
  std::int64_t base;  ///< of the language's base units in one
  Dimension dimension;
};
[[nodiscard]] const UnitOf* unit_named(std::string_view name);

/// The word of the cloud for one of the language's, of `words a=B c=D`; or back. Empty when there is none.
[[nodiscard]] std::string_view word(std::string_view words, std::string_view wanted, bool to_cloud);

/// Takes `word` off when `as` begins with it.
[[nodiscard]] bool begins(std::string_view& as, std::string_view word);
/// The same of the words for a list of exactly one: `one`, and `one X` of an item that is as X says.
[[nodiscard]] bool begins_list_of_one(std::string_view& as);

}  // namespace virga::adopt
