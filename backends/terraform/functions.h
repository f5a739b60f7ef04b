// Functions of the engines ↔ functions and operators of Terraform.
#pragma once

#include "backends/terraform/hcl/tree.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace virga::terraform {

enum class Form : std::uint8_t {
  operation,  ///< `a == b`
  negation,  ///< `!a`
  condition,  ///< `local.name`
  call,  ///< `join(…)`
  index,  ///< `list[2]`
  calculation  ///< `tonumber(format("%.0f", a / 60))`
};

struct Function {
  std::string_view ours;
  Form form;
  std::string_view theirs;
  std::size_t least, most;  ///< arguments
};

[[nodiscard]] const Function* find_function(std::string_view ours);
[[nodiscard]] std::span<const Function> functions();

/// A formula `{0} / 60`, rounded to some digits, over values. Nothing when the formula would not come back as it is.
[[nodiscard]] std::optional<hcl::Expr> calculate(const std::string& formula, std::int64_t digits,
                                                 const std::vector<hcl::Expr>& values);

struct Calculation {
  std::string formula;
  std::int64_t digits = 0;
  std::vector<hcl::Expr> values;
};
/// The other way; nothing when the expression is no such thing.
[[nodiscard]] std::optional<Calculation> calculation(const hcl::Expr& expression);

}  // namespace virga::terraform
