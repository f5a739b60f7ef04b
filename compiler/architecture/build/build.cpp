#include "compiler/architecture/build.h"

#include "compiler/architecture/build/state.h"

namespace virga::architecture {

Builder::Builder(const Program& program, const Options& options, diag::Sink& sink)
    : program_(program), options_(options), sink_(sink) {}

Architecture Builder::run() {
  declare_modules();
  collect_top_level();
  declare_level(top_level_, nullptr, app_->scope);
  if (app_declaration_ != nullptr) read_app(*app_declaration_);
  check_import_regions();
  evaluate_nodes();
  build_edges();
  read_outputs();
  apply_moves();
  evaluate_unused_lets();
  report_unused_overlays();
  check_rules();
  return std::move(out_);
}

Architecture build(const Program& program, const Options& options, diag::Sink& sink) {
  return Builder(program, options, sink).run();
}

}  // namespace virga::architecture
