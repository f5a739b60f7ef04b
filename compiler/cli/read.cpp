// virga read: a template back into its stack. The second direction, as the tests and the curious use it.
#include "compiler/cli/command.h"

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
  const cloud::Target target = cloud::find_target(o.target);
  if (target.format == nullptr) {
    complain("there is no target `" + o.target + "`");
    return kUsage;
  }
  Session session;
  const auto stack = read_template({o.path}, target, session);
  if (!stack) return kWorld;
  report(session, Form::text);
  if (session.sink.has_errors()) return kErrors;
  return print(cloud::dump(*stack));
}

}  // namespace

std::optional<cloud::Stack> read_template(const std::vector<std::string>& given, const cloud::Target& target,
                                          Session& session) {
  constexpr std::size_t kLargestFile = 64u << 20;
  std::vector<std::string> paths;
  for (const std::string& g : given) {
    for (std::string& path : files_of(g, *target.format)) paths.push_back(std::move(path));
  }
  std::vector<const SourceFile*> texts;
  for (const std::string& path : paths) {
    auto text = read_named(path, kLargestFile);
    if (!text) return std::nullopt;
    if (first_bad_utf8(text->text) != std::string_view::npos) {
      complain("`" + path + "` is not UTF-8 text");
      return std::nullopt;
    }
    texts.push_back(&session.front.project.sources.add(path, std::move(text->text)));
  }
  if (texts.empty()) {
    complain("there is no file of " + std::string(target.format->title()) + " in `" + given.front() + "`");
    return std::nullopt;
  }
  return target.format->read_all(texts, session.sink);
}

void add_read(Program& program) {
  auto o = std::make_shared<Options>();
  Command c = program.command("read", "read a template back and print the stack that it describes");
  c.text("template", o->path, "the file, or the folder of a template of several").required();
  c.text("--target,-t", o->target, "the target whose template it is").required();
  c.runs([o] { return run(*o); });
}

}  // namespace virga::cli
