#include "compiler/driver/check.h"

#include "compiler/passes/passes.h"

namespace virga::driver {

void check(const FrontEnd& front, const FileSystem& files, const CheckRequest& request, diag::Sink& sink) {
  if (!front.whole) return;  // what the checks found that need no cloud does not keep the others from looking
  diag::Sink packing;
  const Packaged code = package(front.architecture, front.project, files, packing);
  for (const diag::Diagnostic& d : packing.all()) sink.add(d);
  if (packing.has_errors()) return;
  const auto targets = request.targets.empty() ? targets_of(front.architecture) : request.targets;
  (void)back_end(front, code, {targets, request.region}, sink);
}

void check_stages(const FrontEnd& front, const FileSystem& files, const CheckRequest& request, diag::Sink& sink) {
  for (const std::string& stage : front.architecture.app.stages) {
    diag::Sink found;
    FrontEnd staged;
    staged.architecture = architecture::build(front.project.program, build_options(stage), found);
    staged.catalogs = catalogs_of(front.project, staged.architecture, found);
    staged.as_of = front.as_of;
    staged.whole = !found.has_errors() && passes::run(staged.architecture, found);
    check(staged, files, request, found);
    for (const diag::Diagnostic& d : found.all()) sink.add(d).note("in stage `" + stage + "`");
  }
}

}  // namespace virga::driver
