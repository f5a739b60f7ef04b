// virga migrate: a template of one cloud, moved to another, with an account of everything in it.
#include "compiler/driver/migrate.h"
#include "compiler/cli/given.h"
#include "compiler/cli/migrate_costs.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace virga::cli {
namespace {

struct Options {
  std::string path, from, to, out, app, loads, form = "text";
};

constexpr std::size_t kLargestLoads = 1u << 20;

nlohmann::ordered_json json_of(const driver::Migrated& made) {
  const adopt::MoveReport& r = made.report;
  nlohmann::ordered_json j{{"app", r.app}, {"from", r.from}, {"to", r.to}, {"made", r.whole}, {"blocking", r.blocking}};
  auto& totals = j["totals"] = nlohmann::ordered_json::object();
  for (const auto& [fate, n] : r.totals) totals[std::string(fate)] = n;
  j["effort"] = r.effort;
  j["loads"] = made.costs.loads;
  j["cost"] = r.cost;
  j["costs"] = move_costs_json(made);
  auto& rows = j["rows"] = nlohmann::ordered_json::array();
  for (const adopt::MovedRow& row : r.rows) {
    nlohmann::ordered_json one{{"id", row.id}, {"type", row.type}};
    if (!row.property.empty()) one["property"] = row.property;
    one["fate"] = adopt::to_text(row.fate);
    if (!row.as.empty()) one["as"] = row.as;
    if (!row.says.empty()) one["says"] = row.says;
    if (!row.place.empty()) one["place"] = row.place;
    if (row.blocking) one["blocking"] = true;
    rows.push_back(std::move(one));
  }
  return j;
}

std::string markdown_of(const driver::Migrated& made) { return adopt::markdown_of(made.report) + move_costs_markdown(made); }

std::string said(const Options& o, const driver::Migrated& made) {
  if (o.form == "json") return json_of(made).dump(2) + "\n";
  return o.form == "markdown" ? markdown_of(made) : adopt::text_of(made.report) + move_costs_text(made);
}

/// Whether the file of loads would be a part of the program that is written.
bool is_beside_the_program(const Options& o) {
  namespace fs = std::filesystem;
  const auto plain = [](const std::string& path) { return fs::absolute(path).lexically_normal(); };
  return !o.out.empty() && o.loads.ends_with(".virga") && plain(o.loads).parent_path() == plain(o.out + "/").parent_path();
}

/// The file of loads, among the session's sources; null without one. Nothing when the world said no, which was reported.
std::optional<const SourceFile*> read_loads(const std::string& path, Session& session) {
  if (path.empty()) return nullptr;
  auto text = read_named(path, kLargestLoads);
  if (!text) return std::nullopt;
  if (first_bad_utf8(text->text) != std::string_view::npos) {
    complain("`" + path + "` is not UTF-8 text");
    return std::nullopt;
  }
  return &session.front.project.sources.add(path, std::move(text->text));
}

int run(const Options& o) {
  Session session;
  int exit = kFine;
  const auto given = read_given(o.path, o.from, session, exit);
  if (!given) return exit;
  const auto& [files_of, from, folder, named] = *given;
  const cloud::Target to = cloud::find_target(o.to);
  if (to.format == nullptr || to.backend == from.backend) {
    complain(to.format == nullptr ? "there is no target `" + o.to + "`"
                                  : "`" + o.to + "` is of the same cloud; `virga import` makes a program of the template");
    return kUsage;
  }
  if (is_beside_the_program(o)) {
    complain("`" + o.loads + "` would be a part of the program that is written to `" + o.out +
             "`: keep it in another folder");
    return kUsage;
  }
  const auto loads = read_loads(o.loads, session);
  if (!loads) return kWorld;
  driver::Migrated made = driver::migrate(
      {files_of, from, to, app_name(o.path, o.app, *from.format), named, folder.get(), *loads}, session.sink);
  report(session, Form::text);
  if (made.program.empty()) return kErrors;
  made.report.cost = move_cost(made);
  const std::string app = made.report.app;
  if (!o.out.empty()) {
    std::map<std::string, std::string> files = made.beside;
    files[app + ".virga"] = made.program;
    files["migration.md"] = markdown_of(made);
    files["migration.json"] = json_of(made).dump(2) + "\n";
    for (const auto& [path, bytes] : made.files) files[path] = bytes;
    if (const auto error = write_files(o.out, files)) {
      complain(error->message);
      return kWorld;
    }
  }
  if (print(said(o, made)) != kFine) return kWorld;
  return made.report.blocking > 0 || session.sink.has_errors() ? kErrors : kFine;
}

}  // namespace

void add_migrate(Program& program) {
  auto o = std::make_shared<Options>();
  Command c = program.command("migrate", "move a template to another cloud, and account for everything in it");
  c.text("template", o->path, "the file, or the folder of a configuration").required();
  c.text("--to", o->to, "the target of the other cloud").required();
  c.text("--from", o->from, "the target whose template it is; left out, its text tells");
  c.text("--out,-o", o->out,
         "the folder for the program, the templates and the report; left out, the report is printed alone");
  c.text("--app", o->app, "the name of the app; left out, that of the file or its folder");
  c.text("--loads", o->loads, "a file that says how much runs over nodes and edges: what a month costs before and after");
  c.text("--form", o->form, "of the report: text, json or markdown").one_of({"text", "json", "markdown"});
  c.runs([o] { return run(*o); });
}

}  // namespace virga::cli
