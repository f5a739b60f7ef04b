// What stands beside a node or an edge in a template: a permission, a policy, a stage. What of it follows from whom it
// belongs to is not said in the program.
#pragma once

#include "compiler/adopt/table.h"
#include "compiler/cloud/intrinsics.h"

#include <functional>

namespace virga::adopt {

/// What it belongs to, by kinds and ports.
struct Owner {
  std::string kind;  ///< of a node; empty for an edge
  std::string from, to;  ///< of an edge: `topic.self`, `function.self`
  bool hand_over = false;
  std::string_view type = {};  ///< of a node: that of the resource that stands for it

  [[nodiscard]] bool is_node() const { return !kind.empty(); }
};

/// Whether a row is about a type: its own, or those that begin as `Custom::*` does.
[[nodiscard]] bool is_of(const Row& row, std::string_view type);
/// The row by which resources of a type stand beside it; null when they do not.
[[nodiscard]] const Row* row_beside(const Table& table, const Owner& owner, std::string_view type);
/// Whether a row is about such an owner.
[[nodiscard]] bool is_about(const Row& row, const Owner& owner);

/// The properties that follow. `end` gives the reference to an end by an output of it, or nothing; of a node the source and
/// the target of the row are the node.
[[nodiscard]] cloud::Object following(
    const Row& row, const cloud::Dialect& dialect,
    const std::function<std::optional<cloud::Value>(bool source, std::string_view output)>& end);

/// Whether an engine makes the same of both: one item needs no list, and `"1"` is 1.
[[nodiscard]] bool alike(const cloud::Value& a, const cloud::Value& b);

}  // namespace virga::adopt
