// Bounds of the catalogue on single attributes: the number is a fact, this is only the comparison.
#include "compiler/passes/passes.h"

#include <fmt/format.h>
#include <re2/re2.h>

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

/// Of a range both ends are held to the bound; of anything else the value itself.
std::vector<const Value*> ends_of(const Value& value) {
  const std::optional<RangeEnds> ends = range_ends(value);
  if (!ends) return {&value};
  if (*ends->least == *ends->most) return {ends->most};
  return {ends->least, ends->most};
}

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
  if (const auto* items = value.get<Values>()) {
    amount = static_cast<double>(items->size());
    return true;
  }
  return false;
}

std::string limit_text(double limit, std::optional<Dimension> dimension) {
  return dimension ? to_text(Quantity{static_cast<std::int64_t>(limit), *dimension}) : to_text(limit);
}

/// Of a list only its length matters.
std::string seen(const Value& value) {
  const auto* items = value.get<Values>();
  return items == nullptr ? to_text(value) : fmt::format("a list of {}", items->size());
}

/// A quota that can be raised, or a fact that nobody has read in its source, does not stop anybody.
diag::Severity severity_of(const catalog::Fact& fact) {
  return fact.verified && fact.kind != catalog::FactKind::quota ? diag::Severity::error : diag::Severity::warning;
}

/// Every key that has not the form of the fact's pattern, where it stands.
void test_keys(const catalog::Bound& bound, const catalog::Fact& fact, const Checked& checked, diag::Sink& sink) {
  const auto* map = checked.value->get<Map>();
  if (map == nullptr) return;
  const RE2 form{std::string(fact.text)};
  for (const MapEntry& entry : map->entries) {
    if (RE2::FullMatch(entry.key, form)) continue;
    diag::Diagnostic d;
    d.code = bound.code;
    d.severity = severity_of(fact);
    d.message = fmt::format("`{}` in {}, {}", entry.key, checked.what, bound.message);
    d.span = entry.key_span.known() ? entry.key_span : checked.where;
    d.source = catalog::cite(fact);
    if (!bound.help.empty()) d.help.emplace_back(bound.help);
    sink.add(std::move(d));
  }
}

void test(const catalog::Bound& bound, const catalog::Fact& fact, const Checked& checked, const catalog::Catalog& catalog,
          diag::Sink& sink) {
  using Test = catalog::Bound::Test;
  if (bound.test == Test::keys_match) return test_keys(bound, fact, checked, sink);
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
    case Test::keys_match: break;
  }
  if (good) return;
  std::string message(bound.message);
  if (const auto hole = message.find("{limit}"); hole != std::string::npos) message.replace(hole, 7, limit);
  diag::Diagnostic d;
  d.code = bound.code;
  d.severity = severity_of(fact);
  d.message = fmt::format("{} is {}, {}", checked.what, seen(*checked.value), message);
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

std::vector<OutOfBounds> check_bounds(const Architecture& architecture, const catalog::Catalog& catalog,
                                      const std::function<std::string_view(const Node&)>& strategy_of, diag::Sink& sink) {
  std::vector<OutOfBounds> out;
  for (const catalog::Bound& bound : catalog.bounds) {
    const catalog::Fact& fact = catalog.fact(bound.fact);
    const auto judge = [&](const Checked& checked, OutOfBounds where) {
      const std::size_t before = sink.errors();
      for (const Value* end : ends_of(*checked.value))
        test(bound, fact, {end, checked.where, checked.what, checked.used}, catalog, sink);
      if (sink.errors() != before) out.push_back(std::move(where));
    };
    const std::string attribute(bound.attribute);
    if (bound.edge_to.empty()) {
      for (const Node& node : architecture.nodes) {
        if (node.kind != bound.kind || (!bound.strategy.empty() && bound.strategy != strategy_of(node))) continue;
        const Value* value = node.for_cloud(catalog.cloud).find(bound.attribute);
        if (value == nullptr) continue;
        judge({value, node.span, fmt::format("`{}` of `{}`", bound.attribute, node.name), use_of(node)},
              {node.id, std::nullopt, attribute});
      }
      continue;
    }
    for (const Edge& edge : architecture.edges) {
      if (architecture.node(edge.from.node).kind != bound.kind) continue;
      if (architecture.node(edge.to.node).kind + "." + edge.to.name != bound.edge_to) continue;
      const Value* value = edge.for_cloud(catalog.cloud).find(bound.attribute);
      if (value == nullptr) continue;
      judge({value, edge.arrow_span, fmt::format("`{}` of the edge `{}`", bound.attribute, describe(architecture, edge)),
             use_of(architecture.node(edge.from.node))},
            {std::nullopt, edge.id, attribute});
    }
  }
  return out;
}

Architecture within_bounds(Architecture a, const std::vector<OutOfBounds>& values, const catalog::Catalog& catalog) {
  const auto reset = [&](Attributes& attributes, const AttributeSpec* spec, const std::string& name) {
    if (spec != nullptr && spec->value) return attributes.set(name, *spec->value, Origin::fallback);
    std::erase_if(attributes.all, [&](const AttributeValue& v) { return v.name == name; });
  };
  const auto kind = [&](NodeId id) -> const Kind* {
    const auto it = a.kinds.find(a.node(id).kind);
    return it == a.kinds.end() ? nullptr : &it->second;
  };
  for (const OutOfBounds& v : values) {
    if (v.node) {
      const Kind* of = kind(*v.node);
      Node& node = a.nodes[static_cast<std::size_t>(*v.node)];
      const auto said = node.on.find(catalog.cloud);
      reset(said == node.on.end() ? node.attributes : said->second, of == nullptr ? nullptr : of->attribute(v.attribute),
            v.attribute);
    } else {
      Edge& edge = a.edges[static_cast<std::size_t>(*v.edge)];
      const AttributeSpec* spec = nullptr;
      const auto look = [&](const Port& end, syntax::PortSide side) {
        const Kind* of = kind(end.node);
        const PortSpec* port = of == nullptr ? nullptr : of->port(end.name, side);
        if (port == nullptr) return;
        for (const AttributeSpec& s : port->properties) {
          if (s.name == v.attribute) spec = &s;
        }
      };
      look(edge.from, syntax::PortSide::source);
      look(edge.to, syntax::PortSide::target);
      const auto said = edge.on.find(catalog.cloud);
      reset(said == edge.on.end() ? edge.properties : said->second, spec, v.attribute);
    }
  }
  return a;
}

}  // namespace virga::passes
