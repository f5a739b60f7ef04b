// What things are called: names, ARNs and regions, as values of a template.
#pragma once

#include "backends/aliyun/lower/lowering.h"

namespace virga::aliyun {

/// The region of this stack: its name, or what the engine knows when one template fits every region.
[[nodiscard]] cloud::Value region(const Lowering& l);
/// The region in which the node stands.
[[nodiscard]] cloud::Value region_of(const Lowering& l, const Node& node);
/// The account, as ARNs want it.
[[nodiscard]] cloud::Value account();

/// A name after the rule of `type`.`property`, for `node` or for the app as a whole when `node` is empty. Names that are
/// global or that all regions of an account share end in what tells them apart.
[[nodiscard]] cloud::Value name_for(const Lowering& l, std::string_view type, std::string_view property,
                                    std::string_view node, const cloud::Value& in_region);
/// The same where the name must be plain text.
[[nodiscard]] std::string plain_name(const Lowering& l, std::string_view type, std::string_view property,
                                     std::string_view node);

/// The name of a node's main resource as text, good in every stack.
[[nodiscard]] cloud::Value name_text(const Lowering& l, const Node& node);
/// The same as a reference when the node stands in this stack, so that the engine makes it first; functions are always
/// named as text, because functions may name each other in a circle.
[[nodiscard]] cloud::Value name_of(Lowering& l, const Node& node);

/// ARNs, as roles and the targets of events want them.
[[nodiscard]] cloud::Value function_arn(const Lowering& l, const Node& node);
/// Of a copy of the function, by the copy's name.
[[nodiscard]] cloud::Value function_arn(const Lowering& l, const Node& node, const std::string& copy);
[[nodiscard]] cloud::Value queue_arn(Lowering& l, const Node& node);
[[nodiscard]] cloud::Value bus_arn(Lowering& l, const Node& node);
[[nodiscard]] cloud::Value topic_arn(Lowering& l, const Node& node);
/// Where messages for the queue or topic go: destinations and dead letters want the path.
[[nodiscard]] cloud::Value messages_arn(Lowering& l, const Node& node);
[[nodiscard]] cloud::Value bucket_arn(Lowering& l, const Node& node);
/// The same as a role's policy wants it: OSS takes no region there.
[[nodiscard]] cloud::Value bucket_in_policy(Lowering& l, const Node& node);
[[nodiscard]] cloud::Value table_arn(Lowering& l, const Node& node);
/// Of an index of the table, which has the form of a table's.
[[nodiscard]] cloud::Value table_arn(Lowering& l, const Node& node, const std::string& index);
/// The instance in which the table lies.
[[nodiscard]] cloud::Value instance_arn(Lowering& l, const Node& table);
[[nodiscard]] cloud::Value logstore_arn(Lowering& l, const Node& node);
/// Of a logstore in this stack's project, by its name.
[[nodiscard]] cloud::Value logstore_named(Lowering& l, const cloud::Value& name);

/// The Tablestore instance and the log project that the app's tables and logs share.
[[nodiscard]] cloud::Value table_instance(Lowering& l, const Node& table);
[[nodiscard]] cloud::Value log_project(Lowering& l);

/// The value of a node's output: `pages.name`, `sync.url`.
[[nodiscard]] cloud::Value output_of(Lowering& l, const Node& node, std::string_view output, Span span);

/// `virga:app`, `virga:stage`, `virga:node`, the app's own tags and the node's.
[[nodiscard]] cloud::Value tag_list(Lowering& l, const Node* node);
[[nodiscard]] cloud::Object tag_map(Lowering& l, const Node* node);

}  // namespace virga::aliyun
