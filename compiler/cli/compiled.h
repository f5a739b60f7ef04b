// An app that was compiled: what several commands begin with.
#pragma once

#include "compiler/cli/command.h"

namespace virga::cli {

/// What became of one app.
struct Compiled {
  std::unique_ptr<Session> session;  ///< null when the world said no, which was reported
  driver::Packaged code;
  std::vector<driver::TargetStack> stacks;
  bool usage = false;  ///< a target that does not exist was asked for, which was reported

  [[nodiscard]] bool failed() const { return session == nullptr || usage || session->sink.has_errors(); }
  /// How a command ends that goes no further.
  [[nodiscard]] int exit() const { return session == nullptr ? kWorld : usage ? kUsage : failed() ? kErrors : kFine; }
  /// Path below the output directory → bytes.
  [[nodiscard]] std::map<std::string, std::string> files() const;
};

/// `json`: templates as JSON, where a target has two ways of writing. Findings are in the session, and not reported.
[[nodiscard]] Compiled compile(const Common& common, bool json = false);
/// The same for a program that is open; null when the world said no.
[[nodiscard]] Compiled compile(std::unique_ptr<Session> session, const Common& common, bool json = false);

}  // namespace virga::cli
