// What a deployment would do: stacks that were made of the program against what stands.
#pragma once

#include "compiler/driver/deploy.h"
#include "compiler/plan/record.h"
#include "compiler/plan/report.h"

#include <deque>

namespace virga::driver {

/// The program at an earlier time, compiled.
struct Earlier {
  const FrontEnd* front = nullptr;
  const std::vector<TargetStack>* stacks = nullptr;
  std::string name;  ///< for people
};

/// What stands; nothing of it: a first deployment.
struct Standing {
  std::optional<Earlier> earlier;
  std::optional<plan::Record> record;  ///< or what was written down, or read from an engine's own file
  std::string name;  ///< of the record, for people
};

/// A report, and the units that it refers to; it refers to what stands and what is wanted as well, which must outlive it.
struct Planned {
  plan::Report report;
  std::deque<std::vector<cloud::Unit>> units;
};

/// `stacks` are those of `front`; `all` says that they are all that the app names, so that a stack without one of them goes.
[[nodiscard]] Planned make_plan(const FrontEnd& front, const std::vector<TargetStack>& stacks, const Standing& standing,
                                bool all, const Output& output = {});

/// Over all stacks of the target and region of `like`, so that what moves from one to another is no change.
[[nodiscard]] std::vector<plan::Permission> compare_permissions(const FrontEnd& before, const std::vector<TargetStack>& old,
                                                                const FrontEnd& after, const std::vector<TargetStack>& now,
                                                                const TargetStack& like);

/// Whether two stacks are the same one, by their parts: that of an app in one stack goes on as the first of several.
[[nodiscard]] bool same_part(std::string_view one, std::string_view other);

/// What moves from one stack of the app to another, and what stands in the way of that, into the report. `before` and
/// `after`: for each of its stacks what stands and what is wanted of it; `units`: what stands, one by one.
struct MovedStack {
  const TargetStack* before = nullptr;
  const TargetStack* after = nullptr;
  std::span<const cloud::Unit> units;
};
void find_moves(plan::Report& report, const std::vector<MovedStack>& stacks);

/// What of it stands in an app's only stack.
[[nodiscard]] StandingIds standing_ids(const Standing& standing);

/// What stands once these were deployed.
[[nodiscard]] plan::Record record_of(const FrontEnd& front, const std::vector<TargetStack>& stacks);

/// Losses that the program accepts: mark → why.
[[nodiscard]] std::map<std::string, std::string> accepted_losses(const FrontEnd& front);

/// `shop.virga:4`
[[nodiscard]] std::string place_of(const SourceMap& sources, Span span);

}  // namespace virga::driver
