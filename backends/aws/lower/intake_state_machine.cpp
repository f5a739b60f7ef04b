// webhook ~> sync, sync { retries = 3  success ~> told  failure ~> told }
//   → AWS::StepFunctions::StateMachine   SyncStateMachine       invokes, retries, tells
//     AWS::IAM::Role                     SyncStateMachineRole
//
// The event reaches the function unchanged, and the outcome is told in the record that Lambda's own destinations send:
// code cannot tell the difference. A function that is a build is run instead of invoked; all else is the same.
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/build.h"
#include "backends/aws/lower/destination.h"
#include "backends/aws/lower/intake.h"

namespace virga::aws {
namespace {

// Our own choices, not the vendor's limits: how the machine behaves around a service that is busy for a while.
constexpr int kBusyDelay = 2;  // seconds before the first further try
constexpr int kBusyDelayMax = 300;  // and the longest wait between two
constexpr int kTellAttempts = 5;  // tries to hand an outcome over

class Machine {
 public:
  Machine(Lowering& lowering, const Intake& intake)
      : lowering_(lowering),
        intake_(intake),
        function_(*intake.function),
        build_(runs_as_build(lowering.architecture, function_)),
        arn_(arn_of(lowering, function_)),
        role_(lowering.role(function_, "states.amazonaws.com", "StateMachineRole" + intake.suffix)) {}

  cloud::Object definition() {
    for (const Edge* edge : intake_.edges) allow_invocation(*edge);
    const std::vector<const Edge*> success = lowering_.architecture.edges_from(function_.id, "success");
    const std::vector<const Edge*> failure = lowering_.architecture.edges_from(function_.id, "failure");
    states_.set(first(), run(!success.empty(), !failure.empty()));
    if (!success.empty()) {
      states_.set("Success record", record(true, "Tell of success 1"));
      tell(success, "Tell of success", "");
    }
    if (!failure.empty()) {
      states_.set("Failure record", record(false, "Tell of failure 1"));
      tell(failure, "Tell of failure", "Failed");
      states_.set("Failed",
                  cloud::object({{"Type", "Fail"}, {"Error", "RetriesExhausted"}, {"Cause", "the last attempt failed"}}));
    }
    const std::string runs = build_ ? "Runs " : "Invokes ";
    return cloud::object({{"Comment", runs + function_.name + " until it succeeds, and tells of the outcome"},
                          {"StartAt", first()},
                          {"States", std::move(states_)}});
  }

 private:
  static cloud::Value service(std::string_view integration) {
    return cloud::concat({"arn:", cloud::Pseudo::partition, ":states:::" + std::string(integration)});
  }

  [[nodiscard]] std::string first() const { return build_ ? "Build" : "Invoke"; }

  void allow_invocation(const Edge& edge) {
    if (!build_) return lowering_.grant(role_, edge, {"lambda:InvokeFunction"}, arn_);
    lowering_.grant(role_, edge, {"codebuild:BatchGetBuilds", "codebuild:StartBuild", "codebuild:StopBuild"}, arn_);
    allow_build_events(lowering_, role_);
  }

  /// A service that is busy counts as no attempt: such calls go on until the event has grown too old.
  cloud::Object busy() const {
    const Quantity* age = intake_.max_age.get<Quantity>();
    const double seconds =
        age != nullptr ? static_cast<double>(age->amount) / amount(Unit::seconds) : limit("lambda.async.max_event_age");
    cloud::Values errors{"Lambda.TooManyRequestsException", "Lambda.ServiceException", "Lambda.SdkClientException"};
    const std::span<const std::string_view> of_builds = catalog().fact("codebuild.busy.errors").members;
    if (build_) errors.assign(of_builds.begin(), of_builds.end());
    return cloud::object({{"ErrorEquals", std::move(errors)},
                          {"IntervalSeconds", kBusyDelay},
                          {"BackoffRate", 2},
                          {"MaxDelaySeconds", kBusyDelayMax},
                          {"MaxAttempts", static_cast<std::int64_t>(seconds / kBusyDelayMax) + 1}});
  }

  [[nodiscard]] cloud::Object invocation() {
    return cloud::object({{"Type", "Task"},
                          {"Resource", service("lambda:invoke")},
                          {"Parameters", cloud::object({{"FunctionName", arn_}, {"Payload.$", "$"}})}});
  }

  cloud::Object run(bool success, bool failure) {
    cloud::Object again =
        cloud::object({{"ErrorEquals", cloud::Values{"States.ALL"}},
                       {"IntervalSeconds", static_cast<std::int64_t>(limit("lambda.async.retry.first_delay"))},
                       {"BackoffRate", 2},
                       {"MaxAttempts", lowering_.value(intake_.retries)}});
    cloud::Object state = build_ ? build_task(lowering_, function_) : invocation();
    state.set("Retry", cloud::Values{busy(), std::move(again)});
    if (success) {
      state.set("ResultSelector",
                cloud::object({{"payload.$", build_ ? build_answer() : "$.Payload"}, {"retries.$", "$$.State.RetryCount"}}));
      state.set("Next", "Success record");
    } else {
      state.set("End", true);
    }
    if (failure) {
      state.set("Catch",
                cloud::Values{cloud::object({{"ErrorEquals", cloud::Values{"States.ALL"}}, {"Next", "Failure record"}})});
    }
    return state;
  }

