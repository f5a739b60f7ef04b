// A FIFO queue or topic takes no message without a group, and only code of one's own can name one: what the cloud's services
// send by themselves (rules, destinations, flows, alarms) has none. Of what takes messages out, only what the vendor tells
// of is let through; the rest is refused rather than hoped for.
#include "backends/aliyun/lower/order.h"

#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/strategies.h"

#include <fmt/format.h>

namespace virga::aliyun {
namespace {

std::string_view fifo_strategy(const Node& node) { return node.kind == "queue" ? "smq_fifo_queue" : "smq_fifo_topic"; }

bool refuse(Lowering& l, const Edge& edge, std::string why, std::string_view fact, const std::string& help) {
  l.sink()
      .report(edge.span, codes::FifoEdge, describe(l.architecture(), edge), std::move(why))
      .source(catalog::cite(catalog().fact(fact)))
      .help(help);
  return true;
}

/// What leads into a FIFO queue or topic.
bool refuses_sender(Lowering& l, const Edge& edge) {
  const Node& from = l.from(edge);
  const Node& to = l.to(edge);
  const bool code =
      (from.kind == "function" || from.kind == "service" || from.kind == "external") && edge.from.name == "self";
  if (code || (from.kind == "queue" && edge.from.name == "dead") || (from.kind == "topic" && keeps_order(l, from)))
    return false;
  if (from.kind == "topic") {
    return refuse(l, edge, fmt::format("`{}` keeps no order, and its messages have no group", from.name),
                  "smq.fifo.group_id",
                  fmt::format("say `fifo = true` at `{}`, or leave it out at `{}`", from.name, to.name));
  }
  std::string_view fact = "smq.fifo.group_id";
  if (from.kind == "bus" || from.kind == "bucket") fact = "eventbridge.target.mns.params";
  if (from.kind == "workflow") fact = "cloudflow.mns.parameters";
  return refuse(
      l, edge, fmt::format("a FIFO {} takes no message without a group, and here nothing can name one", to.kind), fact,
      fmt::format("put a function in between that sends the message with its group, or leave `fifo` out at `{}`", to.name));
}

/// What takes messages out of a FIFO queue or topic.
bool refuses_taker(Lowering& l, const Edge& edge) {
  const Node& from = l.from(edge);
  const Node& to = l.to(edge);
  if (from.kind == "topic") {
    return refuse(l, edge, "a FIFO topic is known to push into FIFO queues alone", "smq.fifo.subscribers",
                  to.kind == "queue" ? fmt::format("say `fifo = true` at `{}`", to.name)
                                     : fmt::format("let `{}` push into a `fifo` queue, and take from that", from.name));
  }
  if (edge.from.name == "dead") {
    return refuse(l, edge, "a FIFO queue is known to put its dead letters into a FIFO queue alone", "smq.fifo.dead_letters",
                  fmt::format("say `fifo = true` at `{}`", to.name));
  }
  return refuse(l, edge, "nothing says that a trigger keeps the order of a FIFO queue", "smq.fifo.trigger",
                fmt::format("let code take the messages when it is free to: `worker -> {}.take`", from.name));
}

}  // namespace

bool keeps_order(const Lowering& l, const Node& node) {
  if (node.kind != "queue" && node.kind != "topic") return false;
  const KindStrategy* strategy = strategy_of(l, node);
  return strategy != nullptr && strategy->name == fifo_strategy(node);
}

bool refuses_order(Lowering& l, const Node& node) {
  if (!l.of(node).flag("fifo") || keeps_order(l, node)) return false;
  const Value* fifo = l.of(node).find("fifo");
  l.sink()
      .report(fifo->span.known() ? fifo->span : node.span, codes::Fifo, node.name, format_title(l), node.kind)
      .source(catalog::cite(catalog().fact("smq.queue.type.enum")))
      .help(fmt::format("deploy with {}, which makes such a {}; or leave `fifo` out and let the messages carry a number to "
                        "sort by",
                        targets_with(node.kind, fifo_strategy(node)), node.kind));
  return true;
}

void set_order(Lowering& l, const Node& node, cloud::Object& properties, std::string_view property) {
  if (!keeps_order(l, node)) return;
  properties.set(std::string(property), "fifo");
  l.changes("a message that is sent twice may arrive twice: nothing says that the service looks for duplicates");
}

bool refuses_order(Lowering& l, const Edge& edge) {
  const bool into = keeps_order(l, l.to(edge)) && edge.to.name == "self", out_of = keeps_order(l, l.from(edge));
  if (into && refuses_sender(l, edge)) return true;
  if (edge.from.name == "dead" && into && !out_of && l.from(edge).kind == "queue") {
    return refuse(l, edge, fmt::format("`{}` keeps no order, and its messages have no group", l.from(edge).name),
                  "smq.fifo.group_id", fmt::format("leave `fifo` out at `{}`", l.to(edge).name));
  }
  return out_of && !into && refuses_taker(l, edge);
}

void tell_order(Lowering& l, const Edge& edge) {
  if (keeps_order(l, l.to(edge))) l.tell(edge, l.to(edge).kind == "queue" ? "QUEUE_FIFO" : "TOPIC_FIFO", "true");
}

}  // namespace virga::aliyun
