// virga read: a template back into its stack. The second direction, as the tests and the curious use it.
#include "compiler/cli/command.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>

namespace virga::cli {
namespace {

struct Options {
  std::string path;
  std::string target;
  Form form = Form::text;
};

/// The files of the template at `path`: one, or those of a folder that the format knows as its own.
std::vector<std::string> files_of(const std::string& path, const cloud::Format& format) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::is_directory(path, error)) return {path};
  std::vector<std::string> out;
  for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
    if (format.is_template(entry.path().filename().string())) out.push_back(entry.path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

int run(const Options& o) {
  constexpr std::size_t kLargestFile = 64u << 20;
  const cloud::Target target = cloud::find_target(o.target);
  if (target.format == nullptr) {
    complain("there is no target `" + o.target + "`");
    return kUsage;
  }
  Session session;
  std::vector<const SourceFile*> texts;
  for (const std::string& path : files_of(o.path, *target.format)) {
    auto request = request_for(path, session.files);
    if (!request) {
      complain(request.error().message);
      return kWorld;
    }
    auto text = session.files->read(request->paths.front(), kLargestFile);
    if (!text) {
      complain(text.error().message);
      return kWorld;
    }
    if (first_bad_utf8(*text) != std::string_view::npos) {
      complain("`" + path + "` is not UTF-8 text");
      return kErrors;
    }
    texts.push_back(&session.front.project.sources.add(path, std::move(*text)));
  }
  if (texts.empty()) {
    complain("there is no file of " + std::string(target.format->title()) + " in `" + o.path + "`");
    return kWorld;
  }
  const cloud::Stack stack = target.format->read_all(texts, session.sink);
  report(session, Form::text);
  if (session.sink.has_errors()) return kErrors;
  return print(cloud::dump(stack));
}

}  // namespace

void add_read(CLI::App& app, int& exit) {
  auto o = std::make_shared<Options>();
  CLI::App* c = app.add_subcommand("read", "read a template back and print the stack that it describes");
  c->add_option("template", o->path, "the file, or the folder of a template of several")->required();
  c->add_option("--target,-t", o->target, "the target whose template it is")->required();
  c->callback([o, &exit] { exit = run(*o); });
}

}  // namespace virga::cli
