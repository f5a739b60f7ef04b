#include "compiler/passes/passes.h"

namespace virga::passes {

std::span<const Pass> all() {
  static constexpr Pass list[] = {
      {"adopted", "words about a template are for apps that took one over", adopted},
      {"duplicate-edges", "an edge that stands twice says nothing twice", duplicate_edges},
      {"sync-cycles", "a node that waits for itself never answers", sync_cycles},
      {"async-loops", "events that come back to where they started need to be allowed, with a bound", async_loops, true},
      {"exposure", "doors are open, secrets readable and permissions wide only where somebody says so", exposure, true},
  };
  return list;
}

bool run(const Architecture& architecture, diag::Sink& sink) {
  bool whole = true;
  for (const Pass& pass : all()) {
    const std::size_t before = sink.errors();
    pass.run(architecture, sink);
    whole = whole && (pass.aside || sink.errors() == before);
  }
  return whole;
}

std::span<const PathCheck> path_checks() {
  static constexpr PathCheck list[] = {
      {"time-budgets", "whoever waits for an answer waits at least as long as the answer may take", time_budgets},
      {"retry-budgets", "every attempt comes before the message is too old, and none while the one before still runs",
       retry_budgets},
      {"failures", "what is handed over ends somewhere when it fails, and somebody looks there", failures},
      {"payloads", "a message fits every hop that it passes", payloads},
      {"settings", "what is said has an effect, and is what its neighbours need", settings},
      {"regions", "a region has what stands in it", regions},
      {"loads", "what the entries let in can be worked on, everywhere that it comes to", loads},
  };
  return list;
}

void run_paths(const Model& model, diag::Sink& sink) {
  for (const PathCheck& check : path_checks()) check.run(model, sink);
}

}  // namespace virga::passes
