#include "backends/aws/lower/event_rule.h"

#include "backends/aws/lower/address.h"
#include "compiler/cloud/event_pattern.h"
#include "compiler/cloud/json_text.h"

#include <algorithm>

namespace virga::aws {
namespace {

using cloud::EventTest;

/// What AWS calls the fields of every event.
std::string field_name(const std::string& name) {
  if (name == "type") return "detail-type";
  return name == "data" ? "detail" : name;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '*' || c == '\\') out += '\\';
    out += c;
  }
  return out;
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

cloud::Value spelt(const EventTest& test) {
  using How = EventTest::How;
  const auto with = [](std::string_view word, cloud::Value operand) {
    return cloud::Value(cloud::object({{std::string(word), std::move(operand)}}));
  };
  switch (test.how) {
    case How::equals: return test.operands.front();
    case How::prefix: return with("prefix", test.operands.front());
    case How::suffix: return with("suffix", test.operands.front());
    case How::contains: return with("wildcard", "*" + escaped(*test.operands.front().get<std::string>()) + "*");
    case How::wildcard: return with("wildcard", test.operands.front());
    case How::ignore_case: return with("equals-ignore-case", test.operands.front());
    case How::is_not:
      return with("anything-but", test.operands.size() == 1 ? test.operands.front() : cloud::Value(test.operands));
    case How::not_prefix: return with("anything-but", with("prefix", test.operands.front()));
    case How::not_suffix: return with("anything-but", with("suffix", test.operands.front()));
    case How::exists: return with("exists", test.operands.front());
    case How::numbers: return with("numeric", numeric(test));
    case How::network: return with("cidr", test.operands.front());
  }
  return {};
}

void check_length(Lowering& lowering, const Edge& edge, const cloud::Object& pattern) {
  const cloud::Value text = cloud::json_text(pattern);
  const std::string* known = text.get<std::string>();
  const catalog::Fact& most = catalog().fact("events.pattern.length.max");
  if (known == nullptr || static_cast<double>(known->size()) <= most.value) return;
  lowering.sink
      .report(lowering.where(edge, "where"), codes::PatternLength, describe(lowering.architecture, edge),
              std::to_string(known->size()), to_text(most.value))
      .source(catalog::cite(most))
      .help("let fewer tests decide, or draw several edges");
}

/// The edges between the same two, in the order written.
std::size_t place_among_equals(const Lowering& lowering, const Edge& edge) {
  std::size_t before = 0;
  for (const Edge* other : lowering.architecture.edges_from(edge.from.node, edge.from.name)) {
    if (other->id < edge.id && other->to.node == edge.to.node && other->to.name == edge.to.name) ++before;
  }
  return before;
}

/// Tries again for a day, which is what is documented of rules that say nothing, and said here so that it stays so.
void be_patient(cloud::Object& target) {
  target.set("RetryPolicy",
             cloud::object({{"MaximumRetryAttempts", static_cast<std::int64_t>(limit("events.retry.attempts"))},
                            {"MaximumEventAgeInSeconds", static_cast<std::int64_t>(limit("events.retry.max_age"))}}));
}

void add(Lowering& lowering, const Edge& edge, const Node& owner, const std::string& id, cloud::Value bus,
         const std::string& part, cloud::Object pattern, cloud::Object target) {
  cloud::Object properties;
  properties.set("Name", lowering.name("AWS::Events::Rule", "Name", lowering.from(edge), part));
  properties.set("EventBusName", std::move(bus));
  properties.set("EventPattern", std::move(pattern));
  properties.set("State", "ENABLED");
  properties.set("Targets", cloud::Values{std::move(target)});
  lowering.add(owner, edge, id, "AWS::Events::Rule", std::move(properties));
}

}  // namespace

std::string rule_suffix(Lowering& lowering, const Edge& edge) {
  const std::size_t before = place_among_equals(lowering, edge);
  return (before == 0 ? "From" : fmt::format("Rule{}From", before + 1)) + lowering.id(lowering.from(edge));
}

const Edge* dead_letters_of(const Lowering& lowering, const Node& bus) {
  const std::vector<const Edge*> edges = lowering.architecture.edges_from(bus.id, "dead");
  return edges.empty() ? nullptr : edges.front();
}

cloud::Object event_pattern(Lowering& lowering, const Value& where) {
  const auto fields = cloud::read_event_pattern(
      where, [&](const Value& value) { return lowering.value(value); }, lowering.sink);
  return cloud::write_event_pattern(fields, field_name, spelt);
}

std::string add_rule(Lowering& lowering, const Edge& edge, const Node& owner, cloud::Object target) {
  const Node& bus = lowering.from(edge);
  const Attributes& asked = lowering.of(edge);
  const std::string id = lowering.id(owner, rule_suffix(lowering, edge));

  cloud::Object pattern;
  if (asked.has("where")) pattern = event_pattern(lowering, *asked.find("where"));
  // A rule must say something: this fits every event.
  if (pattern.members.empty()) pattern.set("source", cloud::Values{cloud::object({{"prefix", ""}})});
  check_length(lowering, edge, pattern);

  target.set("Id", "1");
  if (asked.flag("raw")) target.set("InputPath", "$.detail");
  be_patient(target);
  if (const Edge* dead = dead_letters_of(lowering, bus); dead != nullptr && lowering.stands(lowering.to(*dead))) {
    const Node& queue = lowering.to(*dead);
    target.set("DeadLetterConfig", cloud::object({{"Arn", arn_of(lowering, queue)}}));
    lowering.admit(queue, lowering.id(queue), true, "events.amazonaws.com", cloud::GetAtt{id, "Arn"});
  }

  const std::size_t before = place_among_equals(lowering, edge);
  const std::string part = lowering.to(edge).identity() + (before == 0 ? "" : "." + std::to_string(before + 1));
  add(lowering, edge, owner, id, name_of(lowering, bus), part, std::move(pattern), std::move(target));
  return id;
}

void add_rule_of_cloud(Lowering& lowering, const Edge& edge, const Node& owner, cloud::Object pattern,
                       cloud::Object target) {
  const std::size_t before = place_among_equals(lowering, edge);
  const std::string number = before == 0 ? "" : std::to_string(before + 1);
  std::string port = edge.from.name == "self" ? "" : edge.from.name;
  const std::string part =
      (port.empty() ? "" : port + ".") + lowering.to(edge).identity() + (before == 0 ? "" : "." + number);
  if (!port.empty()) port[0] = static_cast<char>(port[0] - 'a' + 'A');
  target.set("Id", "1");
  be_patient(target);
  add(lowering, edge, owner, lowering.id(owner, "From" + lowering.id(lowering.from(edge)) + port + number),
      std::string(kDefaultBus), part, std::move(pattern), std::move(target));
}

}  // namespace virga::aws
