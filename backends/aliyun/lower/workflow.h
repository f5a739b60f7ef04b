// A workflow as a flow of CloudFlow.
#pragma once

#include "backends/aliyun/lower/lowering.h"
#include "backends/common/workflow/machine.h"

namespace virga::aliyun {

/// The flow definition (FDL, YAML), with references to what it calls within the text.
[[nodiscard]] cloud::Value definition_of(Lowering& l, const Node& node, const workflow::Machine& machine);
/// `"status" in $Input.pay && $Input.pay.status == "paid"`
[[nodiscard]] std::string expression_of(const workflow::Condition& condition);

/// The target of a rule that starts an execution with the data of the event. Whether that is what was asked for, `raw` says.
[[nodiscard]] cloud::Object flow_target(Lowering& l, const Edge& edge, bool raw);
/// Whether something that does not wait may start the workflow; `how` is what it would be. Else says so.
[[nodiscard]] bool starts_by_itself(Lowering& l, const Edge& edge, const std::string& how);

/// Of the flow itself, as roles want it.
[[nodiscard]] cloud::Values flow_resources(Lowering& l, const Node& workflow);

}  // namespace virga::aliyun
