// webhook ~> sync, sync { retries = 2  failure ~> told }
//   → AWS::Lambda::EventInvokeConfig   SyncEventInvokeConfig
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/destination.h"
#include "backends/aws/lower/intake.h"

namespace virga::aws {
namespace {

/// One outcome as Lambda's own destination; nothing when nobody wants to hear of it.
cloud::Value destination(Lowering& lowering, const Node& function, const std::vector<const Edge*>& edges) {
  if (edges.empty()) return {};
  if (edges.size() > 1) {
    lowering.sink.report(edges[1]->span, codes::DestinationCount, function.name, std::to_string(edges.size()))
        .help("send the outcome to a `topic`, and let all who want it hang on that");
  }
  const Edge& edge = *edges.front();
  const Destination to = destination_of(lowering, edge);
  lowering.grant(lowering.function_role(function), edge, to.actions, to.resource);
  if (to.kind == Destination::Kind::bucket)
    lowering.grant(lowering.function_role(function), edge, {"s3:ListBucket"}, to.arn);
  return cloud::object({{"Destination", to.arn}});
}

}  // namespace

void realise_own_settings(Lowering& lowering, Intake& intake) {
  const Node& function = *intake.function;
  cloud::Object properties;
  properties.set("FunctionName", cloud::Ref{lowering.id(function)});
  properties.set("Qualifier", has_versions(lowering, function) ? kAlias : "$LATEST");
  properties.set("MaximumRetryAttempts", lowering.value(intake.retries));
  properties.set("MaximumEventAgeInSeconds",
                 lowering.quantity(intake.max_age, Unit::seconds, lowering.where(function, "max_age")));
  cloud::Object destinations;
  const cloud::Value success = destination(lowering, function, lowering.architecture.edges_from(function.id, "success"));
  const cloud::Value failure = destination(lowering, function, lowering.architecture.edges_from(function.id, "failure"));
  if (success.get<cloud::Object>() != nullptr) destinations.set("OnSuccess", success);
  if (failure.get<cloud::Object>() != nullptr) destinations.set("OnFailure", failure);
  if (!destinations.members.empty()) properties.set("DestinationConfig", std::move(destinations));
  cloud::Resource& made = lowering.add(function, lowering.id(function, "EventInvokeConfig"),
                                       "AWS::Lambda::EventInvokeConfig", std::move(properties));
  if (has_versions(lowering, function)) made.depends_on.push_back(lowering.id(function, "Alias"));
}

}  // namespace virga::aws
