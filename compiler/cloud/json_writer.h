// Documents as JSON.
#pragma once

#include "compiler/cloud/document.h"

#include <string>

namespace virga::cloud {

/// `document` as JSON for people: two blanks per level, one entry per line, only what must be escaped escaped, a line
/// end at the end. The same document gives the same bytes.
///
/// JSON has no tags: they are left out, so a format that can be JSON spells its intrinsics with keys. It has no infinite
/// numbers either: they become null.
[[nodiscard]] std::string write_json(const Document& document);

}  // namespace virga::cloud
