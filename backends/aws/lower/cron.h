// The five fields of cron → the six of EventBridge Scheduler.
#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace virga::aws {

/// What is wrong with the expression, in words.
struct CronProblem {
  std::string text;
};

/// `0 3 * * 1-5` → `cron(0 3 ? * MON-FRI *)`. Days of the week become names, because the numbers of the two differ.
[[nodiscard]] std::variant<std::string, CronProblem> scheduler_cron(std::string_view five_fields);

}  // namespace virga::aws
