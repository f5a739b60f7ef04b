// Clocks as engines write them: `rate(5 minutes)` and `cron(0 3 * * ? *)`, ↔ `5m` and five fields.
#pragma once

#include "compiler/architecture/value.h"

namespace virga::adopt {

[[nodiscard]] std::optional<std::string> rate_expression(Quantity every);
/// The quantity as the language writes it; nothing when the text is something else.
[[nodiscard]] std::optional<std::string> rate_of(std::string_view expression);

/// `@every 5m`, in minutes as it is written most; and back.
[[nodiscard]] std::string every_expression(Quantity every);
[[nodiscard]] std::optional<std::string> every_of(std::string_view expression);

/// Five fields → six that begin with the second 0; and back, where that second is 0 and no time zone is named.
[[nodiscard]] std::string seconds_expression(std::string_view five);
[[nodiscard]] std::optional<std::string> seconds_of(std::string_view expression);

/// Five fields, with Sunday as 0 → six, with Sunday as 1, a question mark in one of the two fields of days, and the year.
[[nodiscard]] std::optional<std::string> cron_expression(std::string_view five);
/// Nothing when it says what five fields cannot: a year, the last day, the nearest weekday.
[[nodiscard]] std::optional<std::string> cron_of(std::string_view expression);

}  // namespace virga::adopt
