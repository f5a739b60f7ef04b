// webhook ~> sync
//   → the settings, the state machine or the queue through which `sync` takes events, a statement in the role of `webhook`,
//     and SYNC_FUNCTION_NAME, SYNC_STATE_MACHINE_ARN or SYNC_QUEUE_URL in its environment
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/intake.h"

namespace virga::aws {

void explain_intake(Lowering& lowering, const Intake& intake, cloud::Decision& decision) {
  if (!intake.why.empty()) decision.why = intake.why;
  const bool told = !lowering.architecture.edges_from(intake.function->id, "failure").empty();
  switch (intake.way) {
    case Intake::Way::own_settings: return;
    case Intake::Way::state_machine:
      decision.fidelity = std::max(decision.fidelity, catalog::Fidelity::emulated);
      decision.change = "who hands over starts a state machine, and finds its ARN in " +
                        cloud::environment_name(intake.function->name, "STATE_MACHINE_ARN") + "; an event holds at most " +
                        to_text(Quantity{static_cast<std::int64_t>(limit("sfn.payload.max")), Dimension::size});
      return;
    case Intake::Way::queue:
      decision.fidelity = std::max(decision.fidelity, catalog::Fidelity::emulated);
      decision.change =
          "who hands over sends a message, and finds the address in " +
          cloud::environment_name(intake.function->name, "QUEUE_URL") + "; `" + intake.function->name +
          "` finds the event in `Records[0].body`, and a further attempt comes six times its timeout after the last" +
          (told ? "; `failure` gets the event itself, not Lambda's record of it, and hears nothing of an event that grew "
                  "older than `max_age` before its attempts were used up"
                : "");
      return;
  }
}

void hand_over(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  Intake* intake = lowering.intake(edge);
  if (intake == nullptr) return;  // reported when the ways were planned
  realise_intake(lowering, *intake);
  explain_intake(lowering, *intake, decision);
  const Node& from = lowering.from(edge);
  lowering.grant(lowering.function_role(from), edge, {std::string(intake_action(*intake))}, intake_arn(lowering, *intake));
  switch (intake->way) {
    case Intake::Way::own_settings:
      return lowering.tell(from, *intake->function, "FUNCTION_NAME", name_of(lowering, *intake->function));
    case Intake::Way::state_machine:
      return lowering.tell(from, *intake->function, "STATE_MACHINE_ARN", intake_arn(lowering, *intake));
    case Intake::Way::queue: return lowering.tell(from, *intake->function, "QUEUE_URL", intake_queue_url(lowering, *intake));
  }
}

namespace {

/// A record holds the event and the answer; a queue refuses what is larger than it was told to take.
void say_what_fits(const Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& to = lowering.to(edge);
  const std::optional<Quantity> most = lowering.of(to).quantity("max_size");
  if (to.kind != "queue" || !most || static_cast<double>(most->amount) >= limit("sqs.message_size")) return;
  decision.change += (decision.change.empty() ? "" : "; ") +
                     fmt::format("a record of event and answer that is larger than {}, `max_size` of `{}`, does not arrive",
                                 to_text(*most), to.name);
}

}  // namespace

void tell_outcome(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  const Node& function = lowering.from(edge);
  std::string ways;
  bool any = false;
  for (Intake& intake : lowering.intakes) {
    if (intake.function != &function) continue;
    any = true;
    realise_intake(lowering, intake);
    const std::string_view way = intake.way == Intake::Way::own_settings    ? "a destination of AWS Lambda"
                                 : intake.way == Intake::Way::state_machine ? "a step of the state machine in between"
                                                                            : "the dead letters of the queue in between";
    if (ways.find(way) == std::string::npos) ways += (ways.empty() ? "" : ", ") + std::string(way);
    if (intake.way != Intake::Way::own_settings) decision.fidelity = catalog::Fidelity::emulated;
  }
  if (!any) {
    // Nobody of this architecture hands over, but somebody outside may.
    const Value* retries = lowering.of(function).find("retries");
    const Value* max_age = lowering.of(function).find("max_age");
    lowering.intakes.push_back({Intake::Way::own_settings,
                                &function,
                                {},
                                retries != nullptr ? *retries : Value{},
                                max_age != nullptr ? *max_age : Value{},
                                {},
                                {},
                                {},
                                false});
    realise_intake(lowering, lowering.intakes.back());
    ways = "a destination of AWS Lambda";
  }
  decision.why = ways;
  say_what_fits(lowering, edge, decision);
  // The outcome reaches a function as an asynchronous event of its own.
  if (const Intake* next = lowering.intake(edge); next != nullptr && next->way == Intake::Way::queue) {
    const std::string kept = decision.why;
    explain_intake(lowering, *next, decision);
    decision.why = kept;
  }
}

}  // namespace virga::aws
