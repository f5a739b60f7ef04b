// Text within a picture or a page: nothing of it may end what it stands in, or be obeyed by who shows it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace virga::picture {

/// As text of XML and HTML, between tags or in quotes. What an editor or a browser would obey instead of show, and bytes
/// that are no UTF-8, are written as escapes.
[[nodiscard]] std::string xml(std::string_view text);

/// How many columns it takes, a wide letter two of them.
[[nodiscard]] std::size_t columns(std::string_view text);

/// As much of it as so many columns hold, `…` at its end when that is not all.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most);

}  // namespace virga::picture
