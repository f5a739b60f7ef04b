#include "backends/aliyun/lower/cron.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace virga::aliyun {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};
constexpr std::array<std::string_view, 12> kMonths = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                      "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};

struct Field {
  std::string_view what;
  int low, high;
};

constexpr std::array<Field, 5> kFields = {Field{"the minute", 0, 59}, Field{"the hour", 0, 23},
                                          Field{"the day of the month", 1, 31}, Field{"the month", 1, 12},
                                          Field{"the day of the week", 0, 7}};
constexpr std::size_t kMonth = 3, kWeekday = 4;

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return out;
}

std::optional<int> number(std::string_view text) {
  int n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return n;
}

/// A number, or the name of a day or month.
std::optional<int> position(std::string_view text, std::size_t field) {
  const std::string name = upper(text);
  if (field == kWeekday) {
    if (const auto* at = std::find(kDays.begin(), kDays.end(), name); at != kDays.end())
      return static_cast<int>(at - kDays.begin());
  }
  if (field == kMonth) {
    if (const auto* at = std::find(kMonths.begin(), kMonths.end(), name); at != kMonths.end()) {
      return static_cast<int>(at - kMonths.begin()) + 1;
    }
  }
  const std::optional<int> n = number(text);
  if (!n || *n < kFields[field].low || *n > kFields[field].high) return std::nullopt;
  return n;
}

std::string_view day(int n) { return kDays[static_cast<std::size_t>(n % 7)]; }

/// `*`, `3`, `1-5`, each perhaps with `/2`.
std::optional<std::string> item(std::string_view text, std::size_t field) {
  const std::vector<std::string_view> stepped = split(text, '/');
  if (stepped.size() > 2) return std::nullopt;
  std::optional<int> step;
  if (stepped.size() == 2) {
    step = number(stepped[1]);
    if (!step || *step < 1) return std::nullopt;
  }
  if (stepped[0] == "*" && !step) return "*";
  const std::vector<std::string_view> ends = split(stepped[0], '-');
  std::optional<int> first, last;
  if (stepped[0] == "*") {
    first = kFields[field].low;
    last = field == kWeekday ? 6 : kFields[field].high;
  } else if (ends.size() <= 2) {
    first = position(ends.front(), field);
    last = position(ends.back(), field);
  }
  if (!first || !last) return std::nullopt;
  if (field != kWeekday) {
    if (*first > *last) return std::nullopt;
    return std::string(text);
  }
  // A range over the end of the week, and a step, are written out day by day.
  const int to = *last < *first ? *last + 7 : *last;
  if (!step && to - *first >= 6) return "*";
  if (!step && *first == to) return std::string(day(*first));
  if (!step && to <= 6) return fmt::format("{}-{}", day(*first), day(to));
  std::string days;
  for (int d = *first; d <= to; d += step.value_or(1)) days += fmt::format("{}{}", days.empty() ? "" : ",", day(d));
  return days;
}

}  // namespace

Cron to_timer(std::string_view five_fields, std::string_view timezone) {
  std::vector<std::string_view> fields;
  for (const std::string_view part : split(five_fields, ' ')) {
    if (!part.empty()) fields.push_back(part);
  }
  if (fields.size() != kFields.size()) return {{}, fmt::format("{} fields instead of {}", fields.size(), kFields.size())};
  std::string out = "0";
  for (std::size_t f = 0; f < fields.size(); ++f) {
    std::string written;
    for (const std::string_view part : split(fields[f], ',')) {
      const std::optional<std::string> one = item(part, f);
      if (!one) return {{}, fmt::format("`{}` as {}", part, kFields[f].what)};
      written += (written.empty() ? "" : ",") + *one;
    }
    out += " " + written;
  }
  constexpr std::size_t kDayOfMonth = 2;
  if (fields[kDayOfMonth] != "*" && fields[kWeekday] != "*") {
    return {{}, "a day of the month and a day of the week at once: either of them would start it elsewhere"};
  }
  if (!timezone.empty() && timezone != "UTC") out = fmt::format("CRON_TZ={} {}", timezone, out);
  return {out, {}};
}

}  // namespace virga::aliyun
