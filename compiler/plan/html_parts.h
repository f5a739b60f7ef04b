// The pieces of a plan as a page. Everything that is put into the page goes through `picture::xml`.
#pragma once

#include "compiler/plan/report.h"

#include <string_view>

namespace virga::plan {

/// A text within `<code>`.
[[nodiscard]] std::string code(std::string_view text);
/// Text in which what stands between backticks is code, as messages are written.
[[nodiscard]] std::string prose(std::string_view text);
/// `<span class="badge goes">2 to remove</span>`
[[nodiscard]] std::string badge(std::string_view kind, std::string_view text);
/// A whole list of items that are HTML already; nothing when there are none.
[[nodiscard]] std::string list(const std::vector<std::string>& items, std::string_view kind = {});

/// One stack, its changes folded below the nodes that they belong to.
[[nodiscard]] std::string stack_html(const StackReport& stack, const Report& report, const TextOptions& options);

/// The page's rules of style.
[[nodiscard]] std::string_view page_style();

}  // namespace virga::plan
