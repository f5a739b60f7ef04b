#include "compiler/diagnostics/render.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace virga::diag {
namespace {

/// Two findings that say the same about the same place are one to the reader, whatever details differ.
auto identity(const Diagnostic& d) {
  return std::tuple<Span, std::string_view, std::string_view, std::string_view>(d.span, d.code, d.message, d.span_text);
}

}  // namespace

std::vector<std::size_t> render_order(const Sink& sink) {
  const auto& all = sink.all();
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});

  // A span's own order is by file, begin, end; "nowhere" comes last.
  // Of equal ones, one that is not allowed is shown.
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tuple(identity(all[a]), all[a].allowed.has_value(), a) <
           std::tuple(identity(all[b]), all[b].allowed.has_value(), b);
  });
  const auto equal = [&](std::size_t a, std::size_t b) { return identity(all[a]) == identity(all[b]); };
  order.erase(std::unique(order.begin(), order.end(), equal), order.end());
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return std::tuple(all[a].span, a) < std::tuple(all[b].span, b); });
  return order;
}

Counts count(const Sink& sink) {
  Counts out;
  for (const std::size_t i : render_order(sink)) {
    const Diagnostic& d = sink.all()[i];
    const bool error = d.severity == Severity::error, warning = d.severity == Severity::warning;
    ++(d.allowed ? out.allowed : error ? out.errors : warning ? out.warnings : out.notes);
  }
  return out;
}

}  // namespace virga::diag
