#include "compiler/passes/model.h"

#include "compiler/passes/passes.h"

#include <fmt/format.h>

namespace virga::passes {
namespace {

/// Ports in capitals are the methods of routes.
bool is_method(std::string_view port) { return !port.empty() && port.front() >= 'A' && port.front() <= 'Z'; }

const catalog::Setting* find(std::span<const catalog::Setting> settings, std::string_view name) {
  for (const catalog::Setting& s : settings) {
    if (s.name == name) return &s;
  }
  return nullptr;
}

/// In the base unit, where the unit measures something.
void put_fact(const catalog::Fact& fact, const catalog::FactCase* one, Amount& amount) {
  amount.fact = &fact;
  const auto of = [](const auto& a) { return a.has_value ? a.value : a.has_max ? a.max : a.min; };
  amount.value = one == nullptr ? of(fact) : of(*one);
  for (const Dimension d : {Dimension::duration, Dimension::size, Dimension::rate, Dimension::cpu, Dimension::percent}) {
    if (const auto base = in_base_unit(amount.value, fact.unit, d)) {
      amount.value = *base;
      amount.dimension = d;
      return;
    }
  }
}

}  // namespace

std::string port_key(const Architecture& architecture, const Port& port) {
  return architecture.node(port.node).kind + "." + (is_method(port.name) ? "route" : port.name);
}

std::string text_of(const Amount& amount) {
  if (amount.dimension) return to_text(Quantity{static_cast<std::int64_t>(amount.value), *amount.dimension});
  return to_text(amount.value);
}

Model::Model(const Architecture& architecture, const catalog::Catalog& catalog, Strategies strategies, std::string region)
    : architecture_(&architecture),
      catalog_(&catalog),
      region_(std::move(region)),
      in_(architecture.nodes.size()),
      out_(architecture.nodes.size()) {
  for (const Edge& edge : architecture.edges) {
    out_[static_cast<std::size_t>(edge.from.node)].push_back(&edge);
    in_[static_cast<std::size_t>(edge.to.node)].push_back(&edge);
  }
  for (const catalog::HopRow& row : catalog.hops) {
    if (!row.gives_up.empty()) ends_.insert(row.gives_up.substr(row.gives_up.find('.') + 1));
  }
  const auto better = [](const auto* now, std::string_view strategy, std::string_view wanted) {
    return strategy.empty() ? now == nullptr : strategy == wanted;
  };
  for (const Edge& edge : architecture.edges) {
    const std::string from = port_key(architecture, edge.from), to = port_key(architecture, edge.to);
    const std::string_view own = strategies.of_edge ? strategies.of_edge(edge) : std::string_view{};
    const std::string_view source =
        strategies.of_node ? strategies.of_node(architecture.node(edge.from.node)) : std::string_view{};
    const catalog::HopRow* found = nullptr;
    for (const catalog::HopRow& row : catalog.hops) {
      if (row.from == from && row.to == to && row.hand_over == (edge.delivery == Delivery::hand_over) &&
          (better(found, row.strategy, own) || (!row.strategy.empty() && row.strategy == source)))
        found = &row;
    }
    hops_.push_back(found);
  }
  for (const Node& node : architecture.nodes) {
    const std::string_view strategy = strategies.of_node ? strategies.of_node(node) : std::string_view{};
    const catalog::WorkRow* found = nullptr;
    for (const catalog::WorkRow& row : catalog.works) {
      if (row.kind == node.kind && better(found, row.strategy, strategy)) found = &row;
    }
    works_.push_back(found);
  }
}

Model::Found Model::attribute(const Attributes& attributes, std::string_view name, std::string whose, Span place,
                              Amount& amount) const {
  const std::size_t dot = name.find('.');  // of a record, one of its fields
  const AttributeValue* entry = attributes.entry(name.substr(0, dot));
  if (entry == nullptr || entry->value.is_none()) return Found::no;
  const Value* value = &entry->value;
  if (dot != std::string_view::npos) {
    const auto* record = value->get<Map>();
    value = record == nullptr ? nullptr : record->find(name.substr(dot + 1));
    if (value == nullptr || value->is_none()) return Found::no;
  }
  if (!known_at_compile_time(*value)) return Found::late;
  if (const auto* q = value->get<Quantity>()) {
    amount.value = static_cast<double>(q->amount);
    amount.dimension = q->dimension;
  } else if (const auto* n = value->get<double>()) {
    amount.value = *n;
  } else {
    return Found::no;
  }
  amount.given = entry->origin != Origin::fallback;
  amount.attribute = name;
  amount.literal = amount.given && entry->literal && dot == std::string_view::npos && value->span.known();
  amount.said = fmt::format("`{}` of {}", name, whose);
  amount.span = amount.given && value->span.known() ? value->span : place;
  return Found::yes;
}

Model::Found Model::term(std::string_view term, const Node* node, const Edge* edge, Amount& amount) const {
  if (term.starts_with("fact:")) {
    if (const std::size_t when = term.find('?'); when != std::string_view::npos) {  // `fact:ID?node.fifo`: only then
      if (node == nullptr || !node->for_cloud(catalog_->cloud).flag(term.substr(term.find('.', when) + 1))) return Found::no;
      term = term.substr(0, when);
    }
    const std::size_t at = term.find('@');  // `fact:ID@node.engine`: the case that the attribute names
    const catalog::Fact* fact = catalog_->find_fact(term.substr(5, at - 5));
    if (fact == nullptr) return Found::no;
    const catalog::FactCase* one = fact->by == "region" ? fact->in(region_) : nullptr;
    if (at != std::string_view::npos) {
      const std::string_view name = term.substr(term.find('.', at) + 1);
      one = node == nullptr ? nullptr : fact->in(node->for_cloud(catalog_->cloud).text(name));
      if (one == nullptr && !fact->has_value) return Found::no;
    }
    put_fact(*fact, one, amount);
    return Found::yes;
  }
  const std::size_t dot = term.find('.');
  std::string_view whose = term.substr(0, dot), port;
  const std::string_view name = term.substr(dot + 1);
  if (const std::size_t colon = whose.find(':'); colon != std::string_view::npos) {
    port = whose.substr(colon + 1);
    whose = whose.substr(0, colon);
  }
  if (whose == "edge") {
    return attribute(edge->for_cloud(catalog_->cloud), name, "`" + describe(*architecture_, *edge) + "`", edge->arrow_span,
                     amount);
  }
  const Node& of = whose == "node" ? *node : architecture_->node(whose == "from" ? edge->from.node : edge->to.node);
  if (port.empty() && of.stands_elsewhere(catalog_->cloud)) return Found::late;
  if (port.empty()) return attribute(of.for_cloud(catalog_->cloud), name, "`" + of.name + "`", of.span, amount);
  for (const Edge* leaving : architecture_->edges_from(of.id, port)) {
    const Found found = attribute(leaving->for_cloud(catalog_->cloud), name, "`" + describe(*architecture_, *leaving) + "`",
                                  leaving->arrow_span, amount);
    if (found != Found::no) return found;
  }
  return Found::no;
}

std::optional<Amount> Model::first(std::span<const catalog::Setting> settings, std::string_view name, const Node* node,
                                   const Edge* edge) const {
  const catalog::Setting* setting = find(settings, name);
  if (setting == nullptr) return std::nullopt;
  for (const std::string_view t : setting->terms) {
    Amount amount;
    const Found found = term(t, node, edge, amount);
    if (found == Found::yes) return amount;
    if (found == Found::late) return std::nullopt;
  }
  return std::nullopt;
}

std::vector<Amount> Model::all(std::span<const catalog::Setting> settings, std::string_view name, const Node* node,
                               const Edge* edge) const {
  std::vector<Amount> out;
  const catalog::Setting* setting = find(settings, name);
  if (setting == nullptr) return out;
  for (const std::string_view t : setting->terms) {
    Amount amount;
    if (term(t, node, edge, amount) == Found::yes) out.push_back(std::move(amount));
  }
  return out;
}

std::optional<Amount> Model::of(const Edge& edge, std::string_view setting) const {
  return hop(edge) == nullptr ? std::nullopt : first(hop(edge)->settings, setting, nullptr, &edge);
}
std::optional<Amount> Model::of(const Node& node, std::string_view setting) const {
  return work(node) == nullptr ? std::nullopt : first(work(node)->settings, setting, &node, nullptr);
}
std::vector<Amount> Model::all_of(const Edge& edge, std::string_view setting) const {
  return hop(edge) == nullptr ? std::vector<Amount>{} : all(hop(edge)->settings, setting, nullptr, &edge);
}
std::vector<Amount> Model::all_of(const Node& node, std::string_view setting) const {
  return work(node) == nullptr ? std::vector<Amount>{} : all(work(node)->settings, setting, &node, nullptr);
}

std::vector<const Edge*> Model::given_up(const Edge& edge) const {
  const catalog::HopRow* row = hop(edge);
  if (row == nullptr || row->gives_up.empty()) return {};
  const std::size_t dot = row->gives_up.find('.');
  const NodeId node = row->gives_up.substr(0, dot) == "from" ? edge.from.node : edge.to.node;
  return architecture_->edges_from(node, row->gives_up.substr(dot + 1));
}

}  // namespace virga::passes
