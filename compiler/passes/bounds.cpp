// Bounds of the catalogue on single attributes: the number is a fact, this is only the comparison.
#include "compiler/passes/passes.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace virga::passes {
namespace {

struct UnitFactor {
  std::string_view unit;
  Dimension dimension;
  double factor;
};
constexpr double kKilo = 1024;
constexpr UnitFactor kUnits[] = {
    {"milliseconds", Dimension::duration, 1},
    {"ms", Dimension::duration, 1},
    {"seconds", Dimension::duration, 1000},
    {"s", Dimension::duration, 1000},
    {"minutes", Dimension::duration, 60'000},
    {"hours", Dimension::duration, 3'600'000},
    {"days", Dimension::duration, 86'400'000},
    {"bytes", Dimension::size, 1},
    {"KB", Dimension::size, kKilo},
    {"KiB", Dimension::size, kKilo},
    {"MB", Dimension::size, kKilo* kKilo},
    {"MiB", Dimension::size, kKilo* kKilo},
    {"GB", Dimension::size, kKilo* kKilo* kKilo},
    {"GiB", Dimension::size, kKilo* kKilo* kKilo},
    {"vCPU", Dimension::cpu, 1000},
    {"vcpu", Dimension::cpu, 1000},
    {"per second", Dimension::rate, 1000},
    {"requests per second", Dimension::rate, 1000},
    {"percent", Dimension::percent, 100},
};

struct Checked {
  const Value* value;
  Span where;
  std::string what;  ///< "`timeout` of `sync`"
  Span used;  ///< of a node of a pattern: the outermost use of one
};

Span use_of(const Node& node) { return node.expanded_from.empty() ? Span{} : node.expanded_from.front(); }

/// The value as a number in its base unit, with its dimension when it has one.
bool amount_of(const Value& value, double& amount, std::optional<Dimension>& dimension) {
  if (const auto* q = value.get<Quantity>()) {
    amount = static_cast<double>(q->amount);
    dimension = q->dimension;
    return true;
  }
  if (const auto* n = value.get<double>()) {
    amount = *n;
    return true;
  }
  return false;
}

std::string limit_text(double limit, std::optional<Dimension> dimension) {
  return dimension ? to_text(Quantity{static_cast<std::int64_t>(limit), *dimension}) : to_text(limit);
}

void test(const catalog::Bound& bound, const catalog::Fact& fact, const Checked& checked, const catalog::Catalog& catalog,
          diag::Sink& sink) {
  using Test = catalog::Bound::Test;
  double amount = 0;
  std::optional<Dimension> dimension;
  if (!amount_of(*checked.value, amount, dimension)) return;
  const auto base = [&](double v) { return dimension ? in_base_unit(v, fact.unit, *dimension).value_or(v) : v; };
  std::string limit, says;
  bool good = true;
  switch (bound.test) {
    case Test::at_most: {
      const double most = base(fact.has_max ? fact.max : fact.value);
      good = amount <= most;
      limit = limit_text(most, dimension);
      says = "at most " + limit;
      break;
    }
    case Test::at_least: {
      const double least = base(fact.has_min ? fact.min : fact.value);
      good = amount >= least;
      limit = limit_text(least, dimension);
      says = "at least " + limit;
      break;
    }
    case Test::multiple_of: {
      const double step = base(fact.value);
      good = step <= 0 || std::fmod(amount, step) == 0;
      limit = limit_text(step, dimension);
      says = "a multiple of " + limit;
      break;
    }
    case Test::one_of: {
      good = false;
      for (const std::string_view m : fact.members) {
        const double allowed = base(std::strtod(std::string(m).c_str(), nullptr));
        good = good || allowed == amount;
        limit += (limit.empty() ? "" : ", ") + limit_text(allowed, dimension);
      }
      says = "one of " + limit;
      break;
    }
  }
  if (good) return;
  std::string message(bound.message);
  if (const auto hole = message.find("{limit}"); hole != std::string::npos) message.replace(hole, 7, limit);
  diag::Diagnostic d;
  d.code = bound.code;
  // A quota that can be raised, or a fact that nobody has read in its source, does not stop anybody.
  d.severity = fact.verified && fact.kind != catalog::FactKind::quota ? diag::Severity::error : diag::Severity::warning;
  d.message = fmt::format("{} is {}, {}", checked.what, to_text(*checked.value), message);
  d.span = checked.value->span.known() ? checked.value->span : checked.where;
  // What a pattern hands to its node was written where the pattern is used, or is the pattern's own.
  if (checked.used.known() && checked.value->span.known()) {
    const Span within = d.span;
    d.span = checked.value->origin.known() && checked.value->origin.file == checked.used.file ? checked.value->origin
                                                                                              : checked.used;
    if (d.span != within) d.labels.push_back({within, "it gets there here"});
  }
  d.span_text = says + " on " + std::string(catalog.cloud);
  d.source = catalog::cite(fact);
  if (!bound.help.empty()) d.help.emplace_back(bound.help);
  if (fact.kind == catalog::FactKind::quota) d.help.emplace_back("the quota can be raised on request");
  sink.add(std::move(d));
}

}  // namespace

std::optional<double> in_base_unit(double amount, std::string_view unit, Dimension dimension) {
  for (const UnitFactor& u : kUnits) {
    if (u.unit == unit && u.dimension == dimension) return amount * u.factor;
  }
  return std::nullopt;
}

void check_bounds(const Architecture& architecture, const catalog::Catalog& catalog,
                  const std::function<std::string_view(const Node&)>& strategy_of, diag::Sink& sink) {
  for (const catalog::Bound& bound : catalog.bounds) {
    const catalog::Fact& fact = catalog.fact(bound.fact);
    if (bound.edge_to.empty()) {
      for (const Node& node : architecture.nodes) {
        if (node.kind != bound.kind || (!bound.strategy.empty() && bound.strategy != strategy_of(node))) continue;
        const Value* value = node.for_cloud(catalog.cloud).find(bound.attribute);
        if (value != nullptr)
          test(bound, fact, {value, node.span, fmt::format("`{}` of `{}`", bound.attribute, node.name), use_of(node)},
               catalog, sink);
      }
      continue;
    }
    for (const Edge& edge : architecture.edges) {
      if (architecture.node(edge.from.node).kind != bound.kind) continue;
      if (architecture.node(edge.to.node).kind + "." + edge.to.name != bound.edge_to) continue;
      const Value* value = edge.for_cloud(catalog.cloud).find(bound.attribute);
      if (value == nullptr) continue;
      test(bound, fact,
           {value, edge.arrow_span, fmt::format("`{}` of the edge `{}`", bound.attribute, describe(architecture, edge)),
            use_of(architecture.node(edge.from.node))},
           catalog, sink);
    }
  }
}

}  // namespace virga::passes
