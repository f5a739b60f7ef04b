// Values of a stack → values of an s.yaml: texts with `${…}` in them. read_values.cpp is the other way.
#pragma once

#include "backends/aliyun/serverless_devs/parts.h"

#include <optional>
#include <string>

namespace virga::aliyun::serverless_devs {

/// Names that both directions agree on.
inline constexpr std::string_view kMain = "s.yaml";
inline constexpr std::string_view kBefore = "before", kAfter = "after";  ///< resources of the s.yaml, and their templates
inline constexpr std::string_view kRos = "ros", kRegion = "region", kOwn = "virga";
inline constexpr std::string_view kNames = "names", kWaits = "waits";
/// What the outputs of a template for the others begin with when they are no attribute of a resource.
inline constexpr std::string_view kComputed = "Value_";

/// `SyncRole_Arn`: what a template gives to the others, as an output there and a parameter here. No name that Virga makes
/// for an output or a parameter of a program has a `_`. Nothing when the value is no reference, or has no such name.
[[nodiscard]] std::optional<std::string> wire_name(const cloud::Value& reference);

/// The environment variable that fills a parameter, or the region.
[[nodiscard]] std::string environment_variable(std::string_view name);
/// `${env('VIRGA_TOKEN', 'default')}`; nothing when the default has characters that end such an expression.
[[nodiscard]] std::optional<std::string> environment_expression(std::string_view name, const cloud::Value* fallback);
/// The same of a variable as the environment calls it.
[[nodiscard]] std::optional<std::string> environment_call(std::string_view variable,
                                                          const std::optional<std::string>& fallback);

/// A text that nobody takes for an expression: `${` and `<%` begin one.
[[nodiscard]] bool is_plain(std::string_view text);

/// What cannot be said, and why when that is known.
struct Problem {
  std::string what, why;
};

/// What other parts of a deployment get from resources.
class Expressions {
 public:
  explicit Expressions(const Division& division) : division_(division) {}

  /// `from` is the unit that asks. Texts are wanted where the component takes nothing else.
  [[nodiscard]] cloud::Document say(const cloud::Value& value, const Unit& from, bool as_text);
  /// `${resources.sync_function.output.functionName}`; nothing when it has no name there.
  [[nodiscard]] std::optional<std::string> reference(const cloud::Value& value);

  std::map<std::string, cloud::Value> wires;  ///< outputs that the template before has to give
  std::vector<Problem> problems;

 private:
  [[nodiscard]] std::string text_of(const cloud::Value& value, const Unit& from, bool as_text);
  [[nodiscard]] std::optional<std::string> computed(const cloud::Value& value);
  [[nodiscard]] std::string parameter(const std::string& name, bool as_text);

  const Division& division_;
};

}  // namespace virga::aliyun::serverless_devs
