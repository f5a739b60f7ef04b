// virga import: a template that was made elsewhere becomes a program.
#include "compiler/driver/adopt.h"
#include "compiler/cli/given.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace virga::cli {
namespace {

struct Options {
  std::string path, from, out, app;
  bool json = false;
};

/// From the folder that is written to the template's own; empty when they are one.
std::string way(const Options& o) {
  namespace fs = std::filesystem;
  if (o.out.empty()) return {};
  std::error_code error;
  const fs::path given = fs::is_directory(o.path, error) ? fs::path(o.path) / "" : fs::path(o.path);
  const fs::path to = fs::absolute(given).lexically_normal().parent_path();
  const std::string way = to.lexically_relative(fs::absolute(o.out + "/").lexically_normal().parent_path()).generic_string();
  return way == "." || way.empty() ? std::string() : way + "/";
}

nlohmann::ordered_json summary(const Options& o, const driver::Adopted& made, const cloud::Target& target,
                               const std::string& app, const Session& session) {
  nlohmann::ordered_json j;
  j["from"] = target.name();
  j["app"] = app;
  j["template"] = o.path;
  auto& all = j["resources"] = nlohmann::ordered_json::array();
  std::size_t raised = 0;
  for (const adopt::Fate& f : made.fates) {
    if (!f.part.empty()) continue;  // it stands in a resource that is listed
    nlohmann::ordered_json one{{"id", f.id}, {"type", f.type}, {"fate", f.raised ? "raised" : "raw"}};
    if (!f.as.empty()) one["as"] = f.as;
    if (!f.why.empty()) one["why"] = f.why;
    all.push_back(std::move(one));
    if (f.raised) ++raised;
  }
  j["totals"] = {{"resources", all.size()}, {"raised", raised}, {"raw", all.size() - raised}};
  auto& findings = j["findings"] = nlohmann::ordered_json::array();
  for (const diag::Diagnostic& d : session.sink.all()) findings.push_back({{"code", d.code}, {"message", d.message}});
  return j;
}

int run(const Options& o) {
  Session session;
  int exit = kFine;
  const auto given = read_given(o.path, o.from, session, exit);
  if (!given) return exit;
  const auto& [files_of, target, folder, named] = *given;
  const std::string app = app_name(o.path, o.app, *target.format);
  const driver::Adopted made = driver::adopt_template(files_of, target, app, way(o), named, session.sink);
  report(session, Form::text);
  if (o.json) (void)print(summary(o, made, target, app, session).dump(2) + "\n");
  if (made.text.empty()) return kErrors;
  if (o.out.empty()) {
    if (!o.json && print(made.text) != kFine) return kWorld;
    return session.sink.has_errors() ? kErrors : kFine;
  }
  std::map<std::string, std::string> files = made.files;
  files[app + ".virga"] = made.text;
  if (const auto error = write_files(o.out, files)) {
    complain(error->message);
    return kWorld;
  }
  return session.sink.has_errors() ? kErrors : kFine;
}

}  // namespace

void add_import(Program& program) {
  auto o = std::make_shared<Options>();
  Command c = program.command("import", "make a program of a template that was made elsewhere");
  c.text("template", o->path, "the file, or the folder of a configuration").required();
  c.text("--from", o->from, "the target whose template it is; left out, its text tells");
  c.text("--out,-o", o->out, "the folder to write the program into; left out, it is printed");
  c.text("--app", o->app, "the name of the app; left out, that of the file or its folder");
  c.flag("--json", o->json, "what became of every resource, as JSON on standard output");
  c.text(
      "--form", [o](const std::string& form) { o->json = form == "json"; }, "of the report: text or json");
  c.runs([o] { return run(*o); });
}

}  // namespace virga::cli
