// What of a file says something to a stack, and what of the rest is worth a word.
#include "backends/aws/serverless_framework/service.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>
#include <span>

namespace virga::aws::serverless_framework {
namespace {

namespace codes = diag::codes;
using Words = std::span<const std::string_view>;

constexpr std::string_view kSections[] = {"app",
                                          "configValidationMode",
                                          "configurationValidationMode",
                                          "console",
                                          "custom",
                                          "deprecationNotificationMode",
                                          "disabledDeprecations",
                                          "enableLocalInstallationFallback",
                                          "frameworkVersion",
                                          "functions",
                                          "layers",
                                          "org",
                                          "package",
                                          "params",
                                          "provider",
                                          "resources",
                                          "service",
                                          "tenant",
                                          "unresolvedVariablesNotificationMode",
                                          "useDotenv",
                                          "variablesResolutionMode"};

/// Those that concern whoever deploys are here as well.
constexpr std::string_view kOfProvider[] = {"apiGateway",
                                            "apiName",
                                            "architecture",
                                            "cfnRole",
                                            "deploymentBucket",
                                            "deploymentMethod",
                                            "deploymentPrefix",
                                            "disableRollback",
                                            "ecr",
                                            "endpointType",
                                            "environment",
                                            "eventBridge",
                                            "httpApi",
                                            "iam",
                                            "iamManagedPolicies",
                                            "iamRoleStatements",
                                            "kinesis",
                                            "kmsKeyArn",
                                            "lambdaHashingVersion",
                                            "layers",
                                            "logDataProtectionPolicy",
                                            "logRetentionInDays",
                                            "logs",
                                            "memorySize",
                                            "name",
                                            "notificationArns",
                                            "role",
                                            "rolePermissionsBoundary",
                                            "rollbackConfiguration",
                                            "runtime",
                                            "runtimeManagement",
                                            "s3",
                                            "stackParameters",
                                            "stackName",
                                            "stackPolicy",
                                            "stackTags",
                                            "tags",
                                            "timeout",
                                            "tracing",
                                            "versionFunctions",
                                            "vpc",
                                            "vpcEndpointIds",
                                            "websocket",
                                            "websocketsApiName",
                                            "websocketsApiRouteSelectionExpression",
                                            "websocketsDescription",
                                            "alb"};

constexpr std::string_view kOfFunction[] = {"architecture",
                                            "condition",
                                            "dependsOn",
                                            "description",
                                            "destinations",
                                            "disableLogs",
                                            "environment",
                                            "ephemeralStorageSize",
                                            "events",
                                            "fileSystemConfig",
                                            "handler",
                                            "httpApi",
                                            "image",
                                            "kmsKeyArn",
                                            "layers",
                                            "logDataProtectionPolicy",
                                            "logRetentionInDays",
                                            "maximumEventAge",
                                            "maximumRetryAttempts",
                                            "memorySize",
                                            "name",
                                            "onError",
                                            "package",
                                            "provisionedConcurrency",
                                            "reservedConcurrency",
                                            "role",
                                            "runtime",
                                            "runtimeManagement",
                                            "snapStart",
                                            "tags",
                                            "timeout",
                                            "tracing",
                                            "url",
                                            "versionFunction",
                                            "vpc"};

bool is_in(Words words, std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); }

void report_events(const Function& function, diag::Sink& sink) {
  const Document* events = function.said.find("events");
  if (events == nullptr || events->is_null()) return;
  if (events->as_list() == nullptr) {
    sink.report(events->span, codes::TemplateShape, function.key + ".events", "a list");
    return;
  }
  for (const Document& event : *events->as_list()) {
    if (event.is_scalar() && !event.is_null())
      sink.report(event.span, codes::TemplateKeyIgnored, event.text(), function.key + ".events");
    for (const Document::Entry& entry : entries(&event)) {
      if (!report_event(entry, function.key + ".events", sink))
        sink.report(entry.key_span, codes::TemplateKeyIgnored, entry.key, function.key + ".events");
    }
  }
}

}  // namespace

void report_unknown(const Document& root, const Service& service, diag::Sink& sink) {
  for (const Document::Entry& entry : entries(&root)) {
    if (entry.key == "plugins") {
      const Document* named = entry.value.find("modules");
      for (const Document& plugin : items(named != nullptr ? named : &entry.value))
        sink.report(plugin.span, codes::TemplateKeyIgnored, plugin.text(), "plugins")
            .note("what a plugin adds or changes is not read");
    } else if (!is_in(kSections, entry.key)) {
      sink.report(entry.key_span, codes::TemplateSectionIgnored, entry.key);
    }
  }
  for (const Document::Entry& entry : entries(&service.provider)) {
    if (!is_in(kOfProvider, entry.key)) sink.report(entry.key_span, codes::TemplateKeyIgnored, entry.key, "provider");
  }
  report_provider_sections(service.provider, sink);
  for (const Function& function : service.functions) {
    for (const Document::Entry& entry : entries(&function.said)) {
      if (!is_in(kOfFunction, entry.key)) sink.report(entry.key_span, codes::TemplateKeyIgnored, entry.key, function.key);
    }
    report_events(function, sink);
  }
}

}  // namespace virga::aws::serverless_framework
