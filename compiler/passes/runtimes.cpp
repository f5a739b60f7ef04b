// Runtimes whose support ends, judged by a day that the user names: never by the clock.
#include "compiler/diagnostics/codes.h"
#include "compiler/passes/passes.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace virga::passes {
namespace {

namespace codes = diag::codes;

/// So long before the end it is time to think of another one.
constexpr int kNoticeDays = 180;

int number(std::string_view digits) {
  int out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

/// Days since a fixed one, of `2026-11-28`.
int days(std::string_view date) {
  using namespace std::chrono;
  if (date.size() != 10) return 0;
  const year_month_day day(year(number(date.substr(0, 4))), month(static_cast<unsigned>(number(date.substr(5, 2)))),
                           std::chrono::day(static_cast<unsigned>(number(date.substr(8, 2)))));
  return static_cast<int>(sys_days(day).time_since_epoch().count());
}

void judge(const Node& node, const Value& value, const std::string& name, const catalog::Runtime& runtime,
           const catalog::Catalog& catalog, std::string_view today, diag::Sink& sink) {
  const auto passed = [&](std::string_view date) { return !date.empty() && date <= today; };
  const Span span = value.span.known() && node.expanded_from.empty() ? value.span
                    : node.expanded_from.empty()                     ? node.span
                                                                     : node.expanded_from.front();
  const std::string title(catalog.title), source(runtime.source);
  if (passed(runtime.no_new_from)) {
    auto r = sink.report(span, codes::RuntimeRefused, title, name, std::string(runtime.no_new_from));
    if (!runtime.no_change_from.empty())
      r.note(fmt::format("one that is there {} be changed {} {}", passed(runtime.no_change_from) ? "cannot" : "can",
                         passed(runtime.no_change_from) ? "since" : "until", runtime.no_change_from));
    r.source(source).help("take a newer runtime; `virga kinds function` lists them");
  } else if (passed(runtime.end_of_support)) {
    auto r = sink.report(span, codes::RuntimeEnded, title, name, std::string(runtime.end_of_support));
    if (!runtime.no_new_from.empty()) r.note(fmt::format("no function is made of it from {} on", runtime.no_new_from));
    r.source(source).help("take a newer runtime");
  } else if (!runtime.end_of_support.empty()) {
    const int left = days(runtime.end_of_support) - days(today);
    if (left > kNoticeDays) return;
    sink.report(span, codes::RuntimeEnds, title, name, std::string(runtime.end_of_support), left)
        .source(source)
        .help("plan for a newer runtime");
  }
}

}  // namespace

void check_runtimes(const Architecture& architecture, const catalog::Catalog& catalog, std::string_view day,
                    diag::Sink& sink) {
  for (const Node& node : architecture.nodes) {
    const auto kind = architecture.kinds.find(node.kind);
    if (kind == architecture.kinds.end()) continue;
    for (const AttributeSpec& spec : kind->second.attributes) {
      if (spec.type.name != "runtime") continue;
      const Value* value = node.for_cloud(catalog.cloud).find(spec.name);
      const auto* symbol = value == nullptr ? nullptr : value->get<Symbol>();
      const catalog::Runtime* runtime = symbol == nullptr ? nullptr : catalog.runtime(symbol->name);
      if (runtime != nullptr) judge(node, *value, symbol->name, *runtime, catalog, day, sink);
    }
  }
}

}  // namespace virga::passes
