#include "backends/aws/lower/address.h"
#include "backends/aws/lower/intake.h"

namespace virga::aws {

std::string intake_queue(Lowering& lowering, const Intake& intake) {
  return lowering.id(*intake.function, "Queue" + intake.suffix);
}

std::string intake_state_machine(Lowering& lowering, const Intake& intake) {
  return lowering.id(*intake.function, "StateMachine" + intake.suffix);
}

std::string spelt_intake_queue(const Lowering& lowering, const Intake& intake) {
  return lowering.name("AWS::SQS::Queue", "QueueName", *intake.function, "events" + intake.part);
}

std::string spelt_intake_state_machine(const Lowering& lowering, const Intake& intake) {
  return lowering.name("AWS::StepFunctions::StateMachine", "StateMachineName", *intake.function, "attempts" + intake.part);
}

cloud::Value spelt_intake_arn(const Lowering& lowering, const Intake& intake) {
  const Node& function = *intake.function;
  const cloud::Value region = lowering.region_of(function);
  switch (intake.way) {
    case Intake::Way::own_settings: return spelt_arn(lowering, function);
    case Intake::Way::state_machine:
      return Lowering::arn("states", region, cloud::Pseudo::account,
                           "stateMachine:" + spelt_intake_state_machine(lowering, intake));
    case Intake::Way::queue:
      return Lowering::arn("sqs", region, cloud::Pseudo::account, spelt_intake_queue(lowering, intake));
  }
  return {};
}

cloud::Value spelt_intake_queue_url(const Lowering& lowering, const Intake& intake) {
  return cloud::concat({"https://sqs.", lowering.region_of(*intake.function), ".", cloud::Pseudo::url_suffix, "/",
                        cloud::Pseudo::account, "/", spelt_intake_queue(lowering, intake)});
}

cloud::Value intake_arn(Lowering& lowering, const Intake& intake) {
  if (intake.way == Intake::Way::own_settings) return arn_of(lowering, *intake.function);
  if (!lowering.stands(*intake.function)) return spelt_intake_arn(lowering, intake);
  if (intake.way == Intake::Way::state_machine) return cloud::Ref{intake_state_machine(lowering, intake)};
  return cloud::GetAtt{intake_queue(lowering, intake), "Arn"};
}

cloud::Value intake_queue_url(Lowering& lowering, const Intake& intake) {
  if (!lowering.stands(*intake.function)) return spelt_intake_queue_url(lowering, intake);
  return cloud::Ref{intake_queue(lowering, intake)};
}

std::string_view intake_action(const Intake& intake) {
  switch (intake.way) {
    case Intake::Way::own_settings: return "lambda:InvokeFunction";
    case Intake::Way::state_machine: return "states:StartExecution";
    case Intake::Way::queue: return "sqs:SendMessage";
  }
  return {};
}

}  // namespace virga::aws
