#include "compiler/adopt/report_rows.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::adopt {
namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& one : names) out += (out.empty() ? "`" : ", `") + one + "`";
  return out;
}

}  // namespace

std::optional<MovedRow> row_of_nested(const MoveRequest& request, const Fate& fate) {
  const auto nested = std::find_if(request.nested.begin(), request.nested.end(),
                                   [&](const MovedNested& n) { return !fate.raised && n.id == fate.id; });
  if (nested == request.nested.end()) return std::nullopt;
  MovedRow row;
  row.id = fate.id;
  row.type = fate.type;
  row.as = "app " + nested->app;
  row.says = nested->here ? fmt::format("its template moves as an app of its own, `{}`", nested->app)
                          : fmt::format("its template, `{}`, is not here: move it as an app of its own", nested->path);
  if (nested->blocking > 0) row.says += fmt::format(", where {}", plural(nested->blocking, "thing blocks", "things block"));
  if (!nested->given.empty())
    row.says += fmt::format("; {} {} to be said when it is deployed", listed(nested->given),
                            nested->given.size() == 1 ? "is" : "are");
  if (!nested->between.empty())
    row.says += fmt::format("; what passes between the two ({}) is said with `export` in the one and read in the other",
                            listed(nested->between));
  row.blocking = !nested->here || !nested->whole || !nested->between.empty();
  row.fate = row.blocking ? Becomes::impossible : Becomes::degraded;
  return row;
}

std::string plural(std::size_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

}  // namespace virga::adopt
