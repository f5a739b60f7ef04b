// news ~> mailer                           an SMQ topic trigger
// news ~> archive { where = { tag = "x" } } a subscription that pushes into the queue
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

namespace virga::aliyun {
namespace {

/// A subscription filters by one tag. `{ tag = "paid" }` is that tag; nothing else can be said.
bool read_tag(Lowering& l, const Edge& edge, std::optional<cloud::Value>& tag) {
  const Attributes& a = l.of(edge);
  if (!a.has("where")) return true;
  const Value& where = *a.find("where");
  const Map* map = where.get<Map>();
  const Value* wanted = map == nullptr || map->entries.size() != 1 ? nullptr : map->find("tag");
  const auto* text = wanted == nullptr ? nullptr : wanted->get<std::string>();
  const auto longest = static_cast<std::size_t>(Lowering::number("smq.filter_tag.max"));
  if (wanted != nullptr && (text == nullptr ? !known_at_compile_time(*wanted) : text->size() <= longest)) {
    tag = to_value(l, *wanted);
    return true;
  }
  l.sink()
      .report(where.span.known() ? where.span : edge.span, codes::TopicFilter, l.from(edge).name)
      .source(catalog::cite(catalog().fact("smq.filter_tag.max")))
      .help("let publishers set one tag per message, and filter by it: `where = { tag = \"paid\" }`");
  return false;
}

}  // namespace

void topic_trigger(Lowering& l, const Edge& edge) {
  std::optional<cloud::Value> tag;
  const bool here = same_region(l, edge), fits = read_tag(l, edge, tag);
  if (!here || !fits) return;
  const Node& topic = l.from(edge);
  cloud::Object config;
  config.set("notifyContentFormat", l.of(edge).flag("raw") ? "STREAM" : "JSON");
  config.set("notifyStrategy", "EXPONENTIAL_DECAY_RETRY");
  if (tag) config.set("filterTag", *tag);
  l.function(edge.to.node).handed_events = true;
  const cloud::Value role = l.invoker(topic, "mns.aliyuncs.com", l.to(edge));
  add_trigger(l, l.id(edge, "Trigger"), l.to(edge),
              {"mns_topic", topic.identity(), std::move(config), topic_arn(l, topic), role});
}

void subscription(Lowering& l, const Edge& edge) {
  std::optional<cloud::Value> tag;
  const bool here = same_region(l, edge), fits = read_tag(l, edge, tag);
  if (!here || !fits) return;
  const Node& topic = l.from(edge);
  const Node& target = l.to(edge);
  const bool queue = target.kind == "queue";
  cloud::Object p;
  p.set("TopicName", name_of(l, topic));
  p.set("SubscriptionName",
        plain_name(l, "ALIYUN::MNS::Subscription", "SubscriptionName", topic.identity() + "." + target.identity()));
  p.set("PushType", queue ? "queue" : "http");
  p.set("Endpoint", queue ? queue_arn(l, target) : output_of(l, target, "url", edge.span));
  p.set("NotifyContentFormat", l.of(edge).flag("raw") ? "SIMPLIFIED" : "JSON");
  p.set("NotifyStrategy", "EXPONENTIAL_DECAY_RETRY");
  if (tag) p.set("FilterTag", *tag);
  l.add(l.id(edge, "Subscription"), "ALIYUN::MNS::Subscription", std::move(p));
}

}  // namespace virga::aliyun
