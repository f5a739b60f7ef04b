// Pieces of text of the language.
#pragma once

#include <string>
#include <string_view>

namespace virga::adopt {

/// Letters, digits and `_`, not beginning with a digit.
[[nodiscard]] bool is_word(std::string_view text);
/// A word that may be the name of something: none of `true`, `none`, `if` and the like.
[[nodiscard]] bool is_name(std::string_view text);

/// `text` in quotes, as a string of the language.
[[nodiscard]] std::string in_quotes(std::string_view text);
/// As a key of a map: in quotes unless it is a word.
[[nodiscard]] std::string key_text(std::string_view key);

/// `{x*}` is how the language takes the rest of a path, `{x+}` how engines do.
[[nodiscard]] std::string replaced(std::string text, std::string_view from, std::string_view to);
[[nodiscard]] std::string changed_case(std::string text, int (*change)(int));

}  // namespace virga::adopt
