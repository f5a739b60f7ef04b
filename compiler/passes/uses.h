// How much of each limit an architecture takes, whether that is too much or not: for plans, which say what a change comes
// close to. What is counted is what the checks count; they only tell of what is beyond.
#pragma once

#include "compiler/diagnostics/sink.h"
#include "compiler/passes/model.h"

#include <string>
#include <string_view>
#include <vector>

namespace virga::passes {

struct Use {
  std::string key;  ///< the same before and after, whatever is renamed
  std::string what;  ///< "connections to `db`"
  double used = 0, most = 0;  ///< in the same unit; of what is only known within bounds, the least
  std::string used_text, most_text;
  std::string source;  ///< of the limit
};

/// Of the numbers: loads against rates, connections and what may run at once, and how much lists, maps and texts hold. What
/// the program itself sets (`timeout`) is a setting and no use.
[[nodiscard]] std::vector<Use> uses_of(const Model& model, const Strategies& strategies);

/// The check over loads, and what it measured on the way.
void measure_loads(const Model& model, diag::Sink& sink, std::vector<Use>& uses);

/// "Function quotas, read 2026-11", or whose attribute it is.
[[nodiscard]] std::string source_of(const Amount& limit);

}  // namespace virga::passes
