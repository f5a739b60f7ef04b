#include "compiler/diagnostics/suggest.h"

#include <algorithm>

namespace virga::diag {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t swap = a[i - 1] == b[j - 1] ? 0 : 1;
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + swap});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) next[j] = std::min(next[j], before[j - 2] + 1);
    }
    before = row;
    row = next;
  }
  return row[b.size()];
}

}  // namespace

std::string nearest(std::string_view name, std::span<const std::string> candidates) {
  constexpr std::size_t kLongest = 64;  // names beyond it are no slips, and the table would grow with hostile input
  if (name.empty() || name.size() > kLongest) return {};
  std::size_t best = std::max<std::size_t>(1, name.size() / 3) + 1;
  std::string found;
  for (const std::string& c : candidates) {
    if (c.size() > kLongest || c == name) continue;
    const std::size_t d = distance(name, c);
    if (d >= std::max(name.size(), c.size())) continue;  // nothing of it is left: `%` is not what `x` was meant to be
    if (d < best || (d == best && !found.empty() && c < found)) {
      best = d;
      found = c;
    }
  }
  return found;
}

}  // namespace virga::diag
