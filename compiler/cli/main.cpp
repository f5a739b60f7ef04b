#include "compiler/cli/command.h"

#include <csignal>
#include <exception>

int main(int argc, char** argv) {
  using namespace virga::cli;
  std::signal(SIGPIPE, SIG_IGN);  // `virga … | head` ends with our own exit code
  Program program(
      "virga", "Virga compiles one description of a serverless architecture to the templates of several clouds.", version(),
      "Exit codes: 0 fine, 1 the architecture has errors, 2 changes were found (plans), 3 wrong usage,\n"
      "4 a file or a permission, 5 a plan loses data that nobody accepts, 70 a bug of ours. Colour is used on a terminal "
      "only; NO_COLOR turns it off.");
  add_compile(program);
  add_check(program);
  add_package(program);
  add_cost(program);
  add_plan(program);
  add_record(program);
  add_drift(program);
  add_graph(program);
  add_explain(program);
  add_facts(program);
  add_kinds(program);
  add_targets_command(program);
  add_fmt(program);
  add_read(program);
  add_import(program);
  add_migrate(program);
  try {
    return program.run(argc, argv);
  } catch (const std::exception& e) {
    complain(std::string("this is a bug in virga: ") + e.what());
    return kBug;
  }
}
