#include "backends/aws/serverless_framework/names.h"

#include <algorithm>
#include <iterator>

namespace virga::aws::serverless_framework {
namespace {

// The framework looks at ASCII alone, whatever the machine's language is.
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

std::string only_alphanumeric(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char c) { return is_lower(c) || is_upper(c) || is_digit(c); });
  return out;
}

std::string path_part(std::string_view raw) {
  std::string part = lower(raw);
  if (!part.empty()) part.front() = to_upper(part.front());
  part = replaced(std::move(part), "-", "Dash");
  const std::size_t open = part.find('{'), close = part.rfind('}');
  if (open != std::string::npos && close != std::string::npos && open < close)
    part = part.substr(0, open) + part.substr(open + 1, close - open - 1) + "Var" + part.substr(close + 1);
  return upper_first(only_alphanumeric(part));
}

}  // namespace

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), to_lower);
  return out;
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), to_upper);
  return out;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

std::string_view after_last(std::string_view text, char by) {
  const std::size_t at = text.rfind(by);
  return at == std::string_view::npos ? text : text.substr(at + 1);
}

std::string_view part_of(std::string_view text, char by, std::size_t index) {
  for (; index > 0; --index) {
    const std::size_t at = text.find(by);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + 1);
  }
  return text.substr(0, text.find(by));
}

std::string upper_first(std::string_view name) {
  std::string out(name);
  if (!out.empty()) out.front() = to_upper(out.front());
  return out;
}

std::string normalized(std::string_view name) {
  return upper_first(replaced(replaced(std::string(name), "-", "Dash"), "_", "Underscore"));
}

std::string alphanumeric(std::string_view name) { return upper_first(only_alphanumeric(name)); }

std::string normalized_path(std::string_view path) {
  std::string out;
  while (true) {
    const std::size_t slash = path.find('/');
    out += path_part(path.substr(0, slash));
    if (slash == std::string_view::npos) return out;
    path.remove_prefix(slash + 1);
  }
}

std::string normalized_route(std::string_view route) {
  std::string out(route);
  for (const auto& [what, by] : {std::pair{"$", "S"}, {"/", "Slash"}, {"-", "Dash"}, {"_", "Underscore"}, {".", "Period"}})
    out = replaced(std::move(out), what, by);
  return out;
}

std::string start_case(std::string_view text) {
  std::string out;
  char before = ' ';
  for (const char c : text) {
    const bool letter = is_lower(c) || is_upper(c);
    const bool word = (letter || is_digit(c)) && !(is_lower(c) && (is_lower(before) || is_upper(before))) &&
                      !(is_upper(c) && is_upper(before)) && !(is_digit(c) && is_digit(before));
    if (letter || is_digit(c)) out += word ? to_upper(c) : c;
    before = c;
  }
  return out;
}

}  // namespace virga::aws::serverless_framework
