// Bounds of the catalogue on single attributes: for every node and edge that one is about, what the comparison found becomes
// a finding where the value was written.
#include "compiler/passes/bound_test.h"
#include "compiler/passes/passes.h"

#include <fmt/format.h>

namespace virga::passes {
namespace {

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

void report(const catalog::Bound& bound, const catalog::Fact& fact, const Checked& checked, const Broken& broken,
            const catalog::Catalog& catalog, diag::Sink& sink) {
  std::string message(bound.message);
  if (const auto hole = message.find("{limit}"); hole != std::string::npos) message.replace(hole, 7, broken.limit);
  diag::Diagnostic d;
  d.code = bound.code;
  d.severity = severity_of(fact);
  const std::string value = bound.test == catalog::Bound::Test::values_at_most ? "the value of " : "";
  const std::string part = broken.part.empty() ? "" : fmt::format("{}`{}` in ", value, broken.part);
  d.message = fmt::format("{}{}{}{}, {}", part, checked.what, broken.seen.empty() ? "" : " ", broken.seen, message);
  d.span = checked.value->span.known() ? checked.value->span : checked.where;
  // What a pattern hands to its node was written where the pattern is used, or is the pattern's own.
  if (checked.used.known() && checked.value->span.known()) {
    const Span within = d.span;
    d.span = checked.value->origin.known() && checked.value->origin.file == checked.used.file ? checked.value->origin
                                                                                              : checked.used;
    if (d.span != within) d.labels.push_back({within, "it gets there here"});
  } else if (broken.span.known()) {
    d.span = broken.span;
  }
  if (!broken.says.empty()) d.span_text = broken.says + " on " + std::string(catalog.cloud);
  d.source = catalog::cite(fact);
  if (!bound.help.empty()) d.help.emplace_back(bound.help);
  explain_severity(fact, catalog, d);
  sink.add(std::move(d));
}

}  // namespace

diag::Severity severity_of(const catalog::Fact& fact) {
  using Kind = catalog::FactKind;
  const bool binding = fact.kind != Kind::quota && fact.kind != Kind::advice;
  return fact.verified && binding ? diag::Severity::error : diag::Severity::warning;
}

void explain_severity(const catalog::Fact& fact, const catalog::Catalog& catalog, diag::Diagnostic& d) {
  if (fact.kind == catalog::FactKind::quota && fact.instead.empty()) {
    d.notes.push_back(fmt::format("needs an increase of the account's quota `{}`", fact.id));
    d.help.push_back(fmt::format("ask for it, and say in `quotas.yaml` what the account has then: `{}: {{ {}: … }}`",
                                 catalog.cloud, fact.id));
  } else if (!fact.verified) {
    d.notes.emplace_back("nobody has read this in its source yet, so it stops nothing");
  }
}

diag::Severity hand_on(const diag::Sink& one, const catalog::Fact& fact, const catalog::Catalog& catalog, diag::Sink& sink) {
  diag::Diagnostic d = one.all().front();
  d.severity = severity_of(fact);
  explain_severity(fact, catalog, d);
  const diag::Severity severity = d.severity;
  sink.add(std::move(d));
  return severity;
}

std::vector<OutOfBounds> check_bounds(const Architecture& architecture, const catalog::Catalog& catalog,
                                      const std::function<std::string_view(const Node&)>& strategy_of, diag::Sink& sink) {
  std::vector<OutOfBounds> out;
  for (const catalog::Bound& bound : catalog.bounds) {
    const catalog::Fact& fact = catalog.fact(bound.fact);
    const auto judge = [&](const Checked& checked, OutOfBounds where) {
      const std::size_t before = sink.errors();
      for (const Value* end : ends_of(*checked.value)) {
        const Checked one{end, checked.where, checked.what, checked.used};
        for (const Broken& broken : test_bound(bound, fact, *end)) report(bound, fact, one, broken, catalog, sink);
      }
      if (sink.errors() != before) out.push_back(std::move(where));
    };
    const std::string attribute(bound.attribute);
    if (bound.edge_to.empty()) {
      for (const Node& node : architecture.nodes) {
        if (node.kind != bound.kind || (!bound.strategy.empty() && bound.strategy != strategy_of(node))) continue;
        const Value* value = find_path(node.for_cloud(catalog.cloud), bound.attribute);
        if (value == nullptr) continue;
        judge({value, node.span, fmt::format("`{}` of `{}`", bound.attribute, node.name), use_of(node)},
              {node.id, std::nullopt, attribute});
      }
      continue;
    }
    for (const Edge& edge : architecture.edges) {
      if (architecture.node(edge.from.node).kind != bound.kind) continue;
      if (architecture.node(edge.to.node).kind + "." + edge.to.name != bound.edge_to) continue;
      const Value* value = find_path(edge.for_cloud(catalog.cloud), bound.attribute);
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
    if (spec != nullptr && spec->required()) return;  // without it there is nothing to lower
    std::erase_if(attributes.all, [&](const AttributeValue& v) { return v.name == name; });
  };
  const auto kind = [&](NodeId id) -> const Kind* {
    const auto it = a.kinds.find(a.node(id).kind);
    return it == a.kinds.end() ? nullptr : &it->second;
  };
  for (const OutOfBounds& v : values) {
    if (v.attribute.find('.') != std::string::npos) continue;  // of a record the rest is asked for as well
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
