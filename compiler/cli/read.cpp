// virga read: a template back into its stack. The second direction, as the tests and the curious use it.
#include "compiler/cli/command.h"

#include <CLI/CLI.hpp>

namespace virga::cli {
namespace {

struct Options {
  std::string path;
  std::string target;
  Form form = Form::text;
};

int run(const Options& o) {
  constexpr std::size_t kLargestFile = 64u << 20;
  const cloud::Target target = cloud::find_target(o.target);
  if (target.format == nullptr) {
    complain("there is no target `" + o.target + "`");
    return kUsage;
  }
  Session session;
  auto request = request_for(o.path, session.files);
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
    complain("`" + o.path + "` is not UTF-8 text");
    return kErrors;
  }
  const SourceFile& source = session.front.project.sources.add(o.path, std::move(*text));
  const cloud::Stack stack = target.format->read(source, session.sink);
  report(session, Form::text);
  if (session.sink.has_errors()) return kErrors;
  return print(cloud::dump(stack));
}

}  // namespace

void add_read(CLI::App& app, int& exit) {
  auto o = std::make_shared<Options>();
  CLI::App* c = app.add_subcommand("read", "read a template back and print the stack that it describes");
  c->add_option("template", o->path, "the file")->required();
  c->add_option("--target,-t", o->target, "the target whose template it is")->required();
  c->callback([o, &exit] { exit = run(*o); });
}

}  // namespace virga::cli
