#include "compiler/cli/command.h"

#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>

int main(int argc, char** argv) {
  using namespace virga::cli;
  std::signal(SIGPIPE, SIG_IGN);  // `virga … | head` ends with our own exit code
  CLI::App app{"Virga compiles one description of a serverless architecture to the templates of several clouds."};
  app.name("virga");
  app.require_subcommand(1);
  app.set_version_flag("--version", version());
  app.footer(
      "Exit codes: 0 fine, 1 the architecture has errors, 2 changes were found (plans), 3 wrong usage,\n"
      "4 a file or a permission, 5 a plan loses data that nobody accepts, 70 a bug of ours. Colour is used on a terminal "
      "only; NO_COLOR turns it off.");
  int exit = kFine;
  add_compile(app, exit);
  add_check(app, exit);
  add_package(app, exit);
  add_cost(app, exit);
  add_plan(app, exit);
  add_record(app, exit);
  add_drift(app, exit);
  add_graph(app, exit);
  add_explain(app, exit);
  add_facts(app, exit);
  add_kinds(app, exit);
  add_targets_command(app, exit);
  add_fmt(app, exit);
  add_read(app, exit);
  add_import(app, exit);
  add_migrate(app, exit);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0) return app.exit(e);  // --help, --version
    app.exit(e);
    return kUsage;
  } catch (const std::exception& e) {
    complain(std::string("this is a bug in virga: ") + e.what());
    return kBug;
  }
  return exit;
}
