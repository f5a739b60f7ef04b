// All that can be wrong with a program, without a template made: `virga check`.
#pragma once

#include "compiler/driver/compile.h"

namespace virga::driver {

struct CheckRequest {
  std::vector<cloud::Target> targets;  ///< empty: those that the app names
  std::string region;  ///< only this one; empty: all that the app names
};

/// The targets of the request, or the app's own.
[[nodiscard]] std::vector<cloud::Target> targets_asked(const FrontEnd& front, const CheckRequest& request);

/// package, bounds, lower. What the front end found stands in `sink` already; with errors there nothing more is asked.
void check(const FrontEnd& front, const FileSystem& files, const CheckRequest& request, diag::Sink& sink);

/// The same, and the front end before it, once for each stage that the program declares, so that a mistake in a stage
/// shows before the day on which that stage is deployed. Findings say in which stage they are; those that the program
/// without a stage has as well come again, and the renderers show equal findings once.
void check_stages(const FrontEnd& front, const FileSystem& files, const CheckRequest& request, diag::Sink& sink);

}  // namespace virga::driver
