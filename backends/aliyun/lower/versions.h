// Versions of a function, and the alias through which callers reach them where the format can make one.
#pragma once

#include "backends/aliyun/lower/lowering.h"

namespace virga::aliyun {

/// Whether callers reach the function through the alias of its versions.
[[nodiscard]] bool has_alias(const Lowering& l, const Node& function);
/// What triggers and other resources name beside the function: the alias that is made, or the newest code.
[[nodiscard]] cloud::Value qualifier_of(Lowering& l, const Node& function);
/// The same as plain text, where a reference could close a circle; empty for the newest code.
[[nodiscard]] std::string_view alias_name(const Lowering& l, const Node& function);
/// The version of the function as it is, whose properties these are, and the alias.
void add_versions(Lowering& l, const Node& function, const cloud::Object& properties);

}  // namespace virga::aliyun
