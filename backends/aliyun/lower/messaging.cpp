// queue orders { visibility = 1m }   → MNS::Queue
// topic news                         → MNS::Topic
// queue orders { fifo = true }       → the same with a type, which Terraform alone can say
#include "backends/aliyun/lower/key.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/order.h"
#include "backends/aliyun/lower/values.h"

namespace virga::aliyun {

void lower_queue(Lowering& l, const Node& node) {
  if (refuses_order(l, node) || refuses_key(l, node, "Simple Message Queue encrypts with no key of others")) return;
  const Attributes& a = l.of(node);
  cloud::Object p;
  p.set("QueueName", name_text(l, node));
  p.set("VisibilityTimeout", measured(l, a, "visibility", Unit::seconds));
  p.set("DelaySeconds", measured(l, a, "delay", Unit::seconds));
  p.set("MessageRetentionPeriod", measured(l, a, "retention", Unit::seconds));
  p.set("MaximumMessageSize", measured(l, a, "max_size", Unit::bytes));
  p.set("PollingWaitSeconds", measured(l, a, "long_poll", Unit::seconds));
  const QueueParts& parts = l.queue(node.id);
  if (parts.dead_letters) {
    const Node& dead = l.architecture().node(*parts.dead_letters);
    p.set("DlqPolicy",
          cloud::object({{"Enabled", true}, {"DeadLetterTargetQueue", name_of(l, dead)}, {"MaxReceiveCount", parts.after}}));
  }
  p.set("LoggingEnabled", false);
  set_order(l, node, p, "QueueType");
  p.set("Tags", tag_list(l, &node));
  l.add(l.id(node, "Queue"), "ALIYUN::MNS::Queue", std::move(p));
}

void lower_topic(Lowering& l, const Node& node) {
  if (refuses_order(l, node) || refuses_key(l, node, "Simple Message Queue encrypts with no key of others")) return;
  // A queue behind a topic must take what the topic takes: the topic takes no more than the smallest of them.
  std::int64_t size = Lowering::most("smq.message.size.range");
  const std::int64_t largest = size;
  for (const Edge* edge : l.architecture().edges_from(node.id, "self")) {
    const Node& to = l.to(*edge);
    const std::optional<Quantity> limit = to.kind == "queue" ? l.of(to).quantity("max_size") : std::nullopt;
    if (limit) size = std::min(size, limit->amount);
  }
  if (size < largest) l.changes("the topic takes no larger messages than the smallest queue behind it");
  cloud::Object p;
  p.set("TopicName", name_text(l, node)).set("MaximumMessageSize", size).set("LoggingEnabled", false);
  set_order(l, node, p, "TopicType");
  p.set("Tags", tag_list(l, &node));
  l.add(l.id(node, "Topic"), "ALIYUN::MNS::Topic", std::move(p));
}

}  // namespace virga::aliyun
