// Pieces that several kinds and edges are made of.
#pragma once

#include "backends/aliyun/lower/lowering.h"

namespace virga::aliyun {

/// A parameter of the program as one of the stack, without its name.
[[nodiscard]] cloud::StackParameter stack_parameter(Lowering& l, const Param& param);
/// Whether every node that the value refers to stands in this stack.
[[nodiscard]] bool can_be_said_here(const Lowering& l, const Value& value);

/// `{Version: '1', Statement: […]}`
[[nodiscard]] cloud::Object policy(const std::vector<Statement>& statements);
/// A role that `service` may take on, with the statements as its one policy.
void add_role(Lowering& l, std::string id, const Node& node, std::string_view suffix, std::string_view service,
              const std::vector<Statement>& statements);
/// The role of a source of events.
void add_invoker_role(Lowering& l, const Node& source, const InvokerParts& parts);

/// A logstore with its index, in the app's log project.
void add_logstore(Lowering& l, const std::string& id, const cloud::Value& name, const cloud::Value& days,
                  const Node* encrypted = nullptr);

/// Where the packed code of a node lies; nothing when none was packed.
[[nodiscard]] std::optional<cloud::Object> code_of(Lowering& l, const Node& node);

/// A trigger of a function. `name` is made unique within the function.
struct Trigger {
  std::string_view type;
  std::string name;
  cloud::Object config;
  std::optional<cloud::Value> source_arn, invocation_role;
  std::optional<cloud::Value> description = {};
};
void add_trigger(Lowering& l, std::string id, const Node& function, Trigger trigger);

/// A trigger that tells the function at intervals where new lines of a logstore begin and end.
void add_log_trigger(Lowering& l, const Edge& edge, cloud::Value retries, cloud::Value interval);
/// The actions that a fact lists.
[[nodiscard]] std::vector<std::string> actions_of(std::string_view fact);

/// Refuses a function that may run longer than a trigger lets it; the fact is in seconds.
void check_trigger_timeout(Lowering& l, const Edge& edge, std::string_view fact, std::string_view source);
/// Tells the function in which region its target stands, where that may be another than its own.
void tell_region(Lowering& l, const Edge& edge);
/// `cn-hangzhou` and `eu-central-1` → "cn_hangzhou, eu_central_1", as programs write them.
[[nodiscard]] std::string regions_for_people(const std::vector<std::string>& vendor_names);
/// Refuses an edge to a node that stands in another region than this stack. Whether it is fine.
[[nodiscard]] bool same_region(Lowering& l, const Edge& edge);

}  // namespace virga::aliyun
