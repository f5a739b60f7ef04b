// virga migrate: a template of one cloud, moved to another, with an account of everything in it.
#include "compiler/driver/migrate.h"
#include "compiler/cli/given.h"
#include "compiler/cli/migrate_costs.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/driver/nested.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <set>

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

/// For people: text or Markdown.
std::string said(const Options& o, const driver::Migrated& made) {
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

/// One template, and those that it names, each of which is an app of its own below the folder of the outer one.
class Mover {
 public:
  /// What became of one, with those within it.
  struct Moved {
    int exit = kFine;
    std::string app;  ///< empty: nothing was made
    adopt::MovedNested nested;
    nlohmann::ordered_json json;
    std::string text;
  };
  std::map<std::string, std::string> files;  ///< to be written below the outermost folder

  /// `below` is the folder of the app, with a slash at its end; empty for the outermost one.
  Moved run(const Options& o, const std::string& below) {
    Session session;
    Moved out;
    int exit = kFine;
    const auto given = read_given(o.path, o.from, session, exit);
    out.exit = exit;
    if (!given) return out;
    const auto& [files_of, from, folder, named] = *given;
    const cloud::Target to = cloud::find_target(o.to);
    if (to.backend == from.backend) {
      complain("`" + o.to + "` is of the same cloud; `virga import` makes a program of the template");
      out.exit = kUsage;
      return out;
    }
    const auto loads = read_loads(o.loads, session);
    if (!loads) return out;
    const Nests nests = nested(o, below, files_of, from, named, session);
    driver::Migrated made = driver::migrate(
        {files_of, from, to, app_name(o.path, o.app, *from.format), named, folder.get(), *loads, nests.rows}, session.sink);
    report(session, Form::text);
    out.exit = kErrors;
    if (made.program.empty()) return out;
    made.report.cost = move_cost(made);
    out.app = made.report.app;
    out.json = json_of(made);
    if (!nests.json.empty()) out.json["nested"] = nests.json;
    out.text = o.form == "json" ? std::string() : said(o, made) + nests.text;
    out.nested.whole = made.report.whole;
    out.nested.blocking = made.report.blocking;
    keep(made, out, below);
    if (made.report.blocking == 0 && !session.sink.has_errors()) out.exit = nests.exit;
    return out;
  }

 private:
  struct Nests {
    std::vector<adopt::MovedNested> rows;
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    std::string text;
    int exit = kFine;
  };

  /// The templates that one names move first: its report says what became of them.
  Nests nested(const Options& o, const std::string& below, std::span<const SourceFile* const> files_of,
               const cloud::Target& from, const cloud::NamedFiles& named, Session& session) {
    Nests out;
    diag::Sink nothing;  // what is wrong with it is told when it moves itself
    const cloud::Stack stack = from.format->read_as_given(files_of, named, nothing);
    const std::string here = same_file(o.path);
    open_.insert(here);
    for (const driver::Nested& one : driver::nested_in(stack, *from.format->family(), named)) {
      adopt::MovedNested row{one.id, one.path, one.name, one.known, false, 0, one.between, one.given};
      Options inner = o;
      inner.path = (std::filesystem::path(o.path).parent_path() / one.path).generic_string();
      inner.app = one.name;
      inner.from.clear();
      inner.loads.clear();
      const std::string place = same_file(inner.path);
      if (one.known && open_.contains(place)) {
        session.sink.report({files_of.front()->id, 0, 0}, diag::codes::AdoptNestsItself, one.path);
      } else if (one.known && open_.size() == kDeepestNested) {
        complain(fmt::format("templates are nested more than {} deep: `{}` is left out", kDeepestNested, inner.path));
        out.exit = kErrors;
      } else if (one.known) {
        const auto known = moved_.find(place);  // two of the same are one app
        Moved made = known == moved_.end() ? run(inner, below + one.name + "/") : known->second;
        if (!made.app.empty()) row.app = made.app;
        row.whole = made.nested.whole;
        row.blocking = made.nested.blocking;
        out.exit = std::max(out.exit, made.exit);
        if (known == moved_.end() && !made.app.empty()) {
          nlohmann::ordered_json said = made.json;
          said["id"] = one.id;
          said["folder"] = below + one.name;
          out.json.push_back(std::move(said));
          if (!made.text.empty()) out.text += "\n" + made.text;
          moved_.emplace(place, std::move(made));
        }
      }
      out.rows.push_back(std::move(row));
    }
    open_.erase(here);
    return out;
  }

  void keep(const driver::Migrated& made, const Moved& out, const std::string& below) {
    for (const auto& [path, text] : made.beside) files[below + path] = text;
    files[below + out.app + ".virga"] = made.program;
    files[below + "migration.md"] = markdown_of(made);
    files[below + "migration.json"] = out.json.dump(2) + "\n";
    for (const auto& [path, bytes] : made.files) files[below + path] = bytes;
  }

  std::set<std::string> open_;
  std::map<std::string, Moved> moved_;
};

int run(const Options& o) {
  if (cloud::find_target(o.to).format == nullptr) {
    complain("there is no target `" + o.to + "`");
    return kUsage;
  }
  if (is_beside_the_program(o)) {
    complain("`" + o.loads + "` would be a part of the program that is written to `" + o.out +
             "`: keep it in another folder");
    return kUsage;
  }
  Mover mover;
  const Mover::Moved made = mover.run(o, "");
  if (made.app.empty()) return made.exit;
  if (!o.out.empty()) {
    if (const auto error = write_files(o.out, mover.files)) {
      complain(error->message);
      return kWorld;
    }
  }
  if (print(o.form == "json" ? made.json.dump(2) + "\n" : made.text) != kFine) return kWorld;
  return made.exit;
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
