// Rules of EventBridge: which events of a bus go to a queue, a topic or an address.
#pragma once

#include "backends/aliyun/lower/lowering.h"

namespace virga::aliyun {

/// One parameter of a rule's target: `Body`, `ORIGINAL`.
[[nodiscard]] cloud::Object rule_parameter(std::string_view key, std::string_view form, cloud::Value value);
/// The target of a rule that puts events into a queue or a topic; with `raw` the data alone.
[[nodiscard]] cloud::Object message_target(bool topic, cloud::Value name, cloud::Value endpoint, bool raw);
[[nodiscard]] cloud::Object message_target(Lowering& l, const Node& to, bool raw);
/// `where` of an edge from a bus in the words of Alibaba Cloud; nothing when something in it was reported.
[[nodiscard]] std::optional<cloud::Object> pattern_of(Lowering& l, const Edge& edge);
/// Where the events of a bus go that nobody took, as targets and triggers say it.
[[nodiscard]] std::optional<cloud::Object> dead_letters_of(Lowering& l, const Node& bus);
/// What tells the rule of an edge from others: `cloud.orders`; `cloud.orders.2` of a second edge between the same two.
[[nodiscard]] std::string rule_name(const Lowering& l, const Edge& edge);
/// The rule of an edge, on the account's own bus. What the target does not take is tried again for a day.
void add_rule(Lowering& l, const Edge& edge, std::string_view name, cloud::Object pattern, cloud::Object target);

}  // namespace virga::aliyun
