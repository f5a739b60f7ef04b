// stream clicks { retention = 7d }        → SLS::Logstore   ClicksLogstore
// clicks ~> count { window = 10s }        a log trigger
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/key.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

namespace virga::aliyun {
namespace {

/// What a log trigger cannot be told is refused where the meaning would change, with what to do instead.
bool refuses(Lowering& l, const Edge& edge) {
  const Attributes& a = l.of(edge);
  bool refused = false;
  const auto refuse = [&](std::string_view name, const std::string& help) {
    const Value* value = a.find(name);
    l.sink()
        .report(value->span.known() ? value->span : edge.span, codes::StreamSetting, std::string(name), l.from(edge).name)
        .source(catalog::cite(catalog().fact("fc3.trigger.log.shard_fanout")))
        .help(help);
    refused = true;
  };
  if (a.number("parallel").value_or(1) > 1) refuse("parallel", fmt::format("give `{}` more `shards`", l.from(edge).name));
  if (a.text("from") == "oldest") refuse("from", "leave it out: a trigger begins with what comes after it was made");
  if (a.has("max_age")) refuse("max_age", fmt::format("say how long `{}` keeps records: `retention`", l.from(edge).name));
  if (a.flag("halve")) refuse("halve", "let the function take what it reads in parts");
  if (a.flag("partial")) refuse("partial", "let the function put aside what it fails on");
  if (a.has("where")) refuse("where", "let the function pass over what it does not want");
  return refused;
}

cloud::Value interval_of(Lowering& l, const Edge& edge) {
  const Attributes& a = l.of(edge);
  const auto least = Lowering::least("fc3.trigger.log.interval.range");
  const std::optional<Quantity> window = a.quantity("window");
  if (window && window->amount < least * 1000) {
    const Value* asked = a.find("window");
    l.changes(fmt::format("records reach the function every {}{}", to_text(Quantity{least * 1000, Dimension::duration}),
                          window->amount == 0 ? "" : fmt::format(", not after {}", to_text(*asked))));
    return least;
  }
  return measured(l, a, "window", Unit::seconds);
}

}  // namespace

void lower_stream(Lowering& l, const Node& node) {
  const Attributes& a = l.of(node);
  std::optional<cloud::Object> encryption = logstore_encryption(l, node);
  cloud::Object store;
  store.set("ProjectName", log_project(l)).set("LogstoreName", name_text(l, node));
  store.set("TTL", measured(l, a, "retention", Unit::days)).set("PreserveStorage", false);
  // With so many shards it stays at so many; else it splits as it grows.
  store.set("ShardCount",
            a.has("shards") ? to_value(l, *a.find("shards")) : cloud::Value(Lowering::number("sls.shard_count.default")));
  store.set("AutoSplit", !a.has("shards"));
  if (!a.has("shards")) store.set("MaxSplitShard", Lowering::number("sls.max_split.ros_max"));
  if (encryption) store.set("EncryptConf", std::move(*encryption));
  l.add(l.id(node, "Logstore"), "ALIYUN::SLS::Logstore", std::move(store));
  if (const Map* tags = a.map("tags"); tags != nullptr && !tags->entries.empty())
    l.changes("a logstore takes no tags: the project has the app's");
}

void put_records(Lowering& l, const Edge& edge) {
  const Node& stream = l.to(edge);
  l.grant(edge, {"log:PostLogStoreLogs"}, {logstore_arn(l, stream)});
  l.tell(edge, "STREAM_NAME", name_of(l, stream));
  l.tell(edge, "STREAM_PROJECT", log_project(l));
  tell_region(l, edge);
}

void stream_trigger(Lowering& l, const Edge& edge) {
  const bool here = same_region(l, edge), refused = refuses(l, edge);
  if (!here || refused) return;
  const Attributes& a = l.of(edge);
  if (const AttributeValue* batch = a.entry("batch"); batch != nullptr && batch->origin != Origin::fallback)
    l.changes("`batch` can't be said: the function reads what it is told of");
  l.changes("the function gets cursors and reads the records itself, shard by shard");
  const cloud::Value retries =
      a.has("retries") ? to_value(l, *a.find("retries")) : cloud::Value(Lowering::most("fc3.trigger.log.retry.range"));
  add_log_trigger(l, edge, retries, interval_of(l, edge));
}

}  // namespace virga::aliyun
