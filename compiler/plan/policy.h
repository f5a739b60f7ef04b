// What whoever carries out a plan must be allowed to do, and nothing more: the actions that the catalogue names for what
// happens to each unit, narrowed to the names that are known. docs/design-plan.md is the idea.
#pragma once

#include "compiler/plan/plan.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace virga::plan {

/// All of the actions on all of the things.
struct Statement {
  std::vector<std::string> actions, on;  ///< sorted
  std::string passed_to;  ///< only when a role is handed to this service; empty: always
  std::vector<std::string> whose;  ///< the nodes that need it, sorted; empty: the engine itself
  friend bool operator==(const Statement&, const Statement&) = default;
};

struct Policy {
  const catalog::PolicyForm* form = nullptr;  ///< null for a cloud of which nobody knows how it writes one
  /// More than one where a single one would be larger than the cloud takes; none when nothing is done.
  std::vector<std::vector<Statement>> documents;
  std::vector<std::string> notes;  ///< where it is wider than it might be, and what it leaves out
  std::vector<std::string> unknown;  ///< types of which nobody knows what they need, sorted
};

/// A stack's plan, and what else a policy is about.
struct PolicyRequest {
  const StackPlan& plan;
  std::span<const cloud::Unit> standing, wanted;
  std::vector<std::string> owners;  ///< for each change of the plan the name of its node, or nothing
  std::string format, region, stack;  ///< region: empty when the template fits every one
  bool first = false, gone = false;
};

[[nodiscard]] Policy policy_of(const PolicyRequest& request, const catalog::Catalog& catalog);

/// One document in the cloud's own words, as it can be attached.
[[nodiscard]] std::string write_policy(std::span<const Statement> statements, const catalog::PolicyForm& form);

/// Into documents none of which is larger than `largest`, in order. A statement that is too large by itself is parted.
[[nodiscard]] std::vector<std::vector<Statement>> split_policy(std::vector<Statement> statements,
                                                               const catalog::PolicyForm& form, std::size_t largest);

}  // namespace virga::plan
