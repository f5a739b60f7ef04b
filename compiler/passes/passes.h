// Checks over a whole architecture. Each is a pure function in a file of its own; passes.cpp is the list.
#pragma once

#include "compiler/architecture/architecture.h"
#include "compiler/catalog/catalog.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/passes/model.h"

#include <functional>
#include <map>
#include <span>
#include <string_view>

namespace virga::passes {

struct Pass {
  std::string_view name;
  std::string_view says;  ///< one line, for the reference
  void (*run)(const Architecture&, diag::Sink&);
  bool aside = false;  ///< what it finds wrong keeps nobody from looking at the rest
};

/// Every check that needs no cloud, in the order in which they run.
[[nodiscard]] std::span<const Pass> all();

/// Runs them. The architecture must have been built without errors. Gives whether clouds can be asked about it: there may be
/// errors of which nothing else follows.
[[nodiscard]] bool run(const Architecture& architecture, diag::Sink& sink);

/// A value that no bound lets stand.
struct OutOfBounds {
  std::optional<NodeId> node;
  std::optional<EdgeId> edge;  ///< one of the two
  std::string attribute;
};

/// Tests every bound of a cloud's catalogue on every node and edge; gives the values behind the errors. Values known only at
/// deployment are not tested: lowering turns the bounds into constraints of the parameter. `strategy_of` gives the strategy
/// that the cloud takes for a node, for bounds that are about one strategy alone.
[[nodiscard]] std::vector<OutOfBounds> check_bounds(const Architecture& architecture, const catalog::Catalog& catalog,
                                                    const std::function<std::string_view(const Node&)>& strategy_of,
                                                    diag::Sink& sink);

/// What a day (`2026-11-28`) makes of the runtimes that nodes name: mended no more soon, no more already, or refused.
void check_runtimes(const Architecture& architecture, const catalog::Catalog& catalog, std::string_view day,
                    diag::Sink& sink);

/// What breaking a fact amounts to: a warning for a quota, for advice and for what nobody has read in its source, else an
/// error.
[[nodiscard]] diag::Severity severity_of(const catalog::Fact& fact);
/// Tells in a finding why it is no error: a quota needs an increase, an unverified fact proves nothing.
void explain_severity(const catalog::Fact& fact, const catalog::Catalog& catalog, diag::Diagnostic& d);
/// Hands the one finding of `one` on to `sink`, as bad as the fact behind it makes it, with the reason; gives that severity.
diag::Severity hand_on(const diag::Sink& one, const catalog::Fact& fact, const catalog::Catalog& catalog, diag::Sink& sink);

/// What packed code measures, in bytes.
struct PackageSize {
  std::uint64_t packed = 0, unpacked = 0;
};

/// Tests the catalogue's limits on packed code. `regions` are the cloud's own names of those that are compiled for; empty
/// when one template fits any region: then a limit that holds in some regions only is a warning that names them.
void check_packages(const Architecture& architecture, const catalog::Catalog& catalog,
                    const std::map<NodeId, PackageSize>& sizes, const std::vector<std::string>& regions,
                    const std::function<std::string_view(const Node&)>& strategy_of, diag::Sink& sink);

/// The architecture with the kinds' defaults for those values: lowering it finds what is wrong besides, and nothing that
/// follows from them. What it gives must not be emitted.
[[nodiscard]] Architecture within_bounds(Architecture architecture, const std::vector<OutOfBounds>& values,
                                         const catalog::Catalog& catalog);

/// The amount of a fact in the base unit of `dimension`: 15 "minutes" of a duration are 900,000. Nothing when the unit
/// measures something else.
[[nodiscard]] std::optional<double> in_base_unit(double amount, std::string_view unit, Dimension dimension);

/// A check over whole paths of what one cloud makes of the architecture.
struct PathCheck {
  std::string_view name;
  std::string_view says;  ///< one line, for the reference
  void (*run)(const Model&, diag::Sink&);
};
[[nodiscard]] std::span<const PathCheck> path_checks();
/// Runs them. Lowering must have found no errors.
void run_paths(const Model& model, diag::Sink& sink);

// The passes themselves.
void adopted(const Architecture& architecture, diag::Sink& sink);
void duplicate_edges(const Architecture& architecture, diag::Sink& sink);
void sync_cycles(const Architecture& architecture, diag::Sink& sink);
void async_loops(const Architecture& architecture, diag::Sink& sink);
void exposure(const Architecture& architecture, diag::Sink& sink);
void time_budgets(const Model& model, diag::Sink& sink);
void retry_budgets(const Model& model, diag::Sink& sink);
void failures(const Model& model, diag::Sink& sink);
void payloads(const Model& model, diag::Sink& sink);
void loads(const Model& model, diag::Sink& sink);
void regions(const Model& model, diag::Sink& sink);
void settings(const Model& model, diag::Sink& sink);

}  // namespace virga::passes
