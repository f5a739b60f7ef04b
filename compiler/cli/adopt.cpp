// virga import: a template that was made elsewhere becomes a program.
#include "compiler/driver/adopt.h"
#include "compiler/cli/given.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/driver/nested.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <set>

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

/// One template, and those that it names.
class TemplateImporter {
 public:
  std::map<std::string, std::string> files;  ///< to be written below the folder
  std::string text;  ///< of the outermost program
  nlohmann::ordered_json told;  ///< of the outermost template, with those within

  /// Gives the exit code. `below` is the folder of the app, with a slash at its end; empty for the outermost one.
  int run(const Options& o, const std::string& below) {
    Session session;
    int exit = kFine;
    const auto given = read_given(o.path, o.from, session, exit);
    if (!given) return exit;
    exit = kFine;
    const auto& [files_of, target, folder, named] = *given;
    const std::string app = app_name(o.path, o.app, *target.format);
    const driver::Adopted made = driver::adopt_template(files_of, target, app, way(o), named, session.sink);
    const std::string here = same_file(o.path);
    open_.insert(here);
    nlohmann::ordered_json inner = nlohmann::ordered_json::array();
    for (const driver::Nested& one : driver::nested_in(made.given, *target.format->family(), named)) {
      if (!one.known) continue;
      Options of_nested = o;
      of_nested.path = (std::filesystem::path(o.path).parent_path() / one.path).generic_string();
      of_nested.app = one.name;
      of_nested.from.clear();
      if (!o.out.empty()) of_nested.out = o.out + "/" + one.name;
      if (open_.contains(same_file(of_nested.path))) {
        session.sink.report({files_of.front()->id, 0, 0}, diag::codes::AdoptNestsItself, one.path);
        continue;
      }
      if (open_.size() == kDeepestNested) {
        complain(fmt::format("templates are nested more than {} deep: `{}` is left out", kDeepestNested, of_nested.path));
        exit = kErrors;
        continue;
      }
      if (!seen_.insert(same_file(of_nested.path)).second) continue;  // two of the same are one app
      if (o.out.empty()) continue;  // it has a place in a folder alone
      const int of_inner = run(of_nested, below + one.name + "/");
      exit = std::max(exit, of_inner);
      nlohmann::ordered_json said = std::move(told);
      said["template"] = one.path;
      said["id"] = one.id;
      said["folder"] = below + one.name;
      inner.push_back(std::move(said));
    }
    open_.erase(here);
    report(session, Form::text);
    if (o.json) told = summary(o, made, target, app, session);
    if (!inner.empty()) told["nested"] = std::move(inner);
    text = made.text;
    if (made.text.empty()) return kErrors;
    for (const auto& [path, one] : made.files) files[below + path] = one;
    files[below + app + ".virga"] = made.text;
    return session.sink.has_errors() ? kErrors : exit;
  }

 private:
  std::set<std::string> open_, seen_;
};

int run(const Options& o) {
  TemplateImporter importer;
  const int exit = importer.run(o, "");
  if (o.json && !importer.told.is_null()) (void)print(importer.told.dump(2) + "\n");
  if (importer.text.empty()) return exit;
  if (o.out.empty()) return !o.json && print(importer.text) != kFine ? kWorld : exit;
  if (const auto error = write_files(o.out, importer.files)) {
    complain(error->message);
    return kWorld;
  }
  return exit;
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
