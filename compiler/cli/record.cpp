// virga record: writes down what was deployed, for later plans.
#include "compiler/cli/command.h"
#include "compiler/cli/standing.h"

#include <CLI/CLI.hpp>

#include <filesystem>

namespace virga::cli {
namespace {

struct Options {
  Common common;
  std::string out = "virga.state.json";
};

int run(const Options& o) {
  int exit = kFine;
  const auto compiled = compile_for_plan(o.common, exit);
  if (!compiled) return exit;
  plan::Record now = driver::record_of(compiled->session->front, compiled->stacks);
  std::error_code error_code;
  if (std::filesystem::exists(o.out, error_code)) {
    constexpr std::size_t kLargest = 256u << 20;
    const auto text = read_named(o.out, kLargest);
    if (!text) return kWorld;
    auto before = plan::read_record(text->text);
    if (!before) {
      complain("`" + o.out + "`: " + before.error().message);
      return kErrors;
    }
    now = plan::merge(std::move(*before), std::move(now));
  }
  if (auto error = write_file(o.out, plan::write(now))) {
    complain(error->message);
    return kWorld;
  }
  return kFine;
}

}  // namespace

void add_record(CLI::App& app, int& exit) {
  auto o = std::make_shared<Options>();
  CLI::App* c = app.add_subcommand("record", "write down what was deployed, for later plans");
  add_app(*c, o->common);
  c->add_option("-o,--output", o->out, "the file")->capture_default_str();
  c->callback([o, &exit] { exit = run(*o); });
}

}  // namespace virga::cli
