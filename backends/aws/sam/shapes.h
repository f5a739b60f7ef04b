// What the SAM translator makes of one part of an AWS::Serverless::Function. Folding and unfolding both ask here, so
// that the two are inverse by construction.
#pragma once

#include "compiler/cloud/stack.h"

namespace virga::aws::sam {

inline constexpr std::string_view kPlainFunction = "AWS::Lambda::Function";
inline constexpr std::string_view kServerlessFunction = "AWS::Serverless::Function";
inline constexpr std::string_view kPlainLayer = "AWS::Lambda::LayerVersion";
inline constexpr std::string_view kServerlessLayer = "AWS::Serverless::LayerVersion";

/// `{Mode: Active}` ↔ `Active`
[[nodiscard]] cloud::Value tracing(const cloud::Value& config);
[[nodiscard]] cloud::Value tracing_config(const cloud::Value& mode);
/// `[{Key, Value}]` ↔ `{Key: Value}`
[[nodiscard]] cloud::Value tag_map(const cloud::Value& list);
[[nodiscard]] cloud::Value tag_list(const cloud::Value& map);

/// The address and its permissions.
[[nodiscard]] std::vector<cloud::Resource> url_of(const std::string& function, const cloud::Object& config);
[[nodiscard]] cloud::Resource invoke_config_of(const std::string& function, const cloud::Object& config);
/// `SQS`, `SNS`, `Lambda`, `S3Bucket`; empty when a destination is no reference to one of these.
[[nodiscard]] std::string destination_type(const cloud::Stack& stack, const cloud::Value& destination);

/// The resource as an event of the function; nothing when SAM has no such event.
[[nodiscard]] std::optional<cloud::Object> event_of(const cloud::Resource& resource, const std::string& function);
/// What an event becomes; nothing when it is of a type that folding does not make.
[[nodiscard]] std::vector<cloud::Resource> resources_of_event(const std::string& function, const std::string& name,
                                                              const cloud::Object& event);

}  // namespace virga::aws::sam
