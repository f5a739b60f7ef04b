// files → architecture: names bound, values evaluated and typed, patterns expanded, stages laid over.
#pragma once

#include "compiler/architecture/architecture.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/source/file_system.h"

#include <memory>

namespace virga::architecture {

/// A file of the program or of the standard library, parsed. `module` is empty for the app's own files and for the
/// core, `std.notify` or the path from the project's root otherwise.
struct Unit {
  std::string module;
  std::shared_ptr<const syntax::File> file;
  std::string directory = {};  ///< of the file, from the project's root: what the paths of its `use`s are relative to
};

/// Another app, which `use "../orders"` names: what it is without a stage (under "") and in each of its stages.
struct ImportedApp {
  std::map<std::string, std::shared_ptr<const Architecture>, std::less<>> stages;
  bool broken = false;  ///< it has errors of its own, which was reported
};

struct Program {
  std::vector<Unit> core;  ///< primitive kinds and the clouds' additions to them, bound first
  std::vector<Unit> app;  ///< the app's own files, in the order of their paths
  std::vector<Unit> modules;  ///< what `use` names, each once
  std::map<std::string, ImportedApp, std::less<>> imports = {};  ///< by the path of their folder from the project's root
  bool complete = true;  ///< false when a file of the app could not be read as text
};

struct Options {
  std::string stage;  ///< empty: none
  std::vector<std::string> clouds;  ///< that exist, for `on <cloud>` and raw resources
  std::vector<std::string> targets;  ///< that exist, for the app's `targets`
};

/// Every mistake is reported; what depends on a mistake is left out silently. The result is complete when the sink has
/// no errors, and otherwise good enough for `fmt`-like tools, not for lowering.
[[nodiscard]] Architecture build(const Program& program, const Options& options, diag::Sink& sink);

}  // namespace virga::architecture
