// Settings: what is said has an effect, and agrees with what the other end of an edge needs.
#include "compiler/architecture/key_filter.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/passes/passes.h"
#include "compiler/passes/paths.h"

#include <fmt/format.h>

#include <map>
#include <set>

namespace virga::passes {
namespace {

namespace codes = diag::codes;

/// Attributes of a target that some hop of the table heeds, by its kind: `retries` of a function.
std::map<std::string_view, std::set<std::string_view>> heeded(const Model& model) {
  std::map<std::string_view, std::set<std::string_view>> out;
  for (const catalog::HopRow& row : model.catalog().hops) {
    const std::string_view kind = row.to.substr(0, row.to.find('.'));
    for (const catalog::Setting& s : row.settings) {
      for (const std::string_view term : s.terms) {
        if (term.starts_with("to.") && (s.name == "retries" || s.name == "age")) out[kind].insert(term.substr(3));
      }
    }
  }
  return out;
}

bool heeds(const catalog::HopRow& row, std::string_view attribute) {
  for (const catalog::Setting& s : row.settings) {
    for (const std::string_view term : s.terms) {
      if (term.starts_with("to.") && term.substr(3) == attribute) return true;
    }
  }
  return false;
}

/// Somebody says how often to try again, and nobody ever tries in that way. A node that nothing leads to may be called by
/// something that isn't in the architecture.
void no_effect(const Model& model, diag::Sink& sink) {
  const auto attributes = heeded(model);
  for (const Node& node : model.architecture().nodes) {
    const auto found = attributes.find(node.kind);
    if (found == attributes.end() || model.into(node).empty()) continue;
    for (const std::string_view name : found->second) {
      const AttributeValue* said = node.for_cloud(model.catalog().cloud).entry(name);
      if (said == nullptr || said->origin == Origin::fallback) continue;
      bool used = false;
      for (const Edge* e : model.into(node)) used = used || model.hop(*e) == nullptr || heeds(*model.hop(*e), name);
      if (used) continue;
      auto r = sink.report(said->value.span, codes::PathNoEffect, std::string(name), node.name);
      r.label(model.into(node).front()->arrow_span, "this is the way in");
      r.help("leave it out, or hand over to it (`~>`) instead of calling it");
    }
  }
}

void few_deliveries(const Model& model, const Edge& edge, diag::Sink& sink) {
  const auto times = model.of(edge, "deliveries"), wise = model.of(edge, "deliveries_wise");
  if (!times || !wise || times->value >= wise->value) return;
  const Node& source = model.architecture().node(edge.from.node);
  auto r = sink.report(times->span, codes::PathFewDeliveries, source.name, to_text(times->value), to_text(wise->value));
  r.label(edge.arrow_span, "who takes them may be throttled, which counts as a delivery");
  if (wise->fact != nullptr) r.source(catalog::cite(*wise->fact));
  r.help(fmt::format("say `after = {}`", to_text(wise->value)));
}

/// Whoever polls takes so many at once; what the function then refuses counts as delivered.
void reserved_few(const Model& model, diag::Sink& sink) {
  const Architecture& a = model.architecture();
  for (const Node& node : a.nodes) {
    const auto reserved = model.of(node, "reserved");
    if (!reserved || reserved->value == 0) continue;
    double together = 0;
    const Edge* last = nullptr;
    for (const Edge* e : model.into(node)) {
      const auto least = model.of(*e, "reserved_wise"), side = model.of(*e, "at_once");
      if (least && !side && reserved->value < least->value) {
        auto r = sink.report(reserved->span, codes::LoadReservedFew, node.name, to_text(reserved->value),
                             to_text(least->value), a.node(e->from.node).name);
        if (least->fact != nullptr) r.source(catalog::cite(*least->fact));
        r.label(e->arrow_span, "it takes them here");
        r.help(fmt::format("say `concurrency = {}`, or hold it back at the edge with `max_concurrency`",
                           to_text(least->value)));
        last = nullptr;
        together = 0;
        break;
      }
      if (side && side->given) together += side->value, last = e;
    }
    if (last == nullptr || together <= reserved->value) continue;
    sink.report(reserved->span, codes::LoadReservedFew, node.name, to_text(reserved->value), to_text(together),
                a.node(last->from.node).name)
        .label(last->arrow_span, "`max_concurrency` here lets more come")
        .help("let the `max_concurrency` of all edges into it be no more than its `concurrency` together");
  }
}

/// A source takes so many readers and no more.
void too_many(const Model& model, diag::Sink& sink) {
  const Architecture& a = model.architecture();
  std::map<std::pair<NodeId, std::string>, std::vector<const Edge*>> ports;
  for (const Edge& e : a.edges) {
    const auto most = model.of(e, "most_per_source");
    if (most && most->fact != nullptr) ports[{e.from.node, e.from.name}].push_back(&e);
  }
  for (const auto& [port, edges] : ports) {
    const auto most = model.of(*edges.back(), "most_per_source");
    if (static_cast<double>(edges.size()) <= most->value) continue;
    const std::string& name = a.node(port.first).name;
    diag::Sink one;
    auto r = one.report(edges.back()->arrow_span, codes::PathTooMany, std::to_string(edges.size()),
                        port.second == "self" ? name : name + "." + port.second, to_text(most->value));
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) r.label(edges[i]->arrow_span, "one of them");
    r.help("let one of them hand on to the others, through a topic or a bus");
    r.source(catalog::cite(*most->fact));
    hand_on(one, *most->fact, model.catalog(), sink);
  }
}

/// Two edges of one port whose filters let the same key through, on a cloud that wants them apart.
void overlap(const Model& model, const Edge& edge, diag::Sink& sink) {
  const auto apart = model.of(edge, "filters_apart");
  if (!apart || apart->fact == nullptr) return;
  const Architecture& a = model.architecture();
  const std::string_view cloud = model.catalog().cloud;
  for (const Edge* other : model.out_of(a.node(edge.from.node))) {
    if (other->id >= edge.id) return;
    if (other->from.name != edge.from.name || !model.of(*other, "filters_apart")) continue;
    if (!filters_meet(edge.for_cloud(cloud), other->for_cloud(cloud))) continue;
    diag::Sink one;
    auto r = one.report(edge.arrow_span, codes::PathOverlap, describe(a, *other), describe(a, edge),
                        std::string(model.catalog().title));
    r.label(other->arrow_span, "and this one");
    r.source(catalog::cite(*apart->fact));
    r.help("give them prefixes or suffixes that keep them apart, or let one hand on to the other");
    hand_on(one, *apart->fact, model.catalog(), sink);
  }
}

}  // namespace

void settings(const Model& model, diag::Sink& sink) {
  no_effect(model, sink);
  for (const Edge& edge : model.architecture().edges) {
    few_deliveries(model, edge, sink);
    overlap(model, edge, sink);
  }
  reserved_few(model, sink);
  too_many(model, sink);
}

}  // namespace virga::passes
