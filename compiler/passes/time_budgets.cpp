// Time budgets: whoever waits for an answer must wait at least as long as the answer may take. One who gives up earlier
// loses the answer, while the other goes on, is paid for, and is asked again.
#include "compiler/diagnostics/codes.h"
#include "compiler/passes/passes.h"
#include "compiler/passes/paths.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::passes {
namespace {

namespace codes = diag::codes;

/// The least of what ends the wait on an edge: what the hop itself allows, and what is left to the caller at the most.
std::optional<Amount> deadline(const Model& model, const Edge& edge) {
  std::optional<Amount> least = model.of(edge, "waits");
  const std::optional<Amount> own = model.of(model.architecture().node(edge.from.node), "runs");
  if (own && (!least || own->value < least->value)) least = own;
  return least;
}

std::string path_of(const Model& model, const Edge& last, const Amount& wait, const Amount& need) {
  const Architecture& a = model.architecture();
  std::vector<Stop> stops;
  for (const Edge* e : calls_to(model, last)) {
    const std::optional<Amount> d = deadline(model, *e);
    stops.push_back({source_text(a, *e), d ? "waits at most " + text_of(*d) : ""});
  }
  stops.back().says = fmt::format("waits at most {}, and gives up", text_of(wait));
  stops.push_back({a.node(last.to.node).name, "may take " + text_of(need)});
  return draw("the calls", stops);
}

void outlives(const Model& model, const Edge& edge, diag::Sink& sink) {
  const Architecture& a = model.architecture();
  const std::optional<Amount> wait = deadline(model, edge), need = model.of(a.node(edge.to.node), "runs");
  if (!wait || !need || need->value <= wait->value) return;
  const std::string& callee = a.node(edge.to.node).name;
  auto r = sink.report(edge.arrow_span, codes::PathOutlives, callee, text_of(*need), source_text(a, edge), text_of(*wait));
  if (wait->fact != nullptr) r.source(catalog::cite(*wait->fact));
  if (wait->span.known())
    r.label(wait->span, wait->given ? "it waits no longer than this"
                                    : wait->said + " is " + text_of(*wait) + " unless it says otherwise");
  if (need->span.known() && need->given) r.label(need->span, "it may take this long");
  r.note(path_of(model, edge, *wait, *need));
  r.help(
      fmt::format("let `{}` take at most {}, or hand over to it (`~>`) and fetch the result later", callee, text_of(*wait)));
}

/// Of a caller that says how it calls.
void calls_outlast(const Model& model, const Node& node, diag::Sink& sink) {
  const Architecture& a = model.architecture();
  const std::optional<Amount> own = model.of(node, "runs");
  if (!own || node.for_cloud(model.catalog().cloud).text("calls") != "in_turn") return;
  double sum = 0;
  std::vector<Stop> stops;
  for (const Edge* e : a.edges_from(node.id)) {
    const std::optional<Amount> need = e->delivery == Delivery::call ? model.of(a.node(e->to.node), "runs") : std::nullopt;
    if (!need) continue;
    if (need->value > own->value) return;  // that one alone is reported
    sum += need->value;
    stops.push_back({a.node(e->to.node).name, "may take " + text_of(*need)});
  }
  if (sum <= own->value || stops.size() < 2) return;
  const auto total = to_text(Quantity{static_cast<std::int64_t>(sum), Dimension::duration});
  std::string drawing = "the calls, one after another";
  for (const Stop& s : stops) drawing += fmt::format("\n{} {}", s.who, s.says);
  auto r = sink.report(node.span, codes::PathCallsOutlast, node.name, total, text_of(*own));
  if (own->given) r.label(own->span, "at most this long");
  r.note(drawing);
  r.help(fmt::format("give `{}` {}, make the calls at the same time (`calls = together`), or let each take less", node.name,
                     total));
}

}  // namespace

void time_budgets(const Model& model, diag::Sink& sink) {
  for (const Edge& edge : model.architecture().edges) {
    if (edge.delivery == Delivery::call) outlives(model, edge, sink);
  }
  for (const Node& node : model.architecture().nodes) calls_outlast(model, node, sink);
}

}  // namespace virga::passes
