// What is done for a whole plan, and when: packing, uploading, deploying, over all stacks of all its apps.
#pragma once

#include "compiler/plan/report.h"

#include <span>
#include <string>
#include <vector>

namespace virga::plan {

struct Step {
  enum class Kind : std::uint8_t {
    pack,  ///< makes the templates of an app and packs its code
    upload,  ///< puts packed code where an engine reads it
    deploy,
    remove,  ///< takes a whole stack away
  } kind = Kind::pack;
  std::size_t app = 0;  ///< place among the reports
  std::size_t stack = 0;  ///< place in the report; of all but packing
  std::vector<std::size_t> after;  ///< steps that end before it begins
  std::size_t wave = 0;  ///< from 1; what has the same can be done at once
};

struct Order {
  std::vector<Step> steps;  ///< in an order in which they can be done one by one
  std::size_t waves = 0;
  std::vector<std::size_t> longest;  ///< the chain of steps with the most changes that wait for each other
};

/// Nothing for what does not change. An app is deployed after those whose outputs it uses; what goes, goes last.
[[nodiscard]] Order order_of(std::span<const Report* const> apps);

/// "pack", "upload", …
[[nodiscard]] std::string_view word(Step::Kind kind);
/// `upload code/worker-1a2b3c4d5e6f.zip for shop on TARGET`
[[nodiscard]] std::string describe(const Step& step, std::span<const Report* const> apps);
[[nodiscard]] const std::vector<std::string>& commands_of(const Step& step, std::span<const Report* const> apps);
/// What `--long` shows, a line each: the steps by wave, and the longest way through them.
[[nodiscard]] std::vector<std::string> lines(const Order& order, std::span<const Report* const> apps);

/// As it may stand within double quotes of a shell, also as a word of `${NAME:-…}`.
[[nodiscard]] std::string in_double_quotes(std::string_view text);

/// All commands as a script for the shell that stops at the first mistake, and asks for what it needs before it begins.
/// `check`: a command that says whether the plan still fits; may be empty.
[[nodiscard]] std::string render_script(std::span<const Report* const> apps, const std::string& check);

}  // namespace virga::plan
