#include "compiler/adopt/convert_parts.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace virga::adopt {

const UnitOf* unit_named(std::string_view name) {
  constexpr std::int64_t kSecond = 1000, kKilo = 1024;
  static const std::map<std::string_view, UnitOf> units = {
      {"milliseconds", {1, Dimension::duration}},       {"seconds", {kSecond, Dimension::duration}},
      {"minutes", {60 * kSecond, Dimension::duration}}, {"hours", {3600 * kSecond, Dimension::duration}},
      {"days", {86400 * kSecond, Dimension::duration}}, {"bytes", {1, Dimension::size}},
      {"kilobytes", {kKilo, Dimension::size}},          {"megabytes", {kKilo * kKilo, Dimension::size}},
      {"per_second", {1000, Dimension::rate}},          {"vcpu", {1000, Dimension::cpu}},
  };
  const auto found = units.find(name);
  return found == units.end() ? nullptr : &found->second;
}

std::string_view word(std::string_view words, std::string_view wanted, bool to_cloud) {
  while (!words.empty()) {
    const std::size_t end = words.find(' ');
    const std::string_view pair = words.substr(0, end);
    words.remove_prefix(end == std::string_view::npos ? words.size() : end + 1);
    const std::size_t equal = pair.find('=');
    if (equal == std::string_view::npos) continue;
    const std::string_view own = pair.substr(0, equal), theirs = pair.substr(equal + 1);
    if ((to_cloud ? own : theirs) == wanted) return to_cloud ? theirs : own;
  }
  return {};
}

bool begins(std::string_view& as, std::string_view word) {
  if (!as.starts_with(word)) return false;
  as.remove_prefix(word.size());
  return true;
}

bool begins_list_of_one(std::string_view& as) { return as == "one" ? begins(as, "one") : begins(as, "one "); }

std::optional<Besides> besides(std::string_view& as) {
  if (!begins(as, "also ")) return std::nullopt;
  const std::size_t end = std::min(as.find(' '), as.size()), equal = as.find('=');
  const Besides out{as.substr(0, equal), as.substr(equal + 1, end - equal - 1)};
  as.remove_prefix(std::min(end + 1, as.size()));
  return out;
}

std::string_view when_absent(std::string_view as) { return begins(as, "absent ") ? as : std::string_view(); }

std::optional<std::string> resolved(std::string_view path, const std::function<std::string(std::string_view)>& text) {
  std::string out;
  while (!path.empty()) {
    const std::size_t at = path.find('@');
    out += path.substr(0, at);
    if (at == std::string_view::npos) break;
    const std::size_t end = std::min(path.find(']', at), path.size());
    const std::string said = text(path.substr(at + 1, end - at - 1));
    if (said.empty()) return std::nullopt;
    out += said;
    path.remove_prefix(end);
  }
  return out;
}

std::string moved_path(const std::string& path, const std::string& way) {
  const bool no_file = path.find("://") != std::string::npos || path.find("${") != std::string::npos;
  if (way.empty() || path.starts_with('/') || no_file) return path;
  return std::filesystem::path(way + path).lexically_normal().generic_string();
}

}  // namespace virga::adopt
