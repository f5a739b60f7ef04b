// Failure completeness: what was handed over ends somewhere when it fails; where it ends somebody looks, and it is still
// there.
#include "compiler/diagnostics/codes.h"
#include "compiler/passes/passes.h"
#include "compiler/passes/paths.h"

#include <fmt/format.h>

#include <set>

namespace virga::passes {
namespace {

namespace codes = diag::codes;

/// Nobody is told of what is given up on. Of what handles failures itself nobody is asked again: there would be no end.
void lost(const Model& model, const Edge& edge, std::set<std::pair<NodeId, std::string_view>>& told, diag::Sink& sink) {
  const catalog::HopRow* row = model.hop(edge);
  if (row == nullptr || row->gives_up.empty() || model.is_end(edge.from) || !model.given_up(edge).empty()) return;
  const Architecture& a = model.architecture();
  const std::string_view port = row->gives_up.substr(row->gives_up.find('.') + 1);
  const Node& giver = a.node(row->gives_up.starts_with("from") ? edge.from.node : edge.to.node);
  if (!told.emplace(giver.id, port).second) return;
  const auto age = model.of(edge, "age");
  if (row->blocks && !model.of(edge, "deliveries") && !model.of(edge, "retries") && !(age && age->given)) {
    sink.report(edge.arrow_span, codes::PathBlocks, giver.name, describe(a, edge))
        .label(giver.span, fmt::format("nothing leaves `{}.{}`", giver.name, port))
        .help(fmt::format("say where goes what fails: `{}.{} ~> lost`, with a queue `lost` and an alarm on its depth",
                          giver.name, port));
    return;
  }
  sink.report(edge.arrow_span, codes::PathLost, giver.name, describe(a, edge))
      .label(giver.span, fmt::format("nothing leaves `{}.{}`", giver.name, port))
      .help(fmt::format(
          "say where it goes: `{}.{} ~> lost`, with `queue lost {{ retention = 14d }}` and an alarm on its depth",
          giver.name, port));
}

/// Somebody takes from it, or watches it.
bool watched(const Model& model, const Node& node) {
  const Architecture& a = model.architecture();
  for (const Edge* e : model.out_of(node)) {
    if (!model.is_end(e->from)) return true;
  }
  for (const Edge* e : model.into(node)) {
    if (e->to.name != "self") return true;  // somebody who takes when it wants to
  }
  for (const Node& other : a.nodes) {
    for (const AttributeValue& v : other.attributes.all) {
      if (const auto* ref = v.value.get<NodeRef>(); ref != nullptr && ref->node == node.id && other.id != node.id)
        return true;
    }
  }
  return false;
}

void dead_letters(const Model& model, const Edge& edge, std::set<NodeId>& told, diag::Sink& sink) {
  if (!model.is_end(edge.from)) return;
  const Architecture& a = model.architecture();
  const Node& end = a.node(edge.to.node);
  const auto keeps = model.of(end, "keeps");
  if (!keeps) return;
  if (!watched(model, end) && told.insert(end.id).second) {
    sink.report(edge.arrow_span, codes::PathUnwatched, end.name)
        .label(end.span, "nobody takes from it, and no alarm watches it")
        .help(fmt::format(
            "watch it: `alarm {}_filled {{ of = {}  metric = depth  above = 0 }}`, or let a function take from it", end.name,
            end.name));
  }
  const Node& source = a.node(edge.from.node);
  const auto before = model.of(source, "keeps");
  if (before && keeps->value <= before->value) {
    auto r = sink.report(keeps->span, codes::PathDeadShorter, end.name, text_of(*keeps), source.name, text_of(*before));
    r.label(before->span, "from here they come");
    r.note("a message keeps the date on which it was first sent, so what was tried for long is soon deleted there");
    r.help(fmt::format("keep them longer than {} in `{}`", text_of(*before), end.name));
  }
}

}  // namespace

void failures(const Model& model, diag::Sink& sink) {
  std::set<std::pair<NodeId, std::string_view>> lost_told;
  std::set<NodeId> unwatched_told;
  for (const Edge& edge : model.architecture().edges) {
    if (edge.delivery == Delivery::hand_over) lost(model, edge, lost_told, sink);
    dead_letters(model, edge, unwatched_told, sink);
  }
}

}  // namespace virga::passes
