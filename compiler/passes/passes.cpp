#include "compiler/passes/passes.h"

namespace virga::passes {

std::span<const Pass> all() {
  static constexpr Pass list[] = {
      {"duplicate-edges", "an edge that stands twice says nothing twice", duplicate_edges},
      {"sync-cycles", "a node that waits for itself never answers", sync_cycles},
      {"async-loops", "events that come back to where they started need to be allowed, with a bound", async_loops},
  };
  return list;
}

void run(const Architecture& architecture, diag::Sink& sink) {
  for (const Pass& pass : all()) pass.run(architecture, sink);
}

}  // namespace virga::passes
