// Cron expressions of five fields → those of a timer trigger, which have six.
#pragma once

#include <string>
#include <string_view>

namespace virga::aliyun {

struct Cron {
  std::string expression;  ///< empty when the text can't be said
  std::string problem;  ///< what is wrong then: "`L` in the day of the month"
};

/// `0 3 * * 1-5` → `0 0 3 * * MON-FRI`: seconds in front, days of the week by name, because their numbers mean
/// different days on different clouds. `timezone` is put before it unless it is UTC.
[[nodiscard]] Cron to_timer(std::string_view five_fields, std::string_view timezone);

}  // namespace virga::aliyun
