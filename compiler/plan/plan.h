// The difference of what is wanted and what stands, as data: what happens to each unit of one stack, and what that does to
// data, traffic and permissions. docs/design-plan.md is the idea.
#pragma once

#include "compiler/catalog/catalog.h"
#include "compiler/cloud/backend.h"

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace virga::plan {

/// A key of an object, or a place in a list.
using PathStep = std::variant<std::string, std::size_t>;
using Path = std::vector<PathStep>;
/// `Cors.AllowOrigins[0]`
[[nodiscard]] std::string to_text(const Path& path);
/// Whether a path leads to, into or around what a pattern of a table names: `Index.*.Name`.
[[nodiscard]] bool touches(const Path& path, std::string_view pattern);

enum class Action : std::uint8_t { none, create, update, replace, remove };
/// "create", "update", …
[[nodiscard]] std::string_view word(Action action);

/// What a changed property does to the resource.
enum class Weight : std::uint8_t { in_place, may_replace, replaces };

struct Change {
  Path path;
  std::optional<cloud::Value> before, after;  ///< nothing: it was not there, or is there no more
  Weight weight = Weight::in_place;
  /// Both are the same reference, to what is replaced: the new value is known after the deployment. Empty for others.
  std::string follows;
};

/// Properties that no engine has by these names: what a unit waits for, and what is left of it.
inline constexpr std::string_view kDependsOn = "@depends_on", kOnRemoval = "@on_removal", kOnReplace = "@on_replace";
/// `keep`, `snapshot`, `remove`, or empty for what the engine does by itself; and back.
[[nodiscard]] std::string_view word(cloud::OnRemoval what);
[[nodiscard]] cloud::OnRemoval on_removal_of(std::string_view word);

struct Effect {
  enum class Kind : std::uint8_t {
    data_lost,
    interrupted,  ///< what others know it by is another one afterwards
    refused,  ///< by the engine
    unknown,  ///< nobody knows what the change does
  } kind;
  std::string says;
  std::string mark = {};  ///< of a loss: stands for this very change
  std::string accepted = {};  ///< why somebody accepts it; empty: nobody does
};

struct UnitChange {
  Action action = Action::none;
  const cloud::Unit* before = nullptr;  ///< null when it does not stand; both outlive the plan
  const cloud::Unit* after = nullptr;
  std::vector<Change> changes;  ///< of an update and a replacement
  bool derived = false;  ///< that it is replaced, or not, is derived and not the engine's own word
  bool known = true;  ///< something is known of its type
  /// Removed or replaced: what is left of what stood, which nobody manages any more.
  cloud::OnRemoval left = cloud::OnRemoval::engine_default;
  std::vector<Effect> effects;
  std::size_t wave = 0;  ///< from 1; 0 for what is not done at all
  [[nodiscard]] const cloud::Unit& unit() const { return after != nullptr ? *after : *before; }
};

/// All that happens to one stack.
struct StackPlan {
  /// In the order of the wanted stack, what goes at the end. What only waits for something else from now on stands here as
  /// well, with the action `none`, so that carrying out gives what is wanted; what stays as it is, does not.
  std::vector<UnitChange> changes;
  std::size_t unchanged = 0;
  std::size_t waves = 0;
  /// The longest chain of changes of which each waits for the one before it, as places in `changes`. Counted in changes: how
  /// long one takes, no engine promises.
  std::vector<std::size_t> critical = {};
  [[nodiscard]] std::size_t count(Action action) const;
  /// Something is done.
  [[nodiscard]] bool acts() const;
};

/// Compares by address. What refers to something that is replaced changes with it.
[[nodiscard]] StackPlan diff(std::span<const cloud::Unit> standing, std::span<const cloud::Unit> wanted,
                             const catalog::Catalog& catalog);

/// The property that gives the unit a name that no other may have; null when the engine makes one up.
[[nodiscard]] const cloud::Value* own_name(const cloud::Unit& unit, const catalog::Catalog& catalog);

/// What is lost, interrupted or refused, into the changes. `format` names the engine.
void find_effects(StackPlan& plan, const catalog::Catalog& catalog, std::string_view format);

/// The order in which it can be done, into the changes: what is made after what it refers to, what goes before it. And the
/// longest chain of those that wait for each other.
void find_waves(StackPlan& plan);

/// The units that stand after the plan was carried out, by address: the law is that they are those that were wanted.
[[nodiscard]] std::vector<cloud::Unit> apply(std::span<const cloud::Unit> standing, const StackPlan& plan);

/// Where two values differ, as changes of their parts.
[[nodiscard]] std::vector<Change> changes_of(const cloud::Value& before, const cloud::Value& after);
/// The properties in which two units differ, the innermost that can be named; weights are not decided yet.
[[nodiscard]] std::vector<Change> changes_of(const cloud::Unit& before, const cloud::Unit& after);

}  // namespace virga::plan
