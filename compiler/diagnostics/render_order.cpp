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
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return std::tuple(identity(all[a]), a) < std::tuple(identity(all[b]), b); });
  const auto equal = [&](std::size_t a, std::size_t b) { return identity(all[a]) == identity(all[b]); };
  order.erase(std::unique(order.begin(), order.end(), equal), order.end());
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return std::tuple(all[a].span, a) < std::tuple(all[b].span, b); });
  return order;
}

}  // namespace virga::diag
