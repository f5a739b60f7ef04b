// webhook -> lookup     the caller's role may invoke it, and knows its name
// webhook ~> sync       the same; the function's own retries and age of events count
// webhook ~> sync { retries = 5 }   a copy of `sync` with that setting, for this caller
// sync.failure ~> told  the function's destination
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"
#include "backends/aliyun/lower/versions.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aliyun {
namespace {

/// A setting of the edge that is not the function's own.
bool differs(const Lowering& l, const Edge& edge, std::string_view name) {
  const Value* wanted = l.of(edge).find(name);
  const Value* own = l.of(l.to(edge)).find(name);
  return wanted != nullptr && !wanted->is_none() && (own == nullptr || *wanted != *own);
}

/// There is one for all callers of a function. Whether it was refused.
bool refuse(Lowering& l, const Edge& edge, std::string_view name) {
  if (!differs(l, edge, name)) return false;
  const Value* wanted = l.of(edge).find(name);
  const Value* own = l.of(l.to(edge)).find(name);
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
  if (has_alias(l, function)) l.tell(edge, "FUNCTION_QUALIFIER", alias_name(l, function));
  tell_region(l, edge);
}

}  // namespace

void tell_region(Lowering& l, const Edge& edge) {
  const Node& target = l.to(edge);
  if (l.request().regions.size() < 2 || l.of(target).text("placement") != "home") return;
  l.tell(edge, "REGION", region_of(l, target));
}

bool refuse_own_settings(Lowering& l, const Edge& edge) {
  const bool retries = refuse(l, edge, "retries"), age = refuse(l, edge, "max_age");
  return retries || age;
}

bool wants_the_functions_own(const Lowering& l, const Edge& edge) {
  return !differs(l, edge, "retries") && !differs(l, edge, "max_age");
}

void invoke(Lowering& l, const Edge& edge) { may_invoke(l, edge); }

void invoke_async(Lowering& l, const Edge& edge) {
  l.function(edge.to.node).handed_events = true;
  may_invoke(l, edge);
}

void invoke_own_copy(Lowering& l, const Edge& edge) {
  const Node& caller = l.from(edge);
  const Node& function = l.to(edge);
  // The caller's code knows one name for the function: it can't be told of the function and of a copy.
  std::size_t ways = 0;
  for (const Edge* other : l.architecture().edges_from(caller.id)) {
    if (other->to.node == function.id && other->from.name == "self") ++ways;
  }
  if (ways > 1) {
    refuse_own_settings(l, edge);
    return;
  }
  const auto setting = [&](std::string_view name) {
    return differs(l, edge, name) ? *l.of(edge).find(name) : *l.of(function).find(name);
  };
  FunctionCopy wanted{.name = {}, .caller = caller.id, .retries = setting("retries"), .max_age = setting("max_age")};
  std::vector<FunctionCopy>& copies = l.function(function.id).copies;
  auto copy = std::find_if(copies.begin(), copies.end(), [&](const FunctionCopy& c) {
    return c.retries == wanted.retries && c.max_age == wanted.max_age;
  });
  if (copy == copies.end()) {
    // No node has such a name: a function has nothing inside.
    wanted.name = plain_name(l, "ALIYUN::FC3::Function", "FunctionName", function.identity() + "." + caller.identity());
    copy = copies.insert(copies.end(), std::move(wanted));
  }
  l.emulates(fmt::format("`{}` for {} retries and events of at most {}", copy->name, to_text(copy->retries),
                         to_text(copy->max_age)));
  if (has_alias(l, function)) l.changes("versions are those of the function itself: of its copy the newest code is called");
  l.grant(edge, {"fc:InvokeFunction"}, {function_arn(l, function, copy->name)});
  l.tell(edge, "FUNCTION_NAME", copy->name);
  tell_region(l, edge);
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
    if (has_alias(l, target)) l.changes("a destination names no alias: the newest code is called, whatever `live` leads to");
    l.grant(edge, {"fc:InvokeFunction"}, {function_arn(l, target)});
    return;
  }
  place = messages_arn(l, target);
  l.grant(edge, {target.kind == "topic" ? "mns:PublishMessage" : "mns:SendMessage"}, {messages_arn(l, target)});
}

}  // namespace virga::aliyun
