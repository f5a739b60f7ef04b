#include "compiler/passes/uses.h"

#include "compiler/passes/bound_test.h"
#include "compiler/passes/passes.h"

#include <fmt/format.h>

namespace virga::passes {
namespace {

using Test = catalog::Bound::Test;

/// Whether a bound is about how much something holds, and how much that is.
std::optional<Use> held(const catalog::Bound& bound, const catalog::Fact& fact, const Value& value) {
  const auto* list = value.get<Values>();
  const auto* map = value.get<Map>();
  Use out;
  if (bound.test == Test::at_most && (list != nullptr || map != nullptr)) {
    out.used = static_cast<double>(list != nullptr ? list->size() : map->entries.size());
    out.most = bound_amount(bound, fact);
    out.used_text = to_text(out.used);
    out.most_text = to_text(out.most);
  } else if (bound.test == Test::size_at_most) {
    out.used = known_size(value);
    out.most = in_base_unit(bound_amount(bound, fact), fact.unit, Dimension::size).value_or(bound_amount(bound, fact));
    const auto text = [](double bytes) { return to_text(Quantity{static_cast<std::int64_t>(bytes), Dimension::size}); };
    out.used_text = text(out.used);
    out.most_text = text(out.most);
  } else {
    return std::nullopt;
  }
  out.source = catalog::cite(fact);
  return out;
}

void measure_bounds(const Model& model, const Strategies& strategies, std::vector<Use>& uses) {
  const Architecture& a = model.architecture();
  const std::string cloud(model.catalog().cloud);
  for (const catalog::Bound& bound : model.catalog().bounds) {
    if (bound.test != Test::at_most && bound.test != Test::size_at_most) continue;
    const catalog::Fact& fact = model.catalog().fact(bound.fact);
    const auto add = [&](const Value* value, const std::string& whose, const std::string& identity) {
      auto use = value == nullptr ? std::nullopt : held(bound, fact, *value);
      if (!use) return;
      use->key = fmt::format("bound {} {} {}", bound.fact, bound.attribute, identity);
      use->what = fmt::format("`{}` of {}", bound.attribute, whose);
      uses.push_back(std::move(*use));
    };
    if (bound.edge_to.empty()) {
      for (const Node& node : a.nodes) {
        if (node.kind != bound.kind || (!bound.strategy.empty() && bound.strategy != strategies.of_node(node))) continue;
        add(find_path(node.for_cloud(cloud), bound.attribute), "`" + node.name + "`", node.identity());
      }
      continue;
    }
    for (const Edge& edge : a.edges) {
      if (a.node(edge.from.node).kind != bound.kind) continue;
      if (a.node(edge.to.node).kind + "." + edge.to.name != bound.edge_to) continue;
      const std::string name = describe(a, edge);
      add(find_path(edge.for_cloud(cloud), bound.attribute), "`" + name + "`", name);
    }
  }
}

}  // namespace

std::string source_of(const Amount& limit) {
  return limit.fact != nullptr ? catalog::cite(*limit.fact) : limit.said + ", in the program";
}

std::vector<Use> uses_of(const Model& model, const Strategies& strategies) {
  std::vector<Use> out;
  diag::Sink told;  // by the check itself
  measure_loads(model, told, out);
  measure_bounds(model, strategies, out);
  return out;
}

}  // namespace virga::passes
