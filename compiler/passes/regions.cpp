// Regions: what a node or an edge becomes must be to be had in the region that it is for.
#include "compiler/diagnostics/codes.h"
#include "compiler/passes/passes.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::passes {
namespace {

namespace codes = diag::codes;

bool lists(const catalog::Fact& fact, std::string_view region) {
  return std::find(fact.members.begin(), fact.members.end(), region) != fact.members.end();
}

/// The fact that keeps it out of the region; null when none does.
const catalog::Fact* keeps_out(const std::optional<Amount>& only_in, const std::optional<Amount>& not_in,
                               std::string_view region) {
  if (only_in && only_in->fact != nullptr && !lists(*only_in->fact, region)) return only_in->fact;
  if (not_in && not_in->fact != nullptr && lists(*not_in->fact, region)) return not_in->fact;
  return nullptr;
}

void report(const Model& model, Span place, const std::string& what, const catalog::Fact& fact, bool only,
            diag::Sink& sink) {
  diag::Sink one;
  auto r = one.report(place, codes::RegionLacks, what, model.region(), std::string(fact.subject));
  r.source(catalog::cite(fact));
  std::string has;
  for (const catalog::Region& region : model.catalog().regions) {
    if (lists(fact, region.vendor) == only) has += (has.empty() ? "" : ", ") + std::string(region.name);
  }
  r.note("it is to be had in " + has);
  r.help("choose one of these as a region of the app, or do without it there");
  diag::Diagnostic d = one.all().front();
  if (fact.verified) d.severity = diag::Severity::error;  // else the list may lag behind
  sink.add(std::move(d));
}

}  // namespace

void regions(const Model& model, diag::Sink& sink) {
  if (model.region().empty()) return;
  const Architecture& a = model.architecture();
  const auto check = [&](const auto& thing, Span place, const std::string& what) {
    const auto only = model.of(thing, "only_in"), except = model.of(thing, "not_in");
    const catalog::Fact* fact = keeps_out(only, except, model.region());
    if (fact != nullptr) report(model, place, what, *fact, only && only->fact == fact, sink);
  };
  for (const Node& node : a.nodes) check(node, node.span, "`" + node.name + "`");
  for (const Edge& edge : a.edges) check(edge, edge.arrow_span, "`" + describe(a, edge) + "`");
}

}  // namespace virga::passes
