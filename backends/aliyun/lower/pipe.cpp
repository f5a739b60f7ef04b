// pipe trim { }   orders ~> trim   trim ~> worker     the trigger that `orders ~> worker` would be
//
// A trigger is the one pipe that ROS makes: it takes from a queue, a stream or a table and hands on to a function. So the
// two edges are lowered as the one that they stand for, and what a trigger cannot do is refused in the trigger's words.
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/parts.h"

#include <fmt/format.h>

namespace virga::aliyun {
namespace {

const Edge* target_edge(const Lowering& l, const Node& pipe) {
  for (const Edge* edge : l.architecture().edges_from(pipe.id, "self"))
    if (edge->delivery == Delivery::hand_over) return edge;
  return nullptr;
}

void refuse(Lowering& l, Span place, const Node& pipe, const std::string& what, const std::string& help) {
  l.sink().report(place, codes::PipeEnds, pipe.name, what).help(help);
}

}  // namespace

void lower_pipe(Lowering& l, const Node& node) {
  std::size_t targets = 0;
  for (const Edge* edge : l.architecture().edges_from(node.id, "self")) {
    if (edge->delivery == Delivery::hand_over && ++targets == 2)
      refuse(l, edge->span, node, "two targets", "let it hand on to a function that tells both");
  }
  if (targets == 0) refuse(l, node.span, node, "no target", fmt::format("draw an edge to a function: `{} ~> …`", node.name));
  if (l.architecture().edges_to(node.id, "self").empty())
    refuse(l, node.span, node, "nothing that leads into it",
           fmt::format("draw an edge from a queue, a stream or a table: `orders ~> {}`", node.name));
  const Attributes& a = l.of(node);
  for (const char* name : {"enabled", "log_level", "log_retention", "description"}) {
    const AttributeValue* entry = a.entry(name);
    if (entry == nullptr || entry->origin == Origin::fallback || entry->value.is_none()) continue;
    l.changes(fmt::format("a trigger takes no `{}`", name));
  }
}

void trigger_through_pipe(Lowering& l, const Edge& edge) {
  const Edge* out = target_edge(l, l.to(edge));
  if (out == nullptr || l.to(*out).kind != "function") return;  // reported with the pipe, or with its target
  Edge direct = edge;
  direct.to = out->to;
  const std::string& source = l.from(edge).kind;
  if (source == "queue") return queue_trigger(l, direct);
  if (source == "stream") return stream_trigger(l, direct);
  row_trigger(l, direct);
}

void trigger_of_pipe(Lowering& l, const Edge& edge) {
  const Value* raw = l.of(edge).find("raw");
  if (!l.of(edge).flag("raw")) return;
  l.sink()
      .report(raw->span.known() ? raw->span : edge.span, codes::PipeRaw, l.from(edge).name)
      .source(catalog::cite(catalog().fact("fc3.trigger.eb.mode.enum")))
      .help("leave `raw` out, and let the function take what it needs of the event");
}

}  // namespace virga::aliyun
