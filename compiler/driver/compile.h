// The pipeline on one page:
//
//   load ──▶ build ──▶ passes ──▶ package ──▶ lower ──▶ emit
//
// Each step takes what the one before gave, puts its findings into the sink and knows nothing of the others.
#pragma once

#include "compiler/cloud/backend.h"
#include "compiler/driver/load.h"
#include "compiler/driver/package.h"

namespace virga::driver {

/// What the front end knows: the program, and the architecture that it means.
struct FrontEnd {
  Project project;
  Architecture architecture;
};

struct FrontEndRequest {
  LoadRequest load;
  std::string stage;
  std::vector<std::string> importers = {};  ///< folders of the apps on whose behalf this one is looked at
};

/// load, other apps that it uses, build, passes. An IoError when a file that was named cannot be read; mistakes are
/// findings.
[[nodiscard]] Expected<bool> front_end(const FrontEndRequest& request, FrontEnd& result, diag::Sink& sink);

/// One template: of one target, in one region.
struct TargetStack {
  cloud::Target target;
  std::string region;  ///< the cloud's own name; empty when the template fits every region
  cloud::Lowered lowered;
  cloud::Files files;  ///< path below the output directory → bytes, code included
};

struct BackEndRequest {
  std::vector<cloud::Target> targets;
  std::string region;  ///< only this one, by the language's name; empty: all that the app names
};

/// The catalogues' limits on what was packed, of every cloud that is a target.
void check_packages(const FrontEnd& front, const Packaged& code, const BackEndRequest& request, diag::Sink& sink);

/// package limits, bounds, lower, emit, for every target and region. The findings of a target that cannot be lowered leave
/// the others alone. The front end must have had no errors.
[[nodiscard]] std::vector<TargetStack> back_end(const FrontEnd& front, const Packaged& code, const BackEndRequest& request,
                                                diag::Sink& sink);

/// The targets that the app names, or all of them when it names none.
[[nodiscard]] std::vector<cloud::Target> targets_of(const Architecture& architecture);

/// Names that architectures may use: of clouds and of targets.
[[nodiscard]] architecture::Options build_options(std::string stage);

}  // namespace virga::driver
