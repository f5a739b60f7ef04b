// The pipeline on one page:
//
//   load ──▶ build ──▶ passes ──▶ package ──▶ lower ──▶ emit
//
// Each step takes what the one before gave, puts its findings into the sink and knows nothing of the others.
#pragma once

#include "compiler/cloud/backend.h"
#include "compiler/driver/allow.h"
#include "compiler/driver/load.h"
#include "compiler/driver/package.h"
#include "compiler/driver/quotas.h"
#include "compiler/partition/parts_file.h"
#include "compiler/passes/model.h"

#include <set>

namespace virga::driver {

/// What the front end knows: the program, and the architecture that it means.
struct FrontEnd {
  Project project;
  Architecture architecture;
  Catalogs catalogs = {};  ///< with the account's own numbers laid over them
  std::string as_of = {};  ///< the day by which ends of support are judged, `2026-11-28`; empty: none
  bool whole = false;  ///< clouds can be asked about the architecture; there may be errors of which nothing else follows
  std::vector<Allowance> allowances = {};  ///< findings that the program lets stand
  partition::PartsFile parts = {};  ///< which stack everything stands in, where the app is parted
  partition::LinePlaces part_lines = {};
};

struct FrontEndRequest {
  LoadRequest load;
  std::string stage;
  std::vector<std::string> importers = {};  ///< folders of the apps on whose behalf this one is looked at
  std::optional<NamedText> quotas = {};  ///< numbers of the account that hold over all others
  std::string as_of = {};  ///< see FrontEnd
};

/// load, other apps that it uses, build, passes. An IoError when a file that was named cannot be read; mistakes are
/// findings.
[[nodiscard]] Expected<bool> front_end(const FrontEndRequest& request, FrontEnd& result, diag::Sink& sink);

/// What every step does at its end: marks which of its findings are allowed.
inline void settle(const FrontEnd& front, diag::Sink& sink) { settle(front.allowances, front.architecture, sink); }

/// Whether a request asks for everything that the app names, so that an `allow` which nothing needed is needed for nothing.
[[nodiscard]] bool asks_for_all(const FrontEnd& front, const std::vector<cloud::Target>& targets, std::string_view region);

/// The clouds' catalogues with the project's and the architecture's own numbers laid over them.
[[nodiscard]] Catalogs catalogs_of(const Project& project, const Architecture& architecture, diag::Sink& sink);

/// One template: of one target, in one region; of an app that is too large for one stack, one part.
struct TargetStack {
  cloud::Target target;
  std::string region;  ///< the cloud's own name; empty when the template fits every region
  std::string part = {};  ///< its name among the stacks of the app; empty when the app stands in one
  cloud::Lowered lowered;  ///< of a part: its own stack and grants; the first has the decisions, about all
  cloud::Files files;  ///< path below the output directory → bytes, code included
  std::shared_ptr<const cloud::Stack> whole = {};  ///< of a part: the app as one stack, to which the grants refer
  std::map<std::string, std::string> placed = {};  ///< what had no part in the file of parts, and the part that it got

  /// Below the target's folder, with a slash at its end unless it is that folder itself.
  [[nodiscard]] std::string folder() const {
    return (region.empty() ? "" : region + "/") + (part.empty() ? "" : part + "/");
  }
};

/// By target: the logical ids of what stands in the app's only stack.
using StandingIds = std::map<std::string, std::set<std::string, std::less<>>>;

struct BackEndRequest {
  std::vector<cloud::Target> targets;
  std::string region;  ///< only this one, by the language's name; empty: all that the app names
  bool json = false;  ///< templates as JSON; for formats that have two ways of writing
  bool locked = false;  ///< what has no part in the file of parts is an error
  StandingIds stands = {};  ///< of apps that stand in one stack: what stays there if the app is too large now
  /// From the folder of a target to that of the program; empty when nobody knows where templates are written to.
  std::map<std::string, std::string> sources = {};
};

/// The catalogues' limits on what was packed, of every cloud that is a target.
void check_packages(const FrontEnd& front, const Packaged& code, const BackEndRequest& request, diag::Sink& sink);

/// package limits, bounds, lower, emit, for every target and region. The findings of a target that cannot be lowered leave
/// the others alone. The front end must have had no errors.
[[nodiscard]] std::vector<TargetStack> back_end(const FrontEnd& front, const Packaged& code, const BackEndRequest& request,
                                                diag::Sink& sink);

/// What lowering decided, for the checks over whole paths and for costs. `lowered` must outlive it.
[[nodiscard]] passes::Strategies strategies_of(const cloud::Lowered& lowered);

/// The targets that the app names, or all of them when it names none.
[[nodiscard]] std::vector<cloud::Target> targets_of(const Architecture& architecture);

/// Names that architectures may use: of clouds and of targets.
[[nodiscard]] architecture::Options build_options(std::string stage);

}  // namespace virga::driver
