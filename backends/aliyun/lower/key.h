// What is encrypted with a key of the architecture: a property of the resource, and statements in the roles of those who use
// it.
#pragma once

#include "backends/aliyun/lower/lowering.h"

namespace virga::aliyun {

/// The key that a node is encrypted with; null when it names none, or one that does not stand here, which is reported.
[[nodiscard]] const Node* key_of(Lowering& l, const Node& node);
/// How the cloud names a key.
[[nodiscard]] cloud::Value key_id(Lowering& l, const Node& key);
/// What an output of a key gives: `seal.arn`.
[[nodiscard]] cloud::Value key_output(Lowering& l, const Node& key, std::string_view output);
/// Who may do something with what `edge` points to may do `actions` with its key, when it is encrypted with one.
void grant_key(Lowering& l, const Edge& edge, std::vector<std::string> actions);
/// Says that nothing of this cloud encrypts the node with a key of the architecture. Whether it asks for that.
bool refuses_key(Lowering& l, const Node& node, std::string_view why);
/// How a logstore of `node` is encrypted, with the role in which the service asks for the key; nothing when it names no key.
[[nodiscard]] std::optional<cloud::Object> logstore_encryption(Lowering& l, const Node& node);

}  // namespace virga::aliyun
