// Cycles of the graph. Calls that come back to their caller can only end in a time-out; events that come back can run,
// and cost, for ever.
#include "compiler/architecture/graph.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/passes/passes.h"
#include "compiler/passes/paths.h"

#include <algorithm>
#include <string_view>

namespace virga::passes {
namespace {

namespace codes = diag::codes;

/// `a -> b -> a`
std::string path_of(const Architecture& a, const std::vector<EdgeId>& cycle) {
  std::string out = a.node(a.edge(cycle.front()).from.node).name;
  for (const EdgeId id : cycle) {
    const Edge& e = a.edge(id);
    out += (e.delivery == Delivery::call ? " -> " : " ~> ") + a.node(e.to.node).name;
  }
  return out;
}

bool is_call(const Edge& e) { return e.delivery == Delivery::call; }

bool waits(const Edge& e) { return is_call(e) && !begins_nothing(e); }
/// Edges along which something happens because something happened; not what says `loop = allowed`, which opens the cycle
/// that it closes.
bool drives(const Edge& e) { return !begins_nothing(e) && !e.properties.has("loop"); }

}  // namespace

void sync_cycles(const Architecture& architecture, diag::Sink& sink) {
  const Graph graph(architecture);
  for (const auto& cycle : graph.cycles(waits)) {
    const Edge& closing = architecture.edge(cycle.back());
    auto r =
        sink.report(closing.span, codes::GraphCycle, architecture.node(closing.to.node).name, path_of(architecture, cycle));
    for (const EdgeId id : cycle) {
      if (id != closing.id)
        r.label(architecture.edge(id).span,
                "and here " + architecture.node(architecture.edge(id).from.node).name + " waits");
    }
    r.help("hand over instead of waiting on one of these edges (`~>`), or let a third node call both");
  }
}

void async_loops(const Architecture& architecture, diag::Sink& sink) {
  for (const Edge& e : architecture.edges) {
    if (e.properties.has("loop") && !e.properties.number("bound")) {
      sink.report(e.properties.find("loop")->span, codes::GraphLoopBound)
          .help("say how often an event may go round: `{ loop = allowed  bound = 10 }`, and count it in the message");
    }
  }
  const Graph graph(architecture);
  for (const auto& cycle : graph.cycles(drives)) {
    bool calls = true;
    for (const EdgeId id : cycle) calls = calls && is_call(architecture.edge(id));
    if (calls) continue;  // sync_cycles speaks of it
    // The reader meets the loop where the last of its edges is written.
    const Edge* closing = nullptr;
    for (const EdgeId id : cycle) {
      const Edge& e = architecture.edge(id);
      if (!is_call(e) && (closing == nullptr || closing->span < e.span)) closing = &e;
    }
    auto r = sink.report(closing->span, codes::GraphLoop, path_of(architecture, cycle));
    for (const EdgeId id : cycle) {
      if (id != closing->id) r.label(architecture.edge(id).span, "part of the loop");
    }
    r.help("if it is meant, say so where the loop closes: `{ loop = allowed  bound = 10 }`");
  }
}

}  // namespace virga::passes
