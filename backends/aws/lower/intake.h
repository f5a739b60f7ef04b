// How asynchronous events reach a function: by Lambda's own settings, or, where those say too little, through a state
// machine or a queue in between. One function may have several ways, because an edge may ask for retries of its own.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// Decides for every asynchronous edge into every function, the same in each region's template. What no way can do is
/// reported.
void plan_intakes(Lowering& lowering);

/// The settings, the state machine or the queue itself, once; nothing where the function stands in another region.
void realise_intake(Lowering& lowering, Intake& intake);

/// The ARN that events are handed to: the function's, the state machine's or the queue's.
[[nodiscard]] cloud::Value intake_arn(Lowering& lowering, const Intake& intake);
[[nodiscard]] cloud::Value intake_queue_url(Lowering& lowering, const Intake& intake);
/// What a role needs to hand events over.
[[nodiscard]] std::string_view intake_action(const Intake& intake);
/// Logical ids.
[[nodiscard]] std::string intake_queue(Lowering& lowering, const Intake& intake);
[[nodiscard]] std::string intake_state_machine(Lowering& lowering, const Intake& intake);
/// Spelt out, for another region's template and where a reference would close a circle.
[[nodiscard]] std::string spelt_intake_queue(const Lowering& lowering, const Intake& intake);
[[nodiscard]] std::string spelt_intake_state_machine(const Lowering& lowering, const Intake& intake);
[[nodiscard]] cloud::Value spelt_intake_arn(const Lowering& lowering, const Intake& intake);
[[nodiscard]] cloud::Value spelt_intake_queue_url(const Lowering& lowering, const Intake& intake);

// The three ways, each in a file of its own.
void realise_own_settings(Lowering& lowering, Intake& intake);
void realise_state_machine(Lowering& lowering, Intake& intake);
void realise_queue(Lowering& lowering, Intake& intake);

}  // namespace virga::aws
