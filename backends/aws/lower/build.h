// A function that runs longer than AWS Lambda lets it: a build of AWS CodeBuild, run by the state machine in between.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// The function asks for more time than Lambda has, and a build can do what it is asked: nobody waits for its answer, only
/// such call it as can start a state machine, and its runtime is one that the image of a build has.
[[nodiscard]] bool runs_as_build(const Architecture& architecture, const Node& function);

/// What a state of the machine is told in order to run the build and wait for its end.
[[nodiscard]] cloud::Object build_task(Lowering& lowering, const Node& function);
/// Where the handler's answer stands in what the state gives.
[[nodiscard]] std::string_view build_answer();
/// What the machine's role needs besides starting the build: to hear of its end.
void allow_build_events(Lowering& lowering, RoleDraft& role);

}  // namespace virga::aws
