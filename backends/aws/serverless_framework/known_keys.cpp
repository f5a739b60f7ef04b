// The settings of events and of the provider's sections: what is none of them is said, once for each place.
#include "backends/aws/serverless_framework/service.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

/// Where settings stand, and all of them, between blanks.
struct Known {
  std::string_view where, keys;
};

constexpr Known kEvents[] = {
    {"alb", " authorizer conditions healthCheck listenerArn multiValueHeaders priority targetGroupName "},
    {"alexaSkill", " appId enabled "},
    {"alexaSmartHome", " appId enabled "},
    {"cloudwatchEvent", " description enabled event input inputPath inputTransformer name "},
    {"cloudwatchLog", " filter logGroup "},
    {"cognitoUserPool", " existing forceDeploy kmsKeyId lambdaVersion pool trigger "},
    {"eventBridge",
     " deadLetterQueueArn description enabled eventBus input inputPath inputTransformer name pattern retryPolicy schedule "},
    {"http",
     " async authorizer connectionId connectionType cors integration method operationId path private request response "},
    {"httpApi", " authorizer method path "},
    {"iot", " description enabled name sql sqlVersion "},
    {"s3", " bucket event existing forceDeploy rules "},
    {"schedule", " description enabled input inputPath inputTransformer method name rate timezone "},
    {"sns", " arn displayName filterPolicy filterPolicyScope redrivePolicy topicName "},
    {"sqs",
     " arn batchSize enabled filterPatterns functionResponseType maximumBatchingWindow maximumConcurrency Fn::GetAtt "
     "Fn::ImportValue Fn::Join Fn::Sub Ref "},
    {"stream",
     " arn batchSize batchWindow bisectBatchOnFunctionError consumer destinations enabled filterPatterns "
     "functionResponseType "
     "maximumRecordAgeInSeconds maximumRetryAttempts parallelizationFactor startingPosition startingPositionTimestamp "
     "tumblingWindowInSeconds type Fn::GetAtt Fn::ImportValue Fn::Join Fn::Sub Ref "},
    {"websocket", " authorizer route routeResponseSelectionExpression "},
};

constexpr Known kProvider[] = {
    {"apiGateway",
     " apiKeySourceType apiKeys binaryMediaTypes description disableDefaultEndpoint metrics minimumCompressionSize request "
     "resourcePolicy restApiId restApiResources restApiRootResourceId shouldStartNameWithService stage usagePlan "
     "websocketApiId "},
    {"deploymentBucket",
     " blockPublicAccess maxPreviousDeploymentArtifacts name serverSideEncryption skipPolicySetup sseCustomerAlgorithim "
     "sseCustomerAlgorithm sseCustomerKey sseCustomerKeyMD5 sseKMSKeyId tags versioning Fn::Join Fn::ImportValue Fn::Sub "
     "Ref "},
    {"eventBridge", " useCloudFormation "},
    {"httpApi",
     " authorizers cors disableDefaultEndpoint id metrics name payload shouldStartNameWithService useProviderTags "},
    {"iam", " deploymentRole role "},
    {"logs", " frameworkLambda httpApi restApi websocket "},
    {"tracing", " apiGateway lambda "},
    {"vpc", " securityGroupIds subnetIds "},
};

void report(const Document& said, std::string_view known, const std::string& of, diag::Sink& sink) {
  for (const Document::Entry& entry : entries(&said)) {
    if (known.find(" " + entry.key + " ") == std::string_view::npos)
      sink.report(entry.key_span, diag::codes::TemplateKeyIgnored, entry.key, of);
  }
}

}  // namespace

bool report_event(const Document::Entry& event, const std::string& of, diag::Sink& sink) {
  for (const Known& known : kEvents) {
    if (known.where != event.key) continue;
    report(event.value, known.keys, of + "." + event.key, sink);
    return true;
  }
  return false;
}

void report_provider_sections(const Document& provider, diag::Sink& sink) {
  for (const Known& known : kProvider) {
    if (const Document* section = provider.find(known.where))
      report(*section, known.keys, "provider." + std::string(known.where), sink);
  }
}

}  // namespace virga::aws::serverless_framework
