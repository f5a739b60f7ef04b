#include "compiler/passes/rates.h"

#include "compiler/passes/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace virga::passes {
namespace {

constexpr double kThousandths = 1000;  // of which quantities of rates are made

/// What an edge says itself.
std::optional<Flow> said(const Attributes& properties) {
  const auto load = properties.quantities("load");
  const auto peak = properties.quantity("peak");
  if (!load && !peak) return std::nullopt;
  Flow flow;
  flow.known = flow.whole = true;
  const auto per_second = [](const Quantity& q) { return static_cast<double>(q.amount) / kThousandths; };
  if (load) flow.average = {per_second(load->first), per_second(load->second)};
  flow.peak = flow.average;
  if (peak) flow.peak = {per_second(*peak), per_second(*peak)};
  if (!load) flow.average = {0, per_second(*peak)};
  return flow;
}

/// Only some of what comes may pass.
bool filters(const Attributes& properties) {
  return properties.has("where") || properties.has("prefix") || properties.has("suffix");
}

/// The nodes, each after those that lead to it; edges that say `loop` open the cycles that they close.
std::vector<const Node*> in_order(const Architecture& a, const std::vector<std::vector<const Edge*>>& out) {
  std::vector<std::size_t> waiting(a.nodes.size(), 0);
  for (const Node& n : a.nodes) {
    for (const Edge* e : out[static_cast<std::size_t>(n.id)]) ++waiting[static_cast<std::size_t>(e->to.node)];
  }
  std::vector<const Node*> order;
  for (const Node& n : a.nodes) {
    if (waiting[static_cast<std::size_t>(n.id)] == 0) order.push_back(&n);
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const Edge* e : out[static_cast<std::size_t>(order[i]->id)]) {
      if (--waiting[static_cast<std::size_t>(e->to.node)] == 0) order.push_back(&a.node(e->to.node));
    }
  }
  return order;  // what lies in a cycle that nobody opened is an error elsewhere, and stays unknown
}

}  // namespace

Between& Between::operator+=(const Between& other) {
  least += other.least;
  most += other.most;
  return *this;
}

Flow& Flow::operator+=(const Flow& other) {
  average += other.average;
  peak += other.peak;
  known = known || other.known;
  whole = whole && other.whole;
  return *this;
}

Rates::Rates(const Model& model) : model_(&model) {
  const Architecture& a = model.architecture();
  along_.resize(a.edges.size());
  into_.resize(a.nodes.size());
  std::vector<std::vector<const Edge*>> out(a.nodes.size());
  std::vector<bool> fed(a.nodes.size(), false);
  for (const Edge& e : a.edges) {
    if (!begins_nothing(e) && !e.properties.has("loop")) out[static_cast<std::size_t>(e.from.node)].push_back(&e);
  }
  const auto pass = [&](const Edge& e) {
    Flow& flow = along_[static_cast<std::size_t>(e.id)];
    flow = leaving(e);
    any_ = any_ || flow.known;
  };
  for (const Node* n : in_order(a, out)) {
    for (const Edge* e : out[static_cast<std::size_t>(n->id)]) {
      pass(*e);
      Flow& in = into_[static_cast<std::size_t>(e->to.node)];
      if (!fed[static_cast<std::size_t>(e->to.node)]) in.whole = fed[static_cast<std::size_t>(e->to.node)] = true;
      in += along(*e);
    }
  }
  for (const Edge& e : a.edges) {
    if (!begins_nothing(e) && e.properties.has("loop")) into_[static_cast<std::size_t>(e.to.node)].whole = false;
  }
  for (const Edge& e : a.edges) {
    if (begins_nothing(e) || e.properties.has("loop")) pass(e);
  }
}

Flow Rates::leaving(const Edge& edge) const {
  const Attributes& properties = edge.for_cloud(model_->catalog().cloud);
  if (auto flow = said(properties)) return *flow;
  const Node& from = model_->architecture().node(edge.from.node);
  const catalog::WorkRow* work = model_->work(from);
  if (const auto every = model_->of(from, "every"); every && every->value > 0) {
    constexpr double kMilliseconds = 1000;
    Flow flow;
    flow.known = flow.whole = true;
    flow.average.least = flow.average.most = kMilliseconds / every->value;
    flow.peak = flow.average;
    return flow;
  }
  if (work != nullptr && work->entry) return {};
  Flow flow = into(from);
  if (model_->is_end(edge.from)) {  // how much fails, nobody says
    flow.average = flow.peak = {};
    return flow;
  }
  const double times = properties.number("times").value_or(1);
  flow.average = flow.average * times;
  flow.peak = flow.peak * times;
  if (filters(properties) && !properties.has("times")) flow.average.least = flow.peak.least = 0;
  return flow;
}

Flow Rates::starts(const Edge& edge) const {
  Flow flow = along(edge);
  if (const auto batch = model_->of(edge, "batch"); batch && batch->value > 1) {
    flow.average.least /= batch->value;
    flow.peak.least /= batch->value;
  }
  return flow;
}

Flow Rates::starts(const Node& node) const {
  Flow sum;
  sum.whole = into(node).whole;
  for (const Edge* e : model_->into(node)) {
    if (!begins_nothing(*e)) {
      const bool whole = sum.whole;
      sum += starts(*e);
      sum.whole = whole;
    }
  }
  return sum;
}

std::optional<Between> Rates::at_once(const Node& node) const {
  constexpr double kMilliseconds = 1000;
  const Flow flow = starts(node);
  const auto takes = model_->of(node, "takes"), runs = model_->of(node, "runs");
  if (!flow.known || !takes) return std::nullopt;
  Between out;
  const auto serves = model_->of(node, "one_serves");
  const double each = serves && serves->value > 1 ? serves->value : 1;
  const bool usual = takes->given && !(runs && runs->span == takes->span);
  if (usual) out.least = flow.peak.least * takes->value / kMilliseconds / each;
  out.most = flow.peak.most * takes->value / kMilliseconds / each;
  return out;
}

std::string rate_text(const Between& b) {
  const auto text = [](double per_second) {
    return to_text(Quantity{static_cast<std::int64_t>(std::llround(per_second * kThousandths)), Dimension::rate});
  };
  return b.least == b.most ? text(b.most) : fmt::format("{} to {}", text(b.least), text(b.most));
}

}  // namespace virga::passes
