// A workflow as a flow of CloudFlow.
#pragma once

#include "backends/aliyun/lower/lowering.h"
#include "backends/common/workflow/machine.h"

namespace virga::aliyun {

/// The flow definition (FDL, YAML), with references to what it calls within the text.
[[nodiscard]] cloud::Value definition_of(Lowering& l, const Node& node, const workflow::Machine& machine);
/// `"status" in $Input.pay && $Input.pay.status == "paid"`
[[nodiscard]] std::string expression_of(const workflow::Condition& condition);

/// Of the flow itself, as roles want it.
[[nodiscard]] cloud::Values flow_resources(Lowering& l, const Node& workflow);

}  // namespace virga::aliyun
