// orders ~> worker { batch = 10 }    an EventBridge trigger that reads the queue
// orders.dead ~> lost { after = 5 }  the queue's DlqPolicy, and where its triggers put what they give up on
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

namespace virga::aliyun {
namespace {

/// The edge from the queue's `dead` port, if there is one.
const Edge* dead_edge(const Lowering& l, NodeId queue) {
  const std::vector<const Edge*> edges = l.architecture().edges_from(queue, "dead");
  return edges.empty() ? nullptr : edges.front();
}

/// What a stream can't do is refused, with what to do instead.
bool refuses(Lowering& l, const Edge& edge) {
  const Attributes& a = l.of(edge);
  const std::string queue = l.from(edge).name, function = l.to(edge).name;
  bool refused = false;
  if (a.flag("partial") && a.number("batch").value_or(0) > 1) {
    l.sink()
        .report(a.find("partial")->span, codes::QueuePartial, queue)
        .source(catalog::cite(catalog().fact("fc3.trigger.eb.errors_tolerance.enum")))
        .help("hand messages over one at a time: `batch = 1`");
    refused = true;
  }
  if (a.has("max_concurrency")) {
    l.sink()
        .report(a.find("max_concurrency")->span, codes::QueueConcurrency, queue)
        .source(catalog::cite(catalog().fact("fc3.trigger.eb.concurrency")))
        .help(fmt::format("limit the function itself: `concurrency = {}` in `{}`", to_text(*a.find("max_concurrency")),
                          function));
    refused = true;
  }
  if (a.has("where")) {
    l.sink()
        .report(a.find("where")->span, codes::QueueFilter, queue)
        .source(catalog::cite(catalog().fact("fc3.trigger.eb.mode.enum")))
        .help("let the function pass over what it doesn't want, or send such messages to a queue of their own");
    refused = true;
  }
  return refused;
}

/// The stream has two ways to try again. The queue's own dead-letter rule never sees what a function fails on, because
/// the stream takes the message and tries by itself.
void set_retries(Lowering& l, cloud::Object& options, const Edge* dead) {
  const std::int64_t few = Lowering::number("eventbridge.retry.backoff.attempts"),
                     many = Lowering::number("eventbridge.retry.exponential.attempts");
  const std::int64_t wanted = dead == nullptr ? many : static_cast<std::int64_t>(l.of(*dead).number("after").value_or(0));
  const bool backoff = dead != nullptr && wanted <= few;
  options.set("errorsTolerance", dead == nullptr ? "NONE" : "ALL");
  options.set("retryStrategy",
              cloud::object({{"PushRetryStrategy", backoff ? "BACKOFF_RETRY" : "EXPONENTIAL_DECAY_RETRY"}}));
  if (dead != nullptr) {
    options.set("deadLetterQueue", cloud::object({{"Arn", messages_arn(l, l.to(*dead))}}));
    if (wanted != (backoff ? few : many)) {
      l.changes(backoff ? fmt::format("a message is given up on after {} tries instead of {}", few, wanted)
                        : fmt::format("a message is given up on after {} tries over a day instead of {}", many, wanted));
    }
  } else {
    l.changes(fmt::format("a message that fails {} times over a day stops the stream: say `dead ~> …` to have it put aside",
                          many));
  }
}

}  // namespace

void queue_trigger(Lowering& l, const Edge& edge) {
  const bool here = same_region(l, edge), refused = refuses(l, edge);
  check_trigger_timeout(l, edge, "fc3.trigger.eb.invoke.timeout.max", "a trigger of a queue");
  if (!here || refused) return;
  const Node& queue = l.from(edge);
  const Attributes& a = l.of(edge);

  // Inner keys begin with a capital letter, the levels above them don't: the service takes them only so.
  cloud::Object source;
  source.set("RegionId", region_of(l, queue)).set("QueueName", name_of(l, queue)).set("IsBase64Decode", false);
  cloud::Object options;
  options.set("mode", "event-streaming");
  set_retries(l, options, dead_edge(l, queue.id));
  cloud::Object window;
  window.set("CountBasedWindow", to_value(l, *a.find("batch")))
      .set("TimeBasedWindow", measured(l, a, "window", Unit::seconds));
  options.set("batchWindow", std::move(window));

  cloud::Object config;
  config.set("triggerEnable", true).set("asyncInvocationType", false).set("eventRuleFilterPattern", "{}");
  config.set("eventSourceConfig",
             cloud::object({{"eventSourceType", "MNS"},
                            {"eventSourceParameters", cloud::object({{"sourceMNSParameters", std::move(source)}})}}));
  config.set("eventSinkConfig", cloud::object({{"deliveryOption", cloud::object({{"eventSchema", "CloudEvents"}})}}));
  config.set("runOptions", std::move(options));
  add_trigger(l, l.id(edge, "Trigger"), l.to(edge),
              {"eventbridge", queue.identity(), std::move(config), std::nullopt, std::nullopt});
}

void dead_letters(Lowering& l, const Edge& edge) {
  const Node& queue = l.from(edge);
  QueueParts& parts = l.queue(queue.id);
  if (edge.from.node == edge.to.node || parts.dead_letters) {
    l.sink()
        .report(edge.span, codes::DeadLetters, queue.name)
        .source(catalog::cite(catalog().fact("smq.queue.dlq")))
        .help("let `dead` lead to one other queue");
    return;
  }
  parts.dead_letters = edge.to.node;
  parts.after = static_cast<std::int64_t>(l.of(edge).number("after").value_or(0));
}

}  // namespace virga::aliyun
