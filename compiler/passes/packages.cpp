// The catalogue's limits on packed code: what it measures, against the target and the regions it goes to.
#include "compiler/passes/passes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace virga::passes {
namespace {

bool lists(const catalog::Catalog& catalog, std::string_view fact, std::string_view region) {
  const auto& members = catalog.fact(fact).members;
  return std::find(members.begin(), members.end(), region) != members.end();
}

/// Those of `regions` in which the limit holds. Without regions: whether it holds in some and not in others.
std::vector<std::string> held_in(const catalog::Catalog& catalog, const catalog::PackageLimit& limit,
                                 const std::vector<std::string>& regions) {
  std::vector<std::string> out;
  for (const std::string& r : regions) {
    if (!limit.regions.empty() && !lists(catalog, limit.regions, r)) continue;
    if (!limit.except.empty() && lists(catalog, limit.except, r)) continue;
    out.push_back(r);
  }
  return out;
}

std::string joined(const auto& words) {
  std::string out;
  for (const auto& w : words) out += (out.empty() ? "" : ", ") + std::string(w);
  return out;
}

}  // namespace

void check_packages(const Architecture& architecture, const catalog::Catalog& catalog,
                    const std::map<NodeId, PackageSize>& sizes, const std::vector<std::string>& regions,
                    const std::function<std::string_view(const Node&)>& strategy_of, diag::Sink& sink) {
  for (const catalog::PackageLimit& limit : catalog.packages) {
    const catalog::Fact& fact = catalog.fact(limit.fact);
    const bool everywhere = limit.regions.empty() && limit.except.empty();
    const std::vector<std::string> held = held_in(catalog, limit, regions);
    if (!regions.empty() && held.empty()) continue;
    const double most = in_base_unit(fact.has_max ? fact.max : fact.value, fact.unit, Dimension::size)
                            .value_or(fact.has_max ? fact.max : fact.value);
    const Quantity most_quantity{static_cast<std::int64_t>(most), Dimension::size};
    for (const Node& node : architecture.nodes) {
      const auto size = sizes.find(node.id);
      if (size == sizes.end() || node.kind != limit.kind) continue;
      if (!limit.strategy.empty() && limit.strategy != strategy_of(node)) continue;
      const bool packed = limit.measure == catalog::PackageLimit::Measure::packed;
      const std::uint64_t bytes = packed ? size->second.packed : size->second.unpacked;
      if (static_cast<double>(bytes) <= most) continue;
      // In the unit of the limit, rounded up: what is over never reads as what is allowed.
      const double unit = in_base_unit(1, fact.unit, Dimension::size).value_or(1);
      const std::string measured =
          fmt::format("{:.1f} {}", std::ceil(static_cast<double>(bytes) / unit * 10) / 10, fact.unit);
      std::string message(limit.message);
      if (const auto hole = message.find("{limit}"); hole != std::string::npos)
        message.replace(hole, 7, to_text(most_quantity));
      diag::Diagnostic d;
      d.code = limit.code;
      const bool may_fit = regions.empty() && !everywhere;
      d.severity = may_fit ? diag::Severity::warning : severity_of(fact);
      d.message = fmt::format("the code of `{}` measures {}{}, {}", node.name, measured, packed ? "" : " unpacked", message);
      const Value* code = nullptr;  // where the path was given
      const auto kind = architecture.kinds.find(node.kind);
      for (const AttributeSpec& spec : kind->second.attributes) {
        if (spec.type.tag == Type::Tag::path && code == nullptr) code = node.attributes.find(spec.name);
      }
      d.span = !node.expanded_from.empty()             ? node.expanded_from.front()
               : code != nullptr && code->span.known() ? code->span
                                                       : node.span;
      d.source = catalog::cite(fact);
      if (!held.empty() && !everywhere) d.notes.push_back("in " + joined(held));
      if (may_fit && !limit.regions.empty()) d.notes.push_back("in " + joined(catalog.fact(limit.regions).members));
      if (may_fit && !limit.except.empty())
        d.notes.push_back("everywhere but in " + joined(catalog.fact(limit.except).members));
      if (!limit.help.empty()) d.help.emplace_back(limit.help);
      explain_severity(fact, catalog, d);
      sink.add(std::move(d));
    }
  }
}

}  // namespace virga::passes
