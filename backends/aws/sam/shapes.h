// What the SAM translator makes of one part of an AWS::Serverless::Function, of a table and of a layer. Folding and
// unfolding both ask here, so that the two are inverse by construction.
//
// Folded is what comes out of the translator as the same stack. An AWS::Serverless::StateMachine, HttpApi or Api is not:
// each gets a tag of SAM's own (`stateMachine:createdBy`, `httpapi:createdBy`), and the routes of an API become one document
// instead of resources. An S3 event leaves the bucket out of the function's permission. These stay as they are.
#pragma once

#include "compiler/cloud/stack.h"

namespace virga::aws::sam {

inline constexpr std::string_view kPlainFunction = "AWS::Lambda::Function";
inline constexpr std::string_view kServerlessFunction = "AWS::Serverless::Function";
inline constexpr std::string_view kPlainLayer = "AWS::Lambda::LayerVersion";
inline constexpr std::string_view kServerlessLayer = "AWS::Serverless::LayerVersion";

inline constexpr std::string_view kPlainTable = "AWS::DynamoDB::Table";
inline constexpr std::string_view kServerlessTable = "AWS::Serverless::SimpleTable";

/// Whether SAM's own schema has all of these properties: `raw` may say of a resource what SAM cannot say of its own.
[[nodiscard]] bool knows(std::string_view type, const cloud::Object& properties);

/// A table with a partition key and nothing besides, paid by request; nothing when it says more. And back.
[[nodiscard]] std::optional<cloud::Object> simple_table(const cloud::Object& plain);
[[nodiscard]] std::optional<cloud::Object> plain_table(const cloud::Object& simple);

/// The address of the image, when the code is one.
[[nodiscard]] const cloud::Value* image_uri(const cloud::Value& code);
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
