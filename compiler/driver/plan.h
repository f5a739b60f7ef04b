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

/// What stands once these were deployed.
[[nodiscard]] plan::Record record_of(const FrontEnd& front, const std::vector<TargetStack>& stacks);

/// Losses that the program accepts: mark → why.
[[nodiscard]] std::map<std::string, std::string> accepted_losses(const FrontEnd& front);

/// `shop.virga:4`
[[nodiscard]] std::string place_of(const SourceMap& sources, Span span);

}  // namespace virga::driver
