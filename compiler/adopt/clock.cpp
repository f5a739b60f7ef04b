#include "compiler/adopt/clock.h"

#include <algorithm>

namespace virga::adopt {
namespace {

constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;

std::vector<std::string> fields(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(" \t", at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(" \t", begin), text.size());
    out.emplace_back(text.substr(begin, end - begin));
    at = end;
  }
  return out;
}

std::optional<std::string_view> inside(std::string_view text, std::string_view word) {
  if (!text.starts_with(word) || !text.ends_with(')')) return std::nullopt;
  text.remove_prefix(word.size());
  text.remove_suffix(1);
  return text;
}

/// Each number of a field of weekdays moved by `by`; names stay. Nothing for what is more than numbers, lists and ranges.
std::optional<std::string> weekdays(std::string_view field, int by) {
  std::string out;
  bool step = false;  // a number behind `/` is no day
  for (const char c : field) {
    if (c >= '0' && c <= '9' && !step) {
      if (!out.empty() && out.back() >= '0' && out.back() <= '9') return std::nullopt;
      const int today = by > 0 && c == '7' ? 0 : c - '0';  // 0 and 7 are Sunday in five fields
      const int day = today + by;
      if (day < 0 || day > 7) return std::nullopt;
      out += static_cast<char>('0' + day);
      continue;
    }
    if (c == '#' || c == 'L') return std::nullopt;  // the n-th of a month, and its last
    step = c == '/' || (step && c != ',');
    out += c;
  }
  return out;
}

bool plain(std::string_view field, bool letters) {
  return std::all_of(field.begin(), field.end(), [&](char c) {
    return (c >= '0' && c <= '9') || c == '*' || c == ',' || c == '-' || c == '/' || (letters && c >= 'A' && c <= 'Z');
  });
}

}  // namespace

std::optional<std::string> rate_expression(Quantity every) {
  const std::int64_t amount = every.amount;
  if (every.dimension != Dimension::duration || amount <= 0 || amount % kMinute != 0) return std::nullopt;
  const auto [unit, word] = amount % kDay == 0    ? std::pair(kDay, "day")
                            : amount % kHour == 0 ? std::pair(kHour, "hour")
                                                  : std::pair(kMinute, "minute");
  const std::int64_t count = amount / unit;
  return "rate(" + std::to_string(count) + " " + word + (count == 1 ? ")" : "s)");
}

std::optional<std::string> rate_of(std::string_view expression) {
  const auto body = inside(expression, "rate(");
  const std::vector<std::string> words = body ? fields(*body) : std::vector<std::string>();
  if (words.size() != 2 || words[0].empty() || words[0].size() > 6 ||
      words[0].find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  const std::int64_t count = std::stoll(words[0]);
  const std::int64_t unit = words[1].starts_with("minute") ? kMinute : words[1].starts_with("hour") ? kHour : kDay;
  const std::string text = to_text(Quantity{count * unit, Dimension::duration});
  // `rate(60 minutes)` is written as one hour, which is the same clock; what is no rate at all is left alone.
  for (const char* word : {"minute", "minutes", "hour", "hours", "day", "days"}) {
    if (words[1] == word && count > 0) return text;
  }
  return std::nullopt;
}

std::string every_expression(Quantity every) {
  return every.amount % kMinute == 0 ? "@every " + std::to_string(every.amount / kMinute) + "m"
                                     : "@every " + std::to_string(every.amount / 1000) + "s";
}

std::optional<std::string> every_of(std::string_view expression) {
  constexpr std::string_view kEvery = "@every ";
  if (!expression.starts_with(kEvery)) return std::nullopt;
  expression.remove_prefix(kEvery.size());
  const std::size_t digits = expression.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos || digits > 6 || digits + 1 != expression.size()) return std::nullopt;
  const std::int64_t count = std::stoll(std::string(expression.substr(0, digits)));
  const char unit = expression.back();
  const std::int64_t one = unit == 's' ? 1000 : unit == 'm' ? kMinute : unit == 'h' ? kHour : 0;
  if (one == 0 || count == 0) return std::nullopt;
  return to_text(Quantity{count * one, Dimension::duration});
}

std::string seconds_expression(std::string_view five) { return "0 " + std::string(five); }

std::optional<std::string> seconds_of(std::string_view expression) {
  std::vector<std::string> f = fields(expression);
  if (f.size() != 6 || f[0] != "0") return std::nullopt;
  for (std::size_t i = 1; i < f.size(); ++i) {
    if (f[i] == "?") f[i] = "*";
    if (!plain(f[i], i > 3)) return std::nullopt;
  }
  return f[1] + " " + f[2] + " " + f[3] + " " + f[4] + " " + f[5];
}

std::optional<std::string> cron_expression(std::string_view five) {
  std::vector<std::string> f = fields(five);
  if (f.size() != 5) return std::nullopt;
  if (f[4] != "*") {
    const auto days = weekdays(f[4], 1);
    if (!days || f[2] != "*") return std::nullopt;
    f[4] = *days;
    f[2] = "?";
  } else {
    f[4] = "?";
  }
  return "cron(" + f[0] + " " + f[1] + " " + f[2] + " " + f[3] + " " + f[4] + " *)";
}

std::optional<std::string> cron_of(std::string_view expression) {
  const auto body = inside(expression, "cron(");
  std::vector<std::string> f = body ? fields(*body) : std::vector<std::string>();
  if (f.size() != 6 || f[5] != "*") return std::nullopt;
  if (f[2] == "?") f[2] = "*";
  if (f[4] == "?") f[4] = "*";
  const auto days = weekdays(f[4], -1);
  if (!days) return std::nullopt;
  f[4] = *days;
  const bool good = plain(f[0], false) && plain(f[1], false) && plain(f[2], false) && plain(f[3], true) && plain(f[4], true);
  if (!good) return std::nullopt;
  return f[0] + " " + f[1] + " " + f[2] + " " + f[3] + " " + f[4];
}

}  // namespace virga::adopt
