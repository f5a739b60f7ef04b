#include "backends/aws/lower/lower.h"

#include "backends/aws/lower/finish.h"
#include "backends/aws/lower/gateway.h"
#include "backends/aws/lower/intake.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"
#include "backends/aws/lower/strategies.h"
#include "backends/aws/lower/websocket.h"
#include "compiler/cloud/raw.h"
#include "compiler/cloud/references.h"

#include <algorithm>
#include <set>

namespace virga::aws {
namespace {

bool named(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void lower_node(Lowering& lowering, const Node& node) {
  const catalog::KindRow* row = catalog().kind(node.raw() ? "resource" : node.kind, lowering.request.format);
  if (row == nullptr || row->fidelity == catalog::Fidelity::impossible) {
    auto reported =
        lowering.sink.report(node.span, diag::codes::TargetKindImpossible, node.name, std::string(catalog().title));
    if (row != nullptr) reported.help(std::string(row->says));
    return;
  }
  for (const KindStrategy& strategy : kind_strategies()) {
    if (!named(row->strategies, strategy.name) || !strategy.when(lowering, node)) continue;
    cloud::Decision filled{node.id, std::nullopt, row->fidelity, std::string(strategy.name), std::string(strategy.why), "",
                           {}};
    strategy.realise(lowering, node, filled);
    lowering.out.decisions.push_back(std::move(filled));
    return;
  }
}

std::string port_name(const Node& node, const std::string& port) {
  return node.kind + "." + (node.kind == "gateway" || (node.kind == "site" && port != "self") ? "route" : port);
}

/// What delivers by itself is told of each target once: AWS refuses a second mapping, subscription or schedule of the same
/// two. Functions, routes and buckets may say the same twice, or ask for different things.
const Edge* stands_before(const Lowering& lowering, const Edge& edge) {
  constexpr std::string_view kDeliver[] = {"queue", "topic", "stream", "table", "schedule", "log", "alarm"};
  if (!named(kDeliver, lowering.from(edge).kind)) return nullptr;
  for (const Edge* other : lowering.architecture.edges_from(edge.from.node, edge.from.name)) {
    if (other->id < edge.id && other->to.node == edge.to.node && other->to.name == edge.to.name) return other;
  }
  return nullptr;
}

void lower_edge(Lowering& lowering, const Edge& edge) {
  const Node& from = lowering.from(edge);
  const Node& to = lowering.to(edge);
  if (const Edge* other = stands_before(lowering, edge)) {
    lowering.sink.report(edge.span, codes::EdgeTwice, describe(lowering.architecture, edge))
        .label(other->span, "the first one")
        .help("leave one of them out, or let a second " + from.kind + " do the other");
    return;
  }
  const catalog::EdgeRow* row = catalog().edge(port_name(from, edge.from.name), edge.delivery == Delivery::hand_over,
                                               to.kind + "." + edge.to.name, lowering.request.format);
  if (row == nullptr || row->fidelity == catalog::Fidelity::impossible) {
    auto reported = lowering.sink.report(edge.span, diag::codes::TargetEdgeImpossible, describe(lowering.architecture, edge),
                                         std::string(catalog().title));
    if (row != nullptr) reported.help(std::string(row->says));
    return;
  }
  for (const EdgeStrategy& strategy : edge_strategies()) {
    if (!named(row->strategies, strategy.name) || !strategy.when(lowering, edge)) continue;
    cloud::Decision filled{std::nullopt, edge.id, row->fidelity, std::string(strategy.name), std::string(strategy.why),
                           "",           {}};
    strategy.realise(lowering, edge, filled);
    lowering.out.decisions.push_back(std::move(filled));
    return;
  }
}

}  // namespace

cloud::Lowered lower(const cloud::LowerRequest& request, diag::Sink& sink) {
  Lowering lowering(request, sink);
  plan_intakes(lowering);
  std::set<NodeId> failed;
  for (const Node& node : lowering.architecture.nodes) {
    if (!lowering.stands(node)) continue;
    const std::size_t before = sink.errors();
    lower_node(lowering, node);
    if (sink.errors() != before) failed.insert(node.id);
  }
  for (const Edge& edge : lowering.architecture.edges) {
    // An edge hangs on what its two nodes became; what would be wrong with one at a node that failed follows from that.
    if (failed.contains(edge.from.node) || failed.contains(edge.to.node)) continue;
    if (lowering.stands(lowering.from(edge))) lower_edge(lowering, edge);
  }
  finish_outputs(lowering);
  finish_parameters(lowering);
  if (sink.has_errors()) return std::move(lowering.out);
  finish_environments(lowering);
  finish_roles(lowering);
  finish_policies(lowering);
  finish_keys(lowering);
  publish_versions(lowering);
  deploy_rest_apis(lowering);
  deploy_websockets(lowering);
  std::vector<cloud::Resource*> made;
  for (cloud::Resource& r : lowering.resources) made.push_back(&r);
  cloud::add_raw_properties(
      lowering.architecture, catalog(), [&](const Node& node) { return lowering.stands(node); },
      [&](const virga::Value& v) { return lowering.value(v); }, made, sink);
  untie(lowering);
  arrange(lowering);
  // What only another cloud is told is not asked for here.
  const std::set<std::string> used = cloud::used_parameters(lowering.out.stack);
  std::erase_if(lowering.out.stack.parameters, [&](const cloud::StackParameter& p) { return !used.contains(p.name); });
  return std::move(lowering.out);
}

}  // namespace virga::aws
