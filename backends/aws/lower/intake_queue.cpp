// webhook ~> sync { retries = 5 }
//   → AWS::SQS::Queue                   SyncQueue         what the sender puts its events into
//     AWS::SQS::Queue                   SyncDeadLetters   after `retries` + 1 deliveries; or the queue that `failure` names
//     AWS::Lambda::EventSourceMapping   SyncQueueEvents   one event per invocation
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/intake.h"

namespace virga::aws {
namespace {

/// Six times the function's timeout, as AWS advises, so that a throttled attempt does not count as a delivery.
cloud::Value visibility(Lowering& lowering, const Node& function) {
  const cloud::Value timeout = lowering.quantity(function, "timeout", Unit::seconds);
  const std::int64_t* known = timeout.get<std::int64_t>();
  const double most = known != nullptr ? static_cast<double>(*known) : limit("lambda.timeout.max");
  return static_cast<std::int64_t>(most * limit("lambda.esm.sqs.visibility_multiplier"));
}

cloud::Object queue(Lowering& lowering, const Node& function, cloud::Value name, cloud::Value seen_again,
                    cloud::Value kept) {
  return cloud::object({{"QueueName", std::move(name)},
                        {"VisibilityTimeout", std::move(seen_again)},
                        {"MessageRetentionPeriod", std::move(kept)},
                        {"DelaySeconds", 0},
                        {"MaximumMessageSize", static_cast<std::int64_t>(limit("sqs.message_size"))},
                        {"ReceiveMessageWaitTimeSeconds", 0},
                        {"SqsManagedSseEnabled", true},
                        {"Tags", lowering.tags(function)}});
}

void read_queue(Lowering& lowering, const Node& reader, const std::string& mapping, const std::string& queue) {
  const cloud::Value arn = cloud::GetAtt{queue, "Arn"};
  lowering.allow(lowering.function_role(reader),
                 {{"sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"}, {arn}, {}});
  lowering.add(
      reader, mapping, "AWS::Lambda::EventSourceMapping",
      cloud::object({{"EventSourceArn", arn},
                     {"FunctionName", has_versions(lowering, reader) ? cloud::Value(cloud::Ref{lowering.id(reader, "Alias")})
                                                                     : cloud::Value(cloud::Ref{lowering.id(reader)})},
                     {"BatchSize", 1},
                     {"Enabled", true}}));
}

/// Where dead letters go: the queue that `failure` names, or one of its own, read by the function that `failure` names.
cloud::Value dead_letters(Lowering& lowering, const Intake& intake) {
  const Node& function = *intake.function;
  const std::vector<const Edge*> failure = lowering.architecture.edges_from(function.id, "failure");
  if (!failure.empty() && lowering.to(*failure.front()).kind == "queue")
    return arn_of(lowering, lowering.to(*failure.front()));
  const std::string id = lowering.id(function, "DeadLetters" + intake.suffix);
  const Node* reader = failure.empty() ? nullptr : &lowering.to(*failure.front());
  lowering.add(
      function, id, "AWS::SQS::Queue",
      queue(lowering, function, lowering.name("AWS::SQS::Queue", "QueueName", function, "dead_letters" + intake.part),
            reader != nullptr ? visibility(lowering, *reader) : visibility(lowering, function),
            static_cast<std::int64_t>(limit("sqs.retention"))));
  if (reader != nullptr)
    read_queue(lowering, *reader, lowering.id(*reader, "DeadLettersOf" + lowering.id(function) + intake.suffix), id);
  return cloud::GetAtt{id, "Arn"};
}

}  // namespace

void realise_queue(Lowering& lowering, Intake& intake) {
  const Node& function = *intake.function;
  const std::string id = intake_queue(lowering, intake);
  cloud::Object properties = queue(lowering, function, spelt_intake_queue(lowering, intake), visibility(lowering, function),
                                   lowering.quantity(intake.max_age, Unit::seconds, lowering.where(function, "max_age")));
  const double* retries = intake.retries.get<double>();
  const auto deliveries = static_cast<std::int64_t>(retries == nullptr ? limit("lambda.async.retries") + 1 : *retries + 1);
  properties.set("RedrivePolicy",
                 cloud::object({{"deadLetterTargetArn", dead_letters(lowering, intake)}, {"maxReceiveCount", deliveries}}));
  lowering.add(function, id, "AWS::SQS::Queue", std::move(properties));
  lowering.known_by_name(id, "", spelt_intake_queue_url(lowering, intake));
  lowering.known_by_name(id, "Arn", spelt_intake_arn(lowering, intake));
  read_queue(lowering, function, lowering.id(function, "QueueEvents" + intake.suffix), id);
}

}  // namespace virga::aws
