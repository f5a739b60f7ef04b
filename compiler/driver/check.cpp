#include "compiler/driver/check.h"

#include "compiler/passes/passes.h"

namespace virga::driver {
namespace {

/// `project` has the texts: a stage has an architecture of its own, made of the same ones.
void check(const FrontEnd& front, const Project& project, const FileSystem& files, const CheckRequest& request,
           diag::Sink& sink) {
  if (!front.whole) return;
  diag::Sink packing;
  const Packaged code = package_for(targets_asked(front, request), front.architecture, project, files, packing);
  for (const diag::Diagnostic& d : packing.all()) sink.add(d);
  if (!packing.has_errors()) (void)back_end(front, code, {targets_asked(front, request), request.region}, sink);
  settle(front, sink);
}

}  // namespace

std::vector<cloud::Target> targets_asked(const FrontEnd& front, const CheckRequest& request) {
  return request.targets.empty() ? targets_of(front.architecture) : request.targets;
}

void check(const FrontEnd& front, const FileSystem& files, const CheckRequest& request, diag::Sink& sink) {
  check(front, front.project, files, request, sink);
}

void check_stages(const FrontEnd& front, const FileSystem& files, const CheckRequest& request, diag::Sink& sink) {
  for (const std::string& stage : front.architecture.app.stages) {
    diag::Sink found;
    FrontEnd staged;
    staged.architecture = architecture::build(front.project.program, build_options(stage), found);
    staged.catalogs = catalogs_of(front.project, staged.architecture, found);
    staged.as_of = front.as_of;
    staged.allowances = front.allowances;
    staged.whole = !found.has_errors() && passes::run(staged.architecture, found);
    check(staged, front.project, files, request, found);
    for (const diag::Diagnostic& d : found.all()) sink.add(d).note("in stage `" + stage + "`");
  }
  if (!front.architecture.app.stages.empty() && asks_for_all(front, targets_asked(front, request), request.region))
    report_unused(front.allowances, front.architecture, front.project.sources, !front.as_of.empty(), sink);
}

}  // namespace virga::driver
