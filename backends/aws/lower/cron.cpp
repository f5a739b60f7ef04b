#include "backends/aws/lower/cron.h"

#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <vector>

namespace virga::aws {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};
constexpr std::array<std::string_view, 12> kMonths = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                      "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};

struct Field {
  std::string_view title;
  int low, high;
  bool months = false, days = false;
};
constexpr std::array<Field, 5> kFields = {{{"minute", 0, 59},
                                           {"hour", 0, 23},
                                           {"day of the month", 1, 31},
                                           {"month", 1, 12, true},
                                           {"day of the week", 0, 7, false, true}}};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool same_letters(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const char c = a[i] >= 'a' && a[i] <= 'z' ? static_cast<char>(a[i] - 'a' + 'A') : a[i];
    if (c != b[i]) return false;
  }
  return true;
}

std::optional<int> number(std::string_view text, const Field& field) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size()) {
    return value >= field.low && value <= field.high ? std::optional(value) : std::nullopt;
  }
  for (std::size_t i = 0; field.days && i < kDays.size(); ++i) {
    if (same_letters(text, kDays[i])) return static_cast<int>(i);
  }
  for (std::size_t i = 0; field.months && i < kMonths.size(); ++i) {
    if (same_letters(text, kMonths[i])) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

/// `*`, `5`, `1-5`, each with `/step`: what it stands for.
struct Item {
  int first = 0, last = 0, step = 1;
  bool all = false;
};

std::optional<Item> item(std::string_view text, const Field& field) {
  Item made;
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos) {
    const std::string_view step = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), made.step);
    if (error != std::errc() || end != step.data() + step.size() || made.step < 1) return std::nullopt;
    text = text.substr(0, slash);
  }
  if (text == "*") {
    made.all = true;
    made.first = field.low;
    made.last = field.days ? 6 : field.high;
    return made;
  }
  const std::size_t dash = text.find('-');
  const std::optional<int> first = number(text.substr(0, dash), field);
  if (!first) return std::nullopt;
  made.first = made.last = *first;
  if (dash != std::string_view::npos) {
    const std::optional<int> last = number(text.substr(dash + 1), field);
    if (!last || *last < *first) return std::nullopt;
    made.last = *last;
  } else if (slash != std::string_view::npos) {
    made.last = field.high;
  }
  return made;
}

/// Days of the week as names; three or more in a row as a range.
std::string day_names(const std::set<int>& days) {
  std::string out;
  for (auto day = days.begin(); day != days.end();) {
    auto last = day;
    while (std::next(last) != days.end() && *std::next(last) == *last + 1) ++last;
    const auto length = std::distance(day, last) + 1;
    for (auto each = day; each != std::next(last); ++each) {
      if (length >= 3 && each != day && each != last) continue;
      if (!out.empty()) out += length >= 3 && each == last ? "-" : ",";
      out += kDays[static_cast<std::size_t>(*each)];
    }
    day = std::next(last);
  }
  return out;
}

}  // namespace

std::variant<std::string, CronProblem> scheduler_cron(std::string_view five_fields) {
  std::vector<std::string_view> words;
  for (const std::string_view word : split(five_fields, ' ')) {
    if (!word.empty()) words.push_back(word);
  }
  if (words.size() != kFields.size())
    return CronProblem{"it must have five fields: minute, hour, day of the month, month, day of the week"};

  std::vector<std::string> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Field& field = kFields[i];
    std::set<int> days;
    for (const std::string_view part : split(words[i], ',')) {
      const std::optional<Item> found = item(part, field);
      if (!found) return CronProblem{"`" + std::string(part) + "` is no " + std::string(field.title)};
      for (int n = found->first; field.days && n <= found->last; n += found->step) days.insert(n % 7);
    }
    out.push_back(field.days && words[i] != "*" ? day_names(days) : std::string(words[i]));
  }
  // AWS wants exactly one of the two kinds of day, and `?` for the other.
  if (out[2] != "*" && out[4] != "*")
    return CronProblem{"it names days of the month and days of the week, and AWS takes one of the two"};
  (out[2] != "*" ? out[4] : out[4] != "*" ? out[2] : out[4]) = "?";
  return "cron(" + out[0] + " " + out[1] + " " + out[2] + " " + out[3] + " " + out[4] + " *)";
}

}  // namespace virga::aws
