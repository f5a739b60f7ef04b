// virga fmt: the one layout.
#include "compiler/cli/command.h"

#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"

#include <filesystem>

namespace virga::cli {
namespace {

struct Options {
  std::vector<std::string> paths;
  bool check = false;
  bool to_stdout = false;
};

/// Formats one file. The exit code; `changed` tells whether its layout was another.
int format_one(const Options& o, const std::string& shown, const FileSystem& files, const std::string& root,
               const std::string& path, bool& changed) {
  constexpr std::size_t kLargestFile = 64u << 20;
  auto text = files.read(path, kLargestFile);
  if (!text) {
    complain(text.error().message);
    return kWorld;
  }
  if (first_bad_utf8(*text) != std::string_view::npos) {
    complain("`" + shown + "` is not UTF-8 text");
    return kErrors;
  }
  Session session;
  const SourceFile& source = session.front.project.sources.add(shown, *text);
  const syntax::File file = syntax::parse(source, session.sink);
  if (session.sink.has_errors()) {
    report(session, Form::text);
    return kErrors;
  }
  const std::string laid = syntax::format(source, file);
  if (o.to_stdout) return print(laid);
  if (laid == *text) return kFine;
  changed = true;
  if (o.check) return kFine;
  if (auto error = write_files(root, {{path, laid}})) {
    complain(error->message);
    return kWorld;
  }
  return print(shown + "\n");
}

int run(const Options& o) {
  int exit = kFine;
  bool changed = false;
  for (const std::string& path : o.paths) {
    std::unique_ptr<FileSystem> files;
    auto request = request_for(path, files);
    if (!request) {
      complain(request.error().message);
      exit = kWorld;
      continue;
    }
    const std::string root = request->shown_prefix.empty() ? "." : request->shown_prefix;
    for (const std::string& file : request->paths) {
      bool other = false;
      const int one = format_one(o, request->shown_prefix + file, *files, root, file, other);
      if (other && o.check) fmt::print("{} is laid out another way\n", request->shown_prefix + file);
      changed = changed || other;
      exit = std::max(exit, one);
    }
  }
  return exit != kFine ? exit : o.check && changed ? kErrors : kFine;
}

}  // namespace

void add_fmt(Program& program) {
  auto o = std::make_shared<Options>();
  Command c = program.command("fmt", "lay files out in the one way");
  c.texts("paths", o->paths, "files, or folders of them").required();
  c.flag("--check", o->check, "change nothing; exit 1 when a file is laid out another way");
  c.flag("--stdout", o->to_stdout, "print instead of changing the file");
  c.runs([o] { return run(*o); });
}

}  // namespace virga::cli
