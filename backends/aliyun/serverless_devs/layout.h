// What both directions agree on about the files and the names in them.
#pragma once

#include "backends/aliyun/serverless_devs/table.h"
#include "compiler/cloud/stack.h"

#include <functional>
#include <optional>
#include <string>

namespace virga::aliyun::serverless_devs {

/// `before` → `before.yaml`
[[nodiscard]] std::string template_file(std::string_view name);

/// `infra/before.yaml` → `before.yaml`
[[nodiscard]] std::string file_name(std::string_view path);

/// The id that a part has when nothing else is noted; empty when the rule has no answer.
[[nodiscard]] std::string usual_id(const Type& type, const cloud::Resource& owner, const cloud::Resource& part);
/// Where a part stands: `sync_function.asyncInvokeConfig`, `sync_function.triggers[0]`.
[[nodiscard]] std::string path_of(const Type& type, const cloud::Resource& owner, std::size_t index);

/// An output of a template that is there for the others alone.
[[nodiscard]] bool is_wire(const std::string& name, const cloud::Value& value);

/// The value with everything replaced for which `with` has something else; texts stay joined.
[[nodiscard]] cloud::Value rewrite(const cloud::Value& value,
                                   const std::function<std::optional<cloud::Value>(const cloud::Value&)>& with);

}  // namespace virga::aliyun::serverless_devs
