// Any text through the whole pipeline, to the files of every target and back. Findings are fine; a crash, a hang, a failed
// check of ours, or a template that does not read back as the stack it was made of is not.
#include "compiler/driver/compile.h"

#include <cstdio>
#include <cstdlib>

namespace {

using namespace virga;

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "compile_fuzz: %s\n", what.c_str());
  std::abort();
}

void read_back(const driver::TargetStack& made) {
  const std::string folder = made.region.empty() ? "" : made.region + "/";
  if (!made.files.contains(folder + std::string(made.target.format->main_file())))
    fail(made.target.name() + " makes no main file");
  SourceMap sources;
  diag::Sink sink;
  std::vector<const SourceFile*> texts;
  for (const auto& [name, bytes] : made.files) {
    if (name.starts_with(folder) && made.target.format->is_template(name.substr(folder.size())))
      texts.push_back(&sources.add(name, bytes));
  }
  // A program that was imported is written as its template was, which only the reader of foreign templates takes as it
  // stands.
  const cloud::Stack read = made.lowered.stack.adopted ? made.target.format->read_as_given(texts, {}, sink)
                                                       : made.target.format->read_all(texts, sink);
  if (sink.has_errors()) fail(made.target.name() + " cannot read what it wrote: " + sink.all().front().message);
  const std::string difference = cloud::difference(made.lowered.stack, read);
  if (!difference.empty()) fail(made.target.name() + ": " + difference);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  MemoryFileSystem files;
  files.put("main.virga", std::string(reinterpret_cast<const char*>(data), size));
  for (const char* folder : {"code", "functions", "app"}) {
    files.put(std::string(folder) + "/index.js", "exports.handler = async () => ({});\n");
    files.put(std::string(folder) + "/index.py", "def handler(event, context):\n    return {}\n");
  }
  driver::FrontEnd front;
  diag::Sink sink;
  const auto built = driver::front_end({{files, {"main.virga"}, ""}, ""}, front, sink);
  if (!built || sink.has_errors()) return 0;
  const driver::Packaged code = driver::package(front.architecture, front.project, files, sink);
  if (sink.has_errors()) return 0;
  for (const auto& made : driver::back_end(front, code, {cloud::all_targets(), ""}, sink)) read_back(made);
  return 0;
}
