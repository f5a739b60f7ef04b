// virga record: writes down what was deployed, for later plans.
#include "compiler/cli/command.h"
#include "compiler/cli/standing.h"
#include "compiler/cli/workspace.h"

#include <filesystem>

namespace virga::cli {
namespace {

struct Options {
  Common common;
  std::string out;
};

const std::string kFile = "virga.state.json", kFolder = "virga.state";

/// What is written down of one app, into `files`; `below`: `place` is the folder of a workspace's records, and no file.
int record(const Common& common, const std::string& place, bool below, std::map<std::string, std::string>& files) {
  int exit = kFine;
  const auto compiled = compile_for_plan(common, exit);
  if (!compiled) return exit;
  plan::Record now = driver::record_of(compiled->session->front, compiled->stacks);
  const std::string path = below ? record_in(place, now.app) : place;
  std::error_code error_code;
  if (std::filesystem::exists(path, error_code)) {
    constexpr std::size_t kLargest = 256u << 20;
    const auto text = read_named(path, kLargest);
    if (!text) return kWorld;
    auto before = plan::read_record(text->text);
    if (!before) {
      complain("`" + path + "`: " + before.error().message);
      return kErrors;
    }
    now = plan::merge(std::move(*before), std::move(now));
  }
  files[std::filesystem::path(path).filename().string()] = plan::write(now);
  return kFine;
}

int run(const Options& o) {
  std::map<std::string, std::string> files;
  std::optional<IoError> error;
  if (is_workspace(o.common.path)) {
    const auto workspace = open_workspace(o.common.path, Form::text);
    if (!workspace) return kWorld;
    if (workspace->failed) return kErrors;
    const std::string folder = o.out.empty() ? kFolder : o.out;
    for (const std::string& app : workspace->apps) {
      Common own = o.common;
      own.path = app;
      if (const int found = record(own, folder, true, files); found != kFine) return found;
    }
    error = write_files(folder, files);
  } else {
    const std::string path = o.out.empty() ? kFile : o.out;
    if (const int found = record(o.common, path, false, files); found != kFine) return found;
    error = write_file(path, files.begin()->second);
  }
  if (error) complain(error->message);
  return error ? kWorld : kFine;
}

}  // namespace

void add_record(Program& program) {
  auto o = std::make_shared<Options>();
  Command c = program.command("record", "write down what was deployed, for later plans");
  add_app(c, o->common);
  c.text("-o,--output", o->out, "the file, virga.state.json; for a workspace the folder, virga.state");
  c.runs([o] { return run(*o); });
}

}  // namespace virga::cli
