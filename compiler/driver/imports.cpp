#include "compiler/driver/imports.h"

#include "compiler/diagnostics/codes.h"

#include <algorithm>

namespace virga::driver {
namespace codes = diag::codes;

void import_apps(const FrontEndRequest& request, Project& project, diag::Sink& sink) {
  for (const AppImport& wanted : project.imports) {
    architecture::ImportedApp& app = project.program.imports[wanted.folder];
    app.broken = true;
    if (wanted.folder == request.load.folder ||
        std::find(request.importers.begin(), request.importers.end(), wanted.folder) != request.importers.end()) {
      sink.report(wanted.span, codes::ImportCycle, wanted.written)
          .help("let one of the two take the value as a `param`, or move what both need into a third app");
      continue;
    }
    auto paths = program_files(request.load.files, wanted.folder);
    if (!paths) {
      sink.report(wanted.span, codes::ModuleMissing, wanted.written).note(paths.error().message);
      continue;
    }
    FrontEndRequest inner{{request.load.files, std::move(*paths), "", "", ""}, "", request.importers};
    inner.load.folder = wanted.folder;
    inner.importers.push_back(request.load.folder);
    FrontEnd other;
    diag::Sink theirs;
    const auto built = front_end(inner, other, theirs);
    for (const std::string& stage : other.architecture.app.stages) {
      diag::Sink staged;
      app.stages[stage] =
          std::make_shared<const Architecture>(architecture::build(other.project.program, build_options(stage), staged));
      for (const diag::Diagnostic& d : staged.all()) theirs.add(d);
    }
    const auto closes_circle = [](const diag::Diagnostic& d) { return d.code == codes::ImportCycle.id; };
    if (std::any_of(theirs.all().begin(), theirs.all().end(), closes_circle)) {
      sink.report(wanted.span, codes::ImportCycle, wanted.written)
          .help("let one of the two take the value as a `param`, or move what both need into a third app");
      continue;
    }
    if (!built || theirs.has_errors()) {
      auto r = sink.report(wanted.span, codes::ImportBroken, wanted.written);
      for (const diag::Diagnostic& d : theirs.all()) {
        if (d.severity != diag::Severity::error) continue;
        r.note("the first of them: " + d.message);
        break;
      }
      r.help("check it first: `virga check " + wanted.folder + "`");
      continue;
    }
    app.stages[""] = std::make_shared<const Architecture>(std::move(other.architecture));
    app.broken = false;
  }
}

}  // namespace virga::driver
