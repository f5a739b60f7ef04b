// A template of one cloud → a template of another, with an account of everything in it: import, check, compile and report in
// one.
#pragma once

#include "compiler/adopt/report.h"
#include "compiler/driver/adopt.h"
#include "compiler/driver/estimate.h"

namespace virga::driver {

struct MigrateRequest {
  std::span<const SourceFile* const> files;  ///< of the template, the main one first
  cloud::Target from, to;
  std::string app;
  cloud::NamedFiles named;  ///< gives files that the template names
  const FileSystem* folder = nullptr;  ///< the template's, where its code may lie; null: none
  const SourceFile* loads = nullptr;  ///< what somebody says of loads (compiler/adopt/loads.h); null: nothing
  std::vector<adopt::MovedNested> nested = {};  ///< templates that it names, which have moved before it
};

/// What a month costs where the app stands, and where it moves to.
struct MoveCosts {
  std::unique_ptr<FrontEnd> front;  ///< to which the estimates refer
  std::optional<TargetCost> before, after;
  std::string no_before, no_after;  ///< why one is missing

  /// Whether somebody says how much comes: a file does, or clocks alone start anything.
  bool loads = false;
};

struct Migrated {
  std::string program;  ///< in the layout of `virga fmt`; empty when there is nothing to import
  std::map<std::string, std::string> beside;  ///< the program: path → text
  cloud::Files files;  ///< of the other cloud, below its target's folder; none when something blocks
  adopt::MoveReport report;
  MoveCosts costs;
};

/// Findings about the template and the loads go to the sink, and after a mistake in the loads nothing is made; what the
/// other cloud cannot do is in the report.
[[nodiscard]] Migrated migrate(const MigrateRequest& request, diag::Sink& sink);

}  // namespace virga::driver
