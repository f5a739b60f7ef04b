// Logical ids as version 3 of the framework makes them.
#pragma once

#include <string>
#include <string_view>

namespace virga::aws::serverless_framework {

/// `hello` → `Hello`
[[nodiscard]] std::string upper_first(std::string_view name);
/// `my-queue_1.fifo` → `MyDashqueueUnderscore1.fifo`
[[nodiscard]] std::string normalized(std::string_view name);
/// `my-queue` → `Myqueue`
[[nodiscard]] std::string alphanumeric(std::string_view name);
/// `/users/{user-id}` → `UsersUserDashidVar`: each part with all but its first letter small.
[[nodiscard]] std::string normalized_path(std::string_view path);
/// `$connect` → `Sconnect`
[[nodiscard]] std::string normalized_route(std::string_view route);
/// `application/json` → `ApplicationJson`: words with a capital each.
[[nodiscard]] std::string start_case(std::string_view text);
[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] std::string upper(std::string_view text);
[[nodiscard]] std::string replaced(std::string text, std::string_view what, std::string_view by);
/// What stands after the last `by`; all of the text when there is none.
[[nodiscard]] std::string_view after_last(std::string_view text, char by);
/// The part between delimiters; empty when there are fewer.
[[nodiscard]] std::string_view part_of(std::string_view text, char by, std::size_t index);
/// 32 hexadecimal digits.
[[nodiscard]] std::string md5_hex(std::string_view text);

}  // namespace virga::aws::serverless_framework
