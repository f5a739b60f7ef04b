#include "tests/runner/program.h"

#include <gtest/gtest.h>
#include <regex>

#include <fstream>
#include <sstream>

namespace virga::test {
namespace {

namespace fs = std::filesystem;

/// Folders that hold nothing a program refers to.
bool skipped(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with("expect.") || name == "tests" || name == "__pycache__";
}

Directives directives_of(const std::string& text) {
  Directives out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line) && line.starts_with("//");) {
    std::istringstream words(line.substr(2));
    std::string key;
    words >> key;
    if (key == "stage:") words >> out.stage;
    if (key == "as-of:") words >> out.as_of;
    if (key != "target:") continue;
    for (std::string target; words >> target;) out.targets.push_back(target);
  }
  return out;
}

void mount(MemoryFileSystem& files, const fs::path& folder) {
  for (auto it = fs::recursive_directory_iterator(folder); it != fs::recursive_directory_iterator(); ++it) {
    if (skipped(it->path())) {
      it.disable_recursion_pending();
      continue;
    }
    if (it->is_regular_file()) files.put(fs::relative(it->path(), folder).generic_string(), read_text(it->path()));
  }
}

void find_directives(Program& program) {
  for (const std::string& path : program.paths) {
    const auto text = program.files.read(path, std::size_t{64} << 20);
    if (!text) continue;
    const Directives found = directives_of(*text);
    if (program.directives.stage.empty()) program.directives.stage = found.stage;
    if (program.directives.as_of.empty()) program.directives.as_of = found.as_of;
    if (program.directives.targets.empty()) program.directives.targets = found.targets;
  }
}

/// What an example of a page or an error program may refer to without bringing it along.
void add_code(MemoryFileSystem& files) {
  for (const char* folder : {"code", "app", "hello"}) {
    if (files.is_directory(folder)) continue;
    files.put(std::string(folder) + "/index.js", "exports.handler = async () => ({});\n");
    files.put(std::string(folder) + "/index.py", "def handler(event, context):\n    return {}\n");
  }
}

}  // namespace

std::string read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path << " cannot be read";
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

Program program_in_folder(std::string name, const fs::path& folder) {
  Program program{std::move(name), folder, {}, {}, {}};
  mount(program.files, folder);
  if (auto paths = driver::program_files(program.files, ".")) program.paths = std::move(*paths);
  find_directives(program);
  return program;
}

Program program_of_file(std::string name, const fs::path& file) {
  Program program{std::move(name), file.parent_path(), {}, {file.filename().string()}, {}};
  mount(program.files, file.parent_path());
  add_code(program.files);
  find_directives(program);
  return program;
}

Program program_of_text(std::string name, std::string text) {
  Program program{std::move(name), {}, {}, {"main.virga"}, {}};
  // Folders of code that the text names are there: it is not about them.
  static const std::regex folder(R"RX(code\s*=\s*"\./([A-Za-z0-9_/-]+)")RX");
  for (auto it = std::sregex_iterator(text.begin(), text.end(), folder); it != std::sregex_iterator(); ++it) {
    if (!name.starts_with("code/")) program.files.put((*it)[1].str() + "/index.js", "exports.handler = async () => {};\n");
  }
  program.files.put("main.virga", std::move(text));
  add_code(program.files);
  find_directives(program);
  return program;
}

std::unique_ptr<Outcome> run(const Program& program, const RunOptions& options) {
  auto out = std::make_unique<Outcome>();
  const FileSystem& files = options.files != nullptr ? *options.files : program.files;
  const Directives& said = program.directives;
  const auto built = driver::front_end(
      {{files, program.paths, options.shown_prefix}, said.stage, {}, options.quotas, said.as_of}, out->front, out->sink);
  if (!built) {
    out->world = built.error().message;
    return out;
  }
  if (!options.lower || !out->front.whole) return out;
  diag::Sink packing;
  const driver::Packaged code = driver::package(out->front.architecture, out->front.project, files, packing);
  for (const diag::Diagnostic& d : packing.all()) out->sink.add(d);
  if (packing.has_errors()) return out;
  std::vector<cloud::Target> targets;
  const auto& names = options.targets.empty() ? program.directives.targets : options.targets;
  for (const std::string& name : names) {
    const cloud::Target target = cloud::find_target(name);
    if (target.format == nullptr) {
      ADD_FAILURE() << program.name << ": there is no target " << name;
    } else {
      targets.push_back(target);
    }
  }
  if (names.empty()) targets = driver::targets_of(out->front.architecture);
  out->stacks = driver::back_end(out->front, code, {targets, {}, false, false, options.stands}, out->sink);
  return out;
}

std::string main_file(const driver::TargetStack& stack) {
  return stack.folder() + std::string(stack.target.format->main_file());
}

}  // namespace virga::test
