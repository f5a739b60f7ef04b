// Paths of properties within a resource: `VpcConfig.SubnetIds`, and `Rules[Name=prefix].Value` for an item of a list that is
// known by one of its members, `Keys[0].Name` for one that is known by its place. What is put at a path is found there
// again.
#pragma once

#include "compiler/cloud/stack.h"

namespace virga::adopt {

/// Null when nothing stands there.
[[nodiscard]] const cloud::Value* find(const cloud::Object& object, std::string_view path);
/// Puts a value there; maps and items on the way are made.
void put(cloud::Object& object, std::string_view path, cloud::Value value);
/// Takes what stands there out, and the maps and items that are empty without it.
void take(cloud::Object& object, std::string_view path);

}  // namespace virga::adopt
