// What is encrypted with a key of the architecture: a property of the resource, statements in the roles of those who use it,
// and in the key's own policy for services that act in nobody's role.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// The key that a node is encrypted with; null when it names none.
[[nodiscard]] const Node* key_of(const Lowering& lowering, const Node& node);
/// The ARN of the key that `node` is encrypted with; nothing when it names none, or when the key stands in another region,
/// which is reported.
[[nodiscard]] std::optional<cloud::Value> encrypting_key(Lowering& lowering, const Node& node);
/// Sets `property` to that ARN; whether there is one.
bool encrypt(Lowering& lowering, const Node& node, cloud::Object& properties, std::string_view property);
/// A service may use the key of `encrypted` on its own behalf; nothing when it names none. `service` is a principal.
void let_service_use_key(Lowering& lowering, const Node& encrypted, cloud::Value service, std::vector<std::string> actions,
                         cloud::Object condition = {});
/// A role that may do `actions` on what `edge` connects may use the key that it is encrypted with.
void grant_key(Lowering& lowering, RoleDraft& role, const Edge& edge, const std::vector<std::string>& actions);
/// Says that a node cannot be encrypted with a key of the architecture.
void report_key(Lowering& lowering, const Node& node, std::string_view why, std::string_view help);
/// What an output of a key gives: `seal.arn`.
[[nodiscard]] cloud::Value key_output(Lowering& lowering, const Node& key, std::string_view output);
/// The policies of the keys, once everybody who uses them is known.
void finish_keys(Lowering& lowering);

}  // namespace virga::aws
