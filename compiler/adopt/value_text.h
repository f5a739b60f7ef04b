// Values of the language → text of the language.
#pragma once

#include "compiler/architecture/value.h"

#include <string>
#include <vector>

namespace virga::adopt {

/// Of a value that is known when the program is compiled; long lists and maps over several lines.
[[nodiscard]] std::string language_text(const Value& value);

/// Items between brackets, one on a line when they are long.
[[nodiscard]] std::string bracketed(const std::vector<std::string>& items, char left, char right, bool commas);

}  // namespace virga::adopt
