// Terraform's own record of what stands, as JSON: a state file, or what `terraform show -json` prints.
#pragma once

#include <nlohmann/json.hpp>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace virga::terraform {

using Json = nlohmann::ordered_json;

/// Null when it is no object, or has no such member.
[[nodiscard]] const Json* member(const Json& of, std::string_view key);
/// Empty when there is no such text.
[[nodiscard]] std::string text_of(const Json& of, std::string_view key);

/// One resource that Terraform made.
struct Standing {
  std::string type, name;
  std::string module;  ///< `module.news.module.mail`; empty for the outermost one
  std::string index;  ///< `["eu"]`, `[1]`; empty for the only one
  const Json* values = nullptr;  ///< lives as long as the record; null when the record has none that can be read
  std::set<std::string> secret;  ///< arguments that are marked so, or hold something that is
  std::vector<std::string> needs;  ///< addresses, with or without the index of one of several

  /// `module.news.aws_sns_topic.all`
  [[nodiscard]] std::string block() const { return (module.empty() ? "" : module + ".") + type + "." + name; }
  [[nodiscard]] std::string address() const { return block() + index; }
};

/// In the order of the record; what it only reads (`data`) is left out.
[[nodiscard]] std::vector<Standing> standing_in(const Json& record);
/// The outputs of the outermost module, by name: `{value, sensitive}`; null when there are none.
[[nodiscard]] const Json* outputs_in(const Json& record);

}  // namespace virga::terraform
