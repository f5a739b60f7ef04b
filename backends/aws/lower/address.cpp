#include "backends/aws/lower/address.h"

#include "backends/aws/lower/build.h"
#include "backends/aws/lower/cache.h"
#include "backends/aws/lower/delivery.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/network.h"
#include "backends/aws/lower/service.h"
#include "backends/aws/lower/site.h"
#include "backends/aws/lower/users.h"
#include "backends/aws/lower/websocket.h"

namespace virga::aws {
namespace {

/// Where a kind's name stands, and how its ARN goes on after the account.
struct Place {
  std::string_view kind, type, property, service, prefix;
};

constexpr Place kPlaces[] = {
    {"function", "AWS::Lambda::Function", "FunctionName", "lambda", "function:"},
    {"layer", "AWS::Lambda::LayerVersion", "LayerName", "lambda", "layer:"},
    {"queue", "AWS::SQS::Queue", "QueueName", "sqs", ""},
    {"topic", "AWS::SNS::Topic", "TopicName", "sns", ""},
    {"bus", "AWS::Events::EventBus", "Name", "events", "event-bus/"},
    {"stream", "AWS::Kinesis::Stream", "Name", "kinesis", "stream/"},
    {"delivery", "AWS::KinesisFirehose::DeliveryStream", "DeliveryStreamName", "firehose", "deliverystream/"},
    {"schedule", "AWS::Scheduler::Schedule", "Name", "scheduler", "schedule/default/"},
    {"bucket", "AWS::S3::Bucket", "BucketName", "s3", ""},
    {"table", "AWS::DynamoDB::Table", "TableName", "dynamodb", "table/"},
    {"secret", "AWS::SecretsManager::Secret", "Name", "secretsmanager", "secret:"},
    {"config", "AWS::SSM::Parameter", "Name", "ssm", "parameter/"},
    {"log", "AWS::Logs::LogGroup", "LogGroupName", "logs", "log-group:"},
    {"workflow", "AWS::StepFunctions::StateMachine", "StateMachineName", "states", "stateMachine:"},
    {"alarm", "AWS::CloudWatch::Alarm", "AlarmName", "cloudwatch", "alarm:"},
};

bool is_default_bus(const Lowering& lowering, const Node& node) {
  return node.kind == "bus" && lowering.of(node).flag("default");
}

constexpr Place kBuild = {"function", "AWS::CodeBuild::Project", "Name", "codebuild", "project/"};

const Place* place_of(const Lowering& lowering, const Node& node) {
  if (runs_as_build(lowering.architecture, node)) return &kBuild;
  for (const Place& place : kPlaces) {
    if (place.kind == node.kind) return &place;
  }
  return nullptr;
}

/// `-<account>-<region>`: bucket names are unique over all accounts.
constexpr std::size_t kGlobalTail = 1 + 12 + 1 + 14;

}  // namespace

bool has_versions(const Lowering& lowering, const Node& function) {
  const Attributes& asked = lowering.of(function);
  return asked.flag("versions") || asked.has("canary") || asked.number("min_instances").value_or(0) > 0;
}

cloud::Value spelt_name(const Lowering& lowering, const Node& node) {
  const Place* place = place_of(lowering, node);
  if (place == nullptr) return {};
  if (is_default_bus(lowering, node)) return kDefaultBus;
  const catalog::NameRule* rule = catalog().name_rule(place->type, place->property);
  if (rule->global) {
    return cloud::concat({lowering.name(place->type, place->property, node, {}, kGlobalTail), "-", cloud::Pseudo::account,
                          "-", lowering.region_of(node)});
  }
  const std::string type = std::string(place->type) + (lowering.of(node).flag("fifo") ? ".Fifo" : "");
  return lowering.name(type, place->property, node);
}

cloud::Value spelt_arn(const Lowering& lowering, const Node& node) {
  const Place* place = place_of(lowering, node);
  if (place == nullptr) return {};
  if (place->service == "s3") return Lowering::arn("s3", "", "", spelt_name(lowering, node));
  cloud::Values rest{place->prefix, spelt_name(lowering, node)};
  if (node.kind == "secret") rest.emplace_back("-??????");  // Secrets Manager adds six characters of its own
  if (node.kind == "log") rest.emplace_back(":*");
  return Lowering::arn(place->service, lowering.region_of(node), cloud::Pseudo::account, cloud::concat(std::move(rest)));
}

cloud::Value spelt_queue_url(const Lowering& lowering, const Node& queue) {
  return cloud::concat({"https://sqs.", lowering.region_of(queue), ".", cloud::Pseudo::url_suffix, "/",
                        cloud::Pseudo::account, "/", spelt_name(lowering, queue)});
}

cloud::Value name_of(Lowering& lowering, const Node& node) {
  const bool here = lowering.stands(node);
  if (node.kind == "function") {
    cloud::Value name = here ? cloud::Value(cloud::Ref{lowering.id(node)}) : spelt_name(lowering, node);
    return has_versions(lowering, node) ? cloud::concat({std::move(name), ":" + std::string(kAlias)}) : name;
  }
  if (node.kind == "queue")
    return here ? cloud::Value(cloud::GetAtt{lowering.id(node), "QueueName"}) : spelt_name(lowering, node);
  if (node.kind == "topic")
    return here ? cloud::Value(cloud::GetAtt{lowering.id(node), "TopicName"}) : spelt_name(lowering, node);
  if (node.kind == "workflow")
    return here ? cloud::Value(cloud::GetAtt{lowering.id(node), "Name"}) : spelt_name(lowering, node);
  // The Ref of a secret is its ARN, and a schedule node is several schedules when it has several targets.
  if (node.kind == "secret" || node.kind == "schedule" || node.kind == "layer" || is_default_bus(lowering, node))
    return spelt_name(lowering, node);
  return here ? cloud::Value(cloud::Ref{lowering.id(node)}) : spelt_name(lowering, node);
}

cloud::Value arn_of(Lowering& lowering, const Node& node) {
  if (!lowering.stands(node)) {
    cloud::Value spelt = spelt_arn(lowering, node);
    const bool alias = node.kind == "function" && has_versions(lowering, node);
    return alias ? cloud::concat({std::move(spelt), ":" + std::string(kAlias)}) : spelt;
  }
  if (node.kind == "function" && has_versions(lowering, node)) return cloud::Ref{lowering.id(node, "Alias")};
  // The Ref of a layer is the ARN of the version.
  if (node.kind == "topic" || node.kind == "secret" || node.kind == "workflow" || node.kind == "layer")
    return cloud::Ref{lowering.id(node)};
  if (node.kind == "config" || is_default_bus(lowering, node)) return spelt_arn(lowering, node);
  return cloud::GetAtt{lowering.id(node), "Arn"};
}

cloud::Value queue_url(Lowering& lowering, const Node& queue) {
  return lowering.stands(queue) ? cloud::Value(cloud::Ref{lowering.id(queue)}) : spelt_queue_url(lowering, queue);
}

cloud::Value Lowering::output(const Node& node, std::string_view output, Span place) {
  if (node.raw()) {
    if (node.cloud != catalog().cloud) {
      sink.report(place, codes::OutputMissing, node.name, std::string(output))
          .help("it is made on " + node.cloud + " alone");
      return {};
    }
    if (output == "Ref" || output == "id" || output == "name") return cloud::Ref{id(node)};
    return cloud::GetAtt{id(node), std::string(output)};
  }
  if (node.kind == "network" && stands(node)) return vpc_id(*this, node);
  if (node.kind == "cache" && stands(node)) return output == "url" ? cache_url(*this, node) : cache_address(*this, node);
  if (node.kind == "service" && stands(node)) return service_url(*this, node);
  if (node.kind == "users" && stands(node)) {
    if (output == "issuer") return users_issuer(*this, node);
    return output == "client" ? users_client(*this, node) : cloud::Value(cloud::Ref{id(node)});
  }
  if (node.kind == "key" && stands(node)) return key_output(*this, node, output);
  if (node.kind == "database" && stands(node)) return cloud::GetAtt{id(node), "Endpoint.Address"};
  if (node.kind == "delivery" && !takes_puts(*this, node)) {
    sink.report(place, codes::OutputMissing, node.name, std::string(output))
        .help("nothing puts records into it: each of its sources has a delivery stream of its own");
    return {};
  }
  if (output == "name") return name_of(*this, node);
  if (output == "arn") return arn_of(*this, node);
  if (node.kind == "external") {
    const virga::Value* url = of(node).find("url");
    return url == nullptr ? cloud::Value() : value(*url);
  }
  if (node.kind == "queue") return queue_url(*this, node);
  if (node.kind == "bucket" && output == "url") {
    return cloud::concat({"https://", spelt_name(*this, node), ".s3.", region_of(node), ".", cloud::Pseudo::url_suffix});
  }
  if (node.kind == "function" && output == "url" && of(node).has("http") && stands(node)) {
    return cloud::GetAtt{id(node, "Url"), "FunctionUrl"};
  }
  if (node.kind == "site" && output == "url" && stands(node)) return site_url(*this, node);
  if (node.kind == "websocket" && stands(node))
    return output == "id" ? cloud::Value(cloud::Ref{id(node)}) : websocket_url(*this, node);
  if (node.kind == "gateway" && stands(node)) {
    if (output == "id") return cloud::Ref{id(node)};
    if (output == "url") return gateway_url(node);
  }
  sink.report(place, codes::OutputMissing, node.name, std::string(output))
      .help(node.kind == "function"
                ? "say `http = { auth = none }` at `" + node.name + "`, or put a `gateway` in front of it"
                : "it stands in another region: read it from that region's outputs");
  return {};
}

}  // namespace virga::aws
