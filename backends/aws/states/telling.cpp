#include "backends/aws/states/telling.h"

#include <fmt/format.h>

namespace virga::aws::states {

void lacks(const std::string& state, const std::string& why) { throw Lacks{fmt::format("the state `{}` {}", state, why)}; }

const std::string* text(const cloud::Object& of, std::string_view name) {
  const cloud::Value* said = of.find(name);
  return said == nullptr ? nullptr : said->get<std::string>();
}

std::optional<std::int64_t> whole_number(const cloud::Object& of, std::string_view name) {
  const cloud::Value* said = of.find(name);
  const auto* n = said == nullptr ? nullptr : said->get<std::int64_t>();
  return n == nullptr ? std::nullopt : std::optional(*n);
}

const cloud::Values& items(const cloud::Object& of, std::string_view name) {
  static const cloud::Values none;
  const cloud::Value* said = of.find(name);
  const auto* list = said == nullptr ? nullptr : said->get<cloud::Values>();
  return list == nullptr ? none : *list;
}

std::vector<std::string> errors_of(const cloud::Object& of) {
  std::vector<std::string> out;
  for (const cloud::Value& one : items(of, "ErrorEquals")) {
    if (const auto* error = one.get<std::string>()) out.push_back(*error);
  }
  return out;
}

Value duration(std::int64_t seconds) {
  constexpr std::int64_t kSecond = 1000;  // quantities of time are in milliseconds
  constexpr std::int64_t kMost = std::int64_t{1} << 50;  // beyond every limit of an engine; so that it can be counted
  return {Quantity{std::min(seconds, kMost) * kSecond, Dimension::duration}, {}, {}};
}

}  // namespace virga::aws::states
