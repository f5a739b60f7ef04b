// A rule of EventBridge: which events of a bus go to one target, and what becomes of those that it does not take.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// `From<Bus>`; of a second edge between the same two, `Rule2From<Bus>`: no bus has a name that gives that.
[[nodiscard]] std::string rule_suffix(Lowering& lowering, const Edge& edge);
/// The rule of an edge from a bus, named after `owner`, with the rest of the target filled in. Gives its logical id.
std::string add_rule(Lowering& lowering, const Edge& edge, const Node& owner, cloud::Object target);
/// A rule of the account's own bus, on which the cloud tells of the edge's source: of its bucket, its alarm.
void add_rule_of_cloud(Lowering& lowering, const Edge& edge, const Node& owner, cloud::Object pattern, cloud::Object target);
/// The edge from the bus's port `dead`; nothing when there is none.
[[nodiscard]] const Edge* dead_letters_of(const Lowering& lowering, const Node& bus);
/// `where` in the words of AWS.
[[nodiscard]] cloud::Object event_pattern(Lowering& lowering, const Value& where);

}  // namespace virga::aws
