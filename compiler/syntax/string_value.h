// From what stands between quotes to the text that it means, and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace virga::syntax {

/// What an escape such as `\n` or `\u{e9}` stands for; nothing when there is no such escape.
[[nodiscard]] std::optional<std::string> unescape(std::string_view sequence);

/// `text` as it stands between `"` and `"`.
[[nodiscard]] std::string escape_for_string(std::string_view text);

/// The text within foreign quotes such as `'…'` or `“…”`; `first` and `last` become its place in `quoted`.
[[nodiscard]] std::string_view bad_string_content(std::string_view quoted, std::size_t& first, std::size_t& last);

}  // namespace virga::syntax
