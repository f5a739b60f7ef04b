// A template of one cloud → a template of another, with an account of everything in it: import, check, compile and report in
// one.
#pragma once

#include "compiler/adopt/report.h"
#include "compiler/driver/adopt.h"

namespace virga::driver {

struct MigrateRequest {
  std::span<const SourceFile* const> files;  ///< of the template, the main one first
  cloud::Target from, to;
  std::string app;
  cloud::NamedFiles named;  ///< gives files that the template names
  const FileSystem* folder = nullptr;  ///< the template's, where its code may lie; null: none
};

struct Migrated {
  std::string program;  ///< in the layout of `virga fmt`; empty when there is nothing to import
  std::map<std::string, std::string> beside;  ///< the program: path → text
  cloud::Files files;  ///< of the other cloud, below its target's folder; none when something blocks
  adopt::MoveReport report;
};

/// Findings about the template go to the sink; what the other cloud cannot do is in the report.
[[nodiscard]] Migrated migrate(const MigrateRequest& request, diag::Sink& sink);

}  // namespace virga::driver