  /// The record that a destination of Lambda gets.
  cloud::Object record(bool success, const std::string& next) {
    cloud::Object context = cloud::object({{"requestId.$", "$$.Execution.Name"},
                                           {"functionArn", arn_},
                                           {"condition", success ? "Success" : "RetriesExhausted"}});
    const double* retries = intake_.retries.get<double>();
    if (success) context.set("approximateInvokeCount.$", "States.MathAdd($.retries, 1)");
    else if (retries != nullptr) context.set("approximateInvokeCount", static_cast<std::int64_t>(*retries) + 1);
    cloud::Object response =
        cloud::object({{"statusCode", 200}, {"executedVersion", has_versions(lowering_, function_) ? kAlias : "$LATEST"}});
    if (!success) response.set("functionError", "Unhandled");

    cloud::Object parameters = cloud::object({{"version", "1.0"},
                                              {"timestamp.$", "$$.State.EnteredTime"},
                                              {"requestContext", std::move(context)},
                                              {"requestPayload.$", "$$.Execution.Input"},
                                              {"responseContext", std::move(response)}});
    if (success) parameters.set("responsePayload.$", "$.payload");
    else parameters.set("responsePayload", cloud::object({{"errorType.$", "$.Error"}, {"errorMessage.$", "$.Cause"}}));
    return cloud::object({{"Type", "Pass"}, {"Parameters", std::move(parameters)}, {"Next", next}});
  }

  /// One state per target, one after the other; then `last`, or the end.
  void tell(const std::vector<const Edge*>& edges, const std::string& name, const std::string& last) {
    for (std::size_t i = 0; i < edges.size(); ++i) {
      cloud::Object state = tell_one(*edges[i]);
      if (i + 1 < edges.size()) state.set("Next", name + " " + std::to_string(i + 2));
      else if (!last.empty()) state.set("Next", last);
      else state.set("End", true);
      states_.set(name + " " + std::to_string(i + 1), std::move(state));
    }
  }

  /// The names under which Lambda itself tells a bus of outcomes.
  [[nodiscard]] static cloud::Value event(const Edge& edge, const Destination& to) {
    const std::string outcome = edge.from.name == "success" ? "Success" : "Failure";
    return cloud::object({{"EventBusName", to.arn},
                          {"Source", "lambda"},
                          {"DetailType", "Lambda Function Invocation Result - " + outcome},
                          {"Detail.$", "$"}});
  }

  cloud::Object tell_one(const Edge& edge) {
    const Destination to = destination_of(lowering_, edge);
    lowering_.grant(role_, edge, to.actions, to.resource);
    cloud::Object state;
    state.set("Type", "Task");
    switch (to.kind) {
      case Destination::Kind::function:
        state.set("Resource", service("lambda:invoke"));
        state.set("Parameters", cloud::object({{"FunctionName", to.arn}, {"InvocationType", "Event"}, {"Payload.$", "$"}}));
        break;
      case Destination::Kind::queue:
        state.set("Resource", service("sqs:sendMessage"));
        state.set("Parameters", cloud::object({{"QueueUrl", to.url}, {"MessageBody.$", "$"}}));
        break;
      case Destination::Kind::topic:
        state.set("Resource", service("sns:publish"));
        state.set("Parameters", cloud::object({{"TopicArn", to.arn}, {"Message.$", "$"}}));
        break;
      case Destination::Kind::bus:
        state.set("Resource", service("events:putEvents"));
        state.set("Parameters", cloud::object({{"Entries", cloud::Values{event(edge, to)}}}));
        break;
      case Destination::Kind::bucket:
        break;  // the planner gives no state machine to a function whose failures a bucket keeps
    }
    state.set("ResultPath", cloud::Value());  // the record stays as it is, for the next target
    state.set("Retry", cloud::Values{cloud::object({{"ErrorEquals", cloud::Values{"States.ALL"}},
                                                    {"IntervalSeconds", kBusyDelay},
                                                    {"BackoffRate", 2},
                                                    {"MaxAttempts", kTellAttempts}})});
    return state;
  }

  Lowering& lowering_;
  const Intake& intake_;
  const Node& function_;
  bool build_;
  cloud::Value arn_;
  RoleDraft& role_;
  cloud::Object states_;
};

}  // namespace

void realise_state_machine(Lowering& lowering, Intake& intake) {
  const Node& function = *intake.function;
  const std::string id = intake_state_machine(lowering, intake);
  Machine machine(lowering, intake);
  cloud::Object properties;
  properties.set("StateMachineName", spelt_intake_state_machine(lowering, intake));
  properties.set("StateMachineType", "STANDARD");
  properties.set("Definition", machine.definition());
  properties.set("RoleArn", cloud::GetAtt{lowering.id(function, "StateMachineRole" + intake.suffix), "Arn"});
  properties.set("Tags", lowering.tags(function));
  lowering.add(function, id, "AWS::StepFunctions::StateMachine", std::move(properties));
  if (runs_as_build(lowering.architecture, function)) {
    // The build asks its execution for the event.
    const cloud::Value executions = Lowering::arn("states", cloud::Pseudo::region, cloud::Pseudo::account,
                                                  "execution:" + spelt_intake_state_machine(lowering, intake) + ":*");
    lowering.allow(lowering.function_role(function), {{"states:DescribeExecution"}, {executions}, {}});
  }
  lowering.known_by_name(id, "", spelt_intake_arn(lowering, intake));
  lowering.known_by_name(id, "Arn", spelt_intake_arn(lowering, intake));
}

}  // namespace virga::aws
