#include "compiler/adopt/names.h"

#include "compiler/adopt/words.h"

#include <cctype>

namespace virga::adopt {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string snake_case(std::string_view id) {
  std::string out;
  for (std::size_t i = 0; i < id.size(); ++i) {
    const char c = id[i];
    if (!is_upper(c) && !is_lower(c) && !is_digit(c)) {
      if (!out.empty() && out.back() != '_') out += '_';
      continue;
    }
    const char before = i == 0 ? '\0' : id[i - 1];
    const char after = i + 1 < id.size() ? id[i + 1] : '\0';
    const bool begins = is_upper(c) && (is_lower(before) || is_digit(before) || (is_upper(before) && is_lower(after)));
    if (begins && !out.empty() && out.back() != '_') out += '_';
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  if (!out.empty() && is_digit(out.front())) out.insert(0, "n");
  return out;
}

std::string Names::take(std::string_view id, std::string_view otherwise) {
  constexpr std::size_t kLongest = 60;  // what a person still reads; engines cut names elsewhere
  std::string name = snake_case(id).substr(0, kLongest);
  while (!name.empty() && name.back() == '_') name.pop_back();
  if (name.empty()) name = otherwise;
  if (!is_name(name) || name == "engine") name += "_" + std::string(otherwise);
  std::string free = name;
  for (int n = 2; !taken_.insert(free).second; ++n) free = name + "_" + std::to_string(n);
  return free;
}

}  // namespace virga::adopt
