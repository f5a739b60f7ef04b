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
  std::string payload;  ///< the parameter that holds what is sent
  std::vector<std::string> actions;
  cloud::Value arn;  ///< what the actions are allowed on
};
[[nodiscard]] StepTarget target_of(Lowering& lowering, const Edge& step);

}  // namespace virga::aws
