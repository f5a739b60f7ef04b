// Words of an s.yaml that both directions of given.h know. Used by given*.cpp only.
#pragma once

#include <string_view>

namespace virga::aliyun::serverless_devs {

inline constexpr std::string_view kVars = "vars", kOpen = "${vars.";
/// How a parameter stands when it is filled in: as the value of a variable, or in the middle of the texts that use it.
inline constexpr std::string_view kValue = "value", kInline = "inline";
/// Of the third edition, and of those before it.
inline constexpr std::string_view kResources = "resources", kServices = "services";
inline constexpr std::string_view kComponent = "component", kProps = "props", kExtend = "extend";
/// The component of functions, in its two generations: their settings stand in `props`, or in `props.function`.
inline constexpr std::string_view kFunction = "fc3", kOldFunction = "fc";
/// A domain with routes to functions, and a stack that is made of a template.
inline constexpr std::string_view kDomain = "fc3-domain", kStack = "ros";

}  // namespace virga::aliyun::serverless_devs
