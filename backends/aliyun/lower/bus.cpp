// bus cloud { default = true }                    nothing: every account has it
// bus events { }                                  EventBridge::EventBus, of which ROS has no such type: in Terraform alone
// f ~> events                                     f's role may put events, and finds the bus in EVENTS_BUS_NAME
// cloud ~> orders                                 to a queue or topic, an EventBridge rule; to a function: bus_functions.cpp
// cloud.dead ~> lost                              the dead-letter queue of each of these
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/event_rule.h"
#include "backends/aliyun/lower/key.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"
#include "backends/aliyun/lower/workflow.h"
#include "compiler/cloud/event_pattern.h"

#include <fmt/format.h>

namespace virga::aliyun {
namespace {

using cloud::EventTest;

/// What Alibaba Cloud calls the fields of every event.
std::string field_name(const std::string& name) {
  if (name == "account") return "aliyunaccountid";
  return name == "region" ? "aliyunregionid" : name;
}

cloud::Value with(std::string_view word, cloud::Value operand) {
  return cloud::object({{std::string(word), std::move(operand)}});
}

cloud::Value numeric(const EventTest& test) {
  constexpr std::string_view kSigns[] = {">", ">=", "<", "<="};  // in the order of Bound
  cloud::Values parts;
  for (const auto& [bound, number] : test.bounds) {
    parts.emplace_back(kSigns[static_cast<std::size_t>(bound)]);
    const auto whole = static_cast<std::int64_t>(number);
    if (static_cast<double>(whole) == number) parts.emplace_back(whole);
    else parts.emplace_back(number);
  }
  return parts;
}

/// The test as EventBridge says it; nothing when it has none of that sort.
std::optional<cloud::Value> spelt(const EventTest& test) {
  using How = EventTest::How;
  switch (test.how) {
    case How::equals: return test.operands.front();
    case How::prefix: return with("prefix", test.operands.front());
    case How::suffix: return with("suffix", test.operands.front());
    case How::contains: return with("contains", test.operands.front());
    case How::is_not:
      return with("anything-but", test.operands.size() == 1 ? test.operands.front() : cloud::Value(test.operands));
    case How::not_prefix: return with("anything-but", with("prefix", test.operands.front()));
    case How::exists: return with("exists", test.operands.front());
    case How::numbers: return with("numeric", numeric(test));
    case How::network: return with("cidr", test.operands.front());
    case How::wildcard:
    case How::ignore_case:
    case How::not_suffix: return std::nullopt;
  }
  return std::nullopt;
}

const Edge* dead_edge(const Lowering& l, const Node& bus) {
  const std::vector<const Edge*> edges = l.architecture().edges_from(bus.id, "dead");
  return edges.empty() ? nullptr : edges.front();
}

}  // namespace

std::optional<cloud::Object> pattern_of(Lowering& l, const Edge& edge) {
  const Attributes& a = l.of(edge);
  if (!a.has("where")) return cloud::Object();
  const std::size_t before = l.sink().errors();
  const std::vector<cloud::EventField> fields = cloud::read_event_pattern(
      *a.find("where"), [&](const Value& v) { return to_value(l, v); }, l.sink());
  const auto most = static_cast<std::size_t>(Lowering::number("eventbridge.pattern.expressions.max"));
  for (const cloud::EventField& field : fields) {
    std::size_t expressions = 0;
    for (const EventTest& test : field.any_of) {
      expressions += test.how == EventTest::How::equals ? 0 : 1;
      if (spelt(test)) continue;
      l.sink()
          .report(test.place.known() ? test.place : edge.span, codes::EventTest, test.words)
          .source(catalog::cite(catalog().fact("eventbridge.pattern.operators")))
          .help(
              "compare with `prefix`, `suffix`, `contains` or single values, or let the function behind pass over the rest");
    }
    if (expressions <= most) continue;
    l.sink()
        .report(field.place.known() ? field.place : edge.span, codes::EventTests,
                fmt::format("{}", fmt::join(field.path, ".")), std::to_string(expressions), std::to_string(most))
        .source(catalog::cite(catalog().fact("eventbridge.pattern.expressions.max")))
        .help("draw a second edge for the others; values without a test are not counted");
  }
  if (l.sink().errors() != before) return std::nullopt;
  return cloud::write_event_pattern(fields, field_name, [](const EventTest& test) { return *spelt(test); });
}

std::optional<cloud::Object> dead_letters_of(Lowering& l, const Node& bus) {
  const Edge* dead = dead_edge(l, bus);
  if (dead == nullptr) return std::nullopt;
  return cloud::object({{"Arn", messages_arn(l, l.to(*dead))}});
}

void lower_bus(Lowering& l, const Node& node) { (void)refuses_key(l, node, "the account's own bus is there already"); }

void lower_event_bus(Lowering& l, const Node& node) {
  const Attributes& a = l.of(node);
  cloud::Object p;
  p.set("EventBusName", name_text(l, node));
  if (a.has("description")) p.set("Description", to_value(l, *a.find("description")));
  l.add(l.id(node, "Bus"), "ALIYUN::EventBridge::EventBus", std::move(p));
  const Map* tags = a.map("tags");
  if (tags != nullptr && !tags->entries.empty()) l.changes("a bus has no tags: `tags` is left out");
}

void put_events(Lowering& l, const Edge& edge) {
  const Node& bus = l.to(edge);
  if (is_default_bus(l, bus)) {
    l.sink()
        .report(edge.span, codes::DefaultBus, describe(l.architecture(), edge))
        .source(catalog::cite(catalog().fact("eventbridge.bus.default")))
        .help("publish to a bus of your own, `bus events { }`");
    return;
  }
  l.grant(edge, {"eventbridge:PutEvents"}, {bus_arn(l, bus)});
  l.tell(edge, "BUS_NAME", name_of(l, bus));
  tell_region(l, edge);
}

bool is_default_bus(const Lowering& l, const Node& node) { return l.of(node).flag("default"); }

void rule_to_messages(Lowering& l, const Edge& edge) {
  const bool here = same_region(l, edge);
  const std::optional<cloud::Object> pattern = pattern_of(l, edge);
  if (!here || !pattern) return;
  const Node& bus = l.from(edge);
  cloud::Object target = message_target(l, l.to(edge), l.of(edge).flag("raw"));
  if (const auto dead = dead_letters_of(l, bus)) target.set("DeadLetterQueue", *dead);
  add_rule(l, edge, rule_name(l, edge), *pattern, std::move(target));
}

void rule_to_flow(Lowering& l, const Edge& edge) {
  const bool here = same_region(l, edge) && starts_by_itself(l, edge, "started by a rule");
  const std::optional<cloud::Object> pattern = pattern_of(l, edge);
  if (!here || !pattern) return;
  cloud::Object target = flow_target(l, edge, l.of(edge).flag("raw"));
  if (const auto dead = dead_letters_of(l, l.from(edge))) target.set("DeadLetterQueue", *dead);
  add_rule(l, edge, rule_name(l, edge), *pattern, std::move(target));
}

/// Rules and triggers read this edge for themselves; here stands what may be wrong with it.
void undelivered(Lowering& l, const Edge& edge) {
  if (!same_region(l, edge)) return;
  if (dead_edge(l, l.from(edge)) == &edge) return;
  l.sink()
      .report(edge.span, codes::DeadLetters, l.from(edge).name)
      .source(catalog::cite(catalog().fact("eventbridge.dlq.enum")))
      .help("let `dead` lead to one queue");
}

}  // namespace virga::aliyun
