#include "compiler/driver/ignore.h"

namespace virga::driver {
namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> out;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    if (slash != 0) out.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return out;
}

/// `[a-z]`, `[!x]` at `pattern[at]`: whether `c` is one of them; `at` moves behind it. Without a `]` it is a plain `[`.
bool in_class(std::string_view pattern, std::size_t& at, char c) {
  const std::size_t first = at + 1;
  std::size_t i = first;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  bool found = false;
  for (const std::size_t begin = i; i < pattern.size(); ++i) {
    if (pattern[i] == ']' && i > begin) {
      at = i + 1;
      return found != negated;
    }
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      found = found || (pattern[i] <= c && c <= pattern[i + 2]);
      i += 2;
    } else {
      found = found || pattern[i] == c;
    }
  }
  ++at;
  return c == '[';
}

/// One part of a path against one part of a pattern. Only the last `*` is ever taken back, so the time is at most the
/// product of the two lengths.
bool fits(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, star_name = 0;
  while (n < name.size()) {
    std::size_t next = p;
    bool good = false;
    if (p < pattern.size()) {
      switch (pattern[p]) {
        case '*':
          star = ++p;
          star_name = n;
          continue;
        case '?':
          good = true;
          next = p + 1;
          break;
        case '[': good = in_class(pattern, next, name[n]); break;
        case '\\':
          if (p + 1 < pattern.size()) ++next;
          [[fallthrough]];
        default: good = pattern[next] == name[n]; ++next;
      }
    }
    if (good) {
      p = next;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star;
      n = ++star_name;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

/// The same for whole paths, with `**` as the star.
bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  std::size_t p = 0, n = 0;
  std::size_t star = pattern.size() + 1, star_path = 0;
  while (n < path.size()) {
    if (p < pattern.size() && pattern[p] == "**") {
      star = ++p;
      star_path = n;
      if (p == pattern.size()) return true;  // `a/**`: everything below
      continue;
    }
    if (p < pattern.size() && fits(pattern[p], path[n])) {
      ++p;
      ++n;
    } else if (star <= pattern.size()) {
      p = star;
      n = ++star_path;
    } else {
      return false;
    }
  }
  return p == pattern.size();
}

}  // namespace

IgnoreFile::IgnoreFile(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    while (line.ends_with('\r') || line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    Line made;
    if (line.front() == '!') {
      made.kept = true;
      line.remove_prefix(1);
    }
    made.directories_only = line.ends_with('/');
    if (made.directories_only) line.remove_suffix(1);
    const bool anchored = line.find('/') != std::string_view::npos;
    made.parts = split(line);
    if (made.parts.empty()) continue;
    if (!anchored) made.parts.insert(made.parts.begin(), "**");
    lines_.push_back(std::move(made));
  }
}

IgnoreFile::Verdict IgnoreFile::judge(std::string_view path, bool directory) const {
  const std::vector<std::string> parts = split(path);
  for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
    if (line->directories_only && !directory) continue;
    if (fits(line->parts, parts)) return line->kept ? Verdict::kept : Verdict::ignored;
  }
  return Verdict::nothing;
}

}  // namespace virga::driver
