// A workflow as a state machine of Step Functions.
#pragma once

#include "backends/aws/lower/lowering.h"
#include "backends/common/workflow/machine.h"

namespace virga::aws {

/// The definition, as an object: what Step Functions calls the states of `machine`.
[[nodiscard]] cloud::Object definition_of(Lowering& lowering, const Node& node, const workflow::Machine& machine);

/// How a step reaches its target, and what the role of the state machine needs for that.
struct StepTarget {
  std::string resource;  ///< the integration: `sqs:sendMessage`; empty: a function that is called by its own ARN
  cloud::Object parameters;  ///< without what is sent
  std::string payload;  ///< the parameter that holds what is sent; empty: nothing is
  std::vector<std::string> actions;
  cloud::Value arn;  ///< what the actions are allowed on
  std::string wrapped_in;  ///< the parameters are the one entry of this list
  cloud::Object selected;  ///< what of the answer is the result; empty: all of it
};
[[nodiscard]] StepTarget target_of(Lowering& lowering, const Edge& step);

/// What a step does with a row: `getItem`, `putItem`, `updateItem`, `deleteItem`.
[[nodiscard]] std::string row_action(const Lowering& lowering, const Edge& step);
/// The task of a step that reads or writes a row of a table: its own type, resource, arguments and output
/// (workflow_rows.cpp).
[[nodiscard]] cloud::Object row_task(Lowering& lowering, const workflow::State& state);
/// What a task has that is told in JSONata where an error is caught.
[[nodiscard]] cloud::Value with_error();

}  // namespace virga::aws
