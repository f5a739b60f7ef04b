#include "compiler/cost/estimate.h"

#include "compiler/passes/paths.h"

#include <algorithm>

namespace virga::cost {
namespace {

class Estimator {
 public:
  Estimator(const passes::Model& model, const passes::Strategies& strategies, const Request& request)
      : model_(model), strategies_(strategies), request_(request), rates_(model), quantities_(model, rates_) {}

  Estimate run() {
    for (const Node& node : model_.architecture().nodes) {
      if (!request_.home && node.for_cloud(cloud()).text("placement") == "home") continue;
      of_node(node);
    }
    for (const catalog::CostRow& row : model_.catalog().costs) {
      if (row.kind.empty() && row.from.empty() && row.to.empty()) out_.left.push_back({row.not_counted, {}});
    }
    for (Line& line : out_.lines) meter(line);
    settle(out_.meters, model_.catalog());
    for (Line& line : out_.lines) share(line);
    total();
    remarks();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view cloud() const { return model_.catalog().cloud; }

  /// Its own rows, then those of its edges, each where it is paid.
  void of_node(const Node& node) {
    bool known = false;
    for (const catalog::CostRow& row : model_.catalog().costs) {
      if (row.kind.empty() || (row.kind != node.kind && !(node.raw() && row.kind == "resource"))) continue;
      known = true;
      if (named(row, {strategy(node)}) && fits(row, {&node, nullptr})) add(row, node, nullptr);
    }
    for (const catalog::CostRow& row : model_.catalog().costs) {
      if (row.from.empty() && row.to.empty()) continue;
      known = known || (row.from.empty() ? row.to : row.from).starts_with(node.kind + ".");
      for (const Edge* edge : row.from.empty() ? model_.into(node) : model_.out_of(node)) {
        if (meets(row, *edge) && fits(row, {nullptr, edge})) add(row, node, edge);
      }
    }
    if (!known) leave("nodes of a kind that has no prices here", node);
  }

  [[nodiscard]] std::string_view strategy(const Node& node) const {
    return strategies_.of_node ? strategies_.of_node(node) : std::string_view{};
  }

  static bool named(const catalog::CostRow& row, std::initializer_list<std::string_view> taken) {
    return row.strategies.empty() || std::any_of(taken.begin(), taken.end(), [&](std::string_view s) {
             return std::find(row.strategies.begin(), row.strategies.end(), s) != row.strategies.end();
           });
  }

  [[nodiscard]] bool meets(const catalog::CostRow& row, const Edge& edge) const {
    const Architecture& a = model_.architecture();
    if (!row.from.empty() && row.from != passes::port_key(a, edge.from)) return false;
    if (!row.to.empty() && row.to != passes::port_key(a, edge.to)) return false;
    if (!row.arrow.empty() && (row.arrow == "~>") != (edge.delivery == Delivery::hand_over)) return false;
    const std::string_view own = strategies_.of_edge ? strategies_.of_edge(edge) : std::string_view{};
    return named(row, {own, strategy(a.node(edge.from.node)), strategy(a.node(edge.to.node))});
  }

  [[nodiscard]] bool fits(const catalog::CostRow& row, const Subject& subject) const {
    const auto holds = [&](std::string_view c) { return quantities_.holds(c, subject); };
    return std::all_of(row.when.begin(), row.when.end(), holds) && std::none_of(row.unless.begin(), row.unless.end(), holds);
  }

  void leave(std::string_view says, const Node& node) {
    for (Left& l : out_.left) {
      if (l.says == says && !l.names.empty()) return void(l.names.insert(node.name));
    }
    out_.left.push_back({says, {node.name}});
  }

  void add(const catalog::CostRow& row, const Node& node, const Edge* edge) {
    if (!row.not_counted.empty()) return leave(row.not_counted, node);
    for (const catalog::CostItem& item : row.items) {
      Line line;
      line.row = &row, line.node = &node, line.edge = edge;
      const auto tiers = chosen(item);
      line.price = tiers.front();
      line.quantity = quantities_.of(item.quantity, edge != nullptr ? Subject{nullptr, edge} : Subject{&node, nullptr});
      const bool everywhere = node.for_cloud(cloud()).text("placement") == "every";
      if (!line.quantity.by_load && everywhere)
        line.quantity.value = line.quantity.value * static_cast<double>(request_.regions);
      if (line.quantity.missing == Missing::load) line.state = State::by_load;
      if (line.quantity.missing == Missing::value) line.state = State::unsaid;
      if (line.quantity.assumed && edge != nullptr) out_.one_unit.insert(describe(model_.architecture(), *edge));
      for (const catalog::Fact* f : line.quantity.facts) {
        if (!f->verified) out_.doubtful.insert(f);
      }
      out_.lines.push_back(std::move(line));
    }
  }

  [[nodiscard]] bool is_here(const catalog::Price& p) const {
    if (p.region.empty() && p.regions.empty()) return true;
    return p.region == request_.region || std::find(p.regions.begin(), p.regions.end(), request_.region) != p.regions.end();
  }

  /// Of several prices that of the list that was asked for, then that of the region, then the first.
  [[nodiscard]] std::vector<const catalog::Price*> chosen(const catalog::CostItem& item) const {
    std::vector<const catalog::Price*> best;
    int least = 0;
    for (const std::string_view id : item.prices) {
      auto tiers = model_.catalog().tiers(id);
      const catalog::Price& p = *tiers.front();
      const bool other_list = !request_.price_list.empty() && !p.site.empty() && p.site != request_.price_list;
      const int far = (other_list ? 2 : 0) + (is_here(p) ? 0 : 1);
      if (best.empty() || far < least) best = std::move(tiers), least = far;
    }
    return best;
  }

  /// A price in a unit that other prices are of is counted in these.
  void meter(Line& line) {
    const catalog::Price& p = *line.price;
    std::string_view id = without_tier(p.id);
    line.metered = line.quantity.value;
    const auto& prices = model_.catalog().prices;
    const auto unit =
        std::find_if(prices.begin(), prices.end(), [&](const catalog::Price& other) { return other.unit == p.currency; });
    if (p.known && unit != prices.end()) {
      id = without_tier(unit->id);
      line.metered = line.metered * (p.price / p.per);
    }
    line.meter = id;
    Meter& m = out_.meters[line.meter];
    if (m.tiers.empty()) m.price = id, m.tiers = model_.catalog().tiers(id);
    if (line.state == State::counted) m.quantity += line.metered, m.used = true;
    line.currency = m.first().currency;
    if (line.state != State::counted) return;
    for (const catalog::Price* used : {line.price, m.tiers.front()}) {
      if (used->known && !is_here(*used)) out_.elsewhere.insert(used->region);
      if (used->free_ends) out_.ending.insert(used);
    }
  }

  /// In proportion to what it has of the whole, so that the lines add up to it.
  void share(Line& line) {
    const Meter& m = out_.meters.find(line.meter)->second;
    if (!m.known && !m.covered && line.state == State::counted) line.state = State::unpriced;
    if (line.state != State::counted) return;
    const auto part = [](double cost, double all, double mine) { return all > 0 ? cost * (mine / all) : 0; };
    line.cost = {part(m.cost.least, m.quantity.least, line.metered.least),
                 part(m.cost.most, m.quantity.most, line.metered.most)};
  }

  void total() {
    for (const auto& [id, m] : out_.meters) {
      if (!m.used || !(m.known || m.covered)) continue;
      Total& t = out_.totals[std::string(m.first().currency)];
      t.before += m.cost;
      t.free += m.free;
    }
    for (const Line& l : out_.lines) {
      if (l.state == State::counted && !l.quantity.whole) out_.totals[l.currency].whole = false;
    }
  }

  /// Where something comes in that nobody says the amount of.
  void remarks() {
    const bool by_load = std::any_of(out_.lines.begin(), out_.lines.end(),
                                     [](const Line& l) { return l.state == State::by_load || !l.quantity.whole; });
    if (!by_load) return;
    const Architecture& a = model_.architecture();
    for (const Edge& e : a.edges) {
      const Node& from = a.node(e.from.node);
      const bool begins = model_.into(from).empty() && !model_.of(from, "runs");
      const bool entry = begins || (model_.work(from) != nullptr && model_.work(from)->entry);
      if (entry && !rates_.along(e).known) out_.without_load.insert(passes::source_text(a, e));
    }
    for (const Node& n : a.nodes) {
      if (model_.into(n).empty() && model_.of(n, "runs")) out_.uncalled.insert(n.name);
    }
  }

  const passes::Model& model_;
  const passes::Strategies& strategies_;
  const Request& request_;
  passes::Rates rates_;
  Quantities quantities_;
  Estimate out_;
};

}  // namespace

bool doubtful(const catalog::Price& price) { return !price.verified || price.confidence == "low"; }

Estimate estimate(const passes::Model& model, const passes::Strategies& strategies, const Request& request) {
  return Estimator(model, strategies, request).run();
}

}  // namespace virga::cost
