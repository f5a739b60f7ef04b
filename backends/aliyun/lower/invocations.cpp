// webhook -> lookup     the caller's role may invoke it, and knows its name
// webhook ~> sync       the same; the function's own retries and age of events count
// sync.failure ~> told  the function's destination
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

namespace virga::aliyun {
namespace {

/// A setting of the edge that is not the function's own. There is one for all callers of a function.
bool differs(Lowering& l, const Edge& edge, std::string_view name) {
  const Value* wanted = l.of(edge).find(name);
  const Value* own = l.of(l.to(edge)).find(name);
  if (wanted == nullptr || wanted->is_none() || (own != nullptr && *wanted == *own)) return false;
  const Node& function = l.to(edge);
  l.sink()
      .report(wanted->span.known() ? wanted->span : edge.span, codes::EdgeRetries, function.name, std::string(name),
              to_text(*wanted), own == nullptr ? std::string("none") : to_text(*own))
      .label(function.span, "one setting for all that call it")
      .source(catalog::cite(catalog().fact("ros.async.qualifier")))
      .help(fmt::format("say `{} = {}` in `{}` itself, or make a second function of the same code for this caller", name,
                        to_text(*wanted), function.name));
  return true;
}

void may_invoke(Lowering& l, const Edge& edge) {
  const Node& function = l.to(edge);
  l.grant(edge, {"fc:InvokeFunction"}, {function_arn(l, function)});
  l.tell(edge, "FUNCTION_NAME", name_text(l, function));
  tell_region(l, edge);
}

}  // namespace

void tell_region(Lowering& l, const Edge& edge) {
  const Node& target = l.to(edge);
  if (l.request().regions.size() < 2 || l.of(target).text("placement") != "home") return;
  l.tell(edge, "REGION", region_of(l, target));
}

void invoke(Lowering& l, const Edge& edge) { may_invoke(l, edge); }

void invoke_async(Lowering& l, const Edge& edge) {
  const bool retries = differs(l, edge, "retries"), age = differs(l, edge, "max_age");
  if (retries || age) return;
  l.function(edge.to.node).handed_events = true;
  may_invoke(l, edge);
}

void pass_address(Lowering& l, const Edge& edge) { l.tell(edge, "URL", to_value(l, *l.of(l.to(edge)).find("url"))); }

void outside_caller(Lowering& l, const Edge& edge) {
  if (edge.delivery == Delivery::hand_over && l.to(edge).kind == "function") l.function(edge.to.node).handed_events = true;
}

void destination(Lowering& l, const Edge& edge) {
  if (!same_region(l, edge)) return;
  const Node& target = l.to(edge);
  FunctionParts& parts = l.function(edge.from.node);
  std::optional<cloud::Value>& place = edge.from.name == "success" ? parts.on_success : parts.on_failure;
  if (place) {
    l.sink()
        .report(edge.span, codes::SecondDestination, l.from(edge).name, edge.from.name)
        .source(catalog::cite(catalog().fact("fc3.async.destinations.enum")))
        .help("let it lead to a topic, and the topic to all of them");
    return;
  }
  if (target.kind == "function") {
    place = function_arn(l, target);
    parts.destinations.push_back(l.id(target, "Function"));
    l.function(target.id).handed_events = true;
    l.grant(edge, {"fc:InvokeFunction"}, {function_arn(l, target)});
    return;
  }
  place = messages_arn(l, target);
  l.grant(edge, {target.kind == "topic" ? "mns:PublishMessage" : "mns:SendMessage"}, {messages_arn(l, target)});
}

}  // namespace virga::aliyun
