#include "compiler/cli/standing.h"

#include "compiler/cli/shell.h"

#include "compiler/diagnostics/render.h"

#include <filesystem>

namespace virga::cli {
namespace {

int read_earlier(const Common& common, const std::string& revision, StandingFiles& out) {
  bool nothing = false;
  std::string name;
  auto session = open_at(common, revision, name, nothing);
  if (nothing) {
    complain("nothing of it stands at `" + revision + "`: a first deployment");
    return kFine;
  }
  auto earlier = std::make_unique<Compiled>(compile(std::move(session), common));
  if (earlier->exit() == kWorld || earlier->exit() == kUsage) return earlier->exit();
  if (earlier->failed()) {
    complain("the program at `" + revision + "` has errors, so nobody can say what stands:");
    report(*earlier->session, Form::text);
    return kErrors;
  }
  out.standing.earlier = driver::Earlier{&earlier->session->front, &earlier->stacks, name};
  out.earlier = std::move(earlier);
  return kFine;
}

int read_recorded(const std::string& path, StandingFiles& out) {
  constexpr std::size_t kLargest = 256u << 20;
  const auto text = read_named(path, kLargest);
  if (!text) return kWorld;
  auto record = plan::read_record(text->text);
  if (!record) {
    complain("`" + path + "`: " + record.error().message);
    return kErrors;
  }
  out.standing.record = std::move(*record);
  out.standing.name = path;
  return kFine;
}

/// The file as the engine's own record; null when it is none.
const SourceFile* engine_record(const std::string& path, const cloud::Format& format, Session& session) {
  constexpr std::size_t kLargest = 256u << 20;
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return nullptr;
  auto text = read_named(path, kLargest);
  if (!text || first_bad_utf8(text->text) != std::string_view::npos) return nullptr;
  const SourceFile& file = session.front.project.sources.add(path, std::move(text->text));
  return format.is_record(file) ? &file : nullptr;
}

int read_deployed(const std::vector<std::string>& paths, const Compiled& wanted, StandingFiles& out) {
  if (wanted.stacks.size() != 1) {
    const bool parted =
        std::any_of(wanted.stacks.begin(), wanted.stacks.end(), [](const auto& s) { return !s.part.empty(); });
    complain(std::string("`--deployed` is about one stack: say which by `--target` and `--region`") +
             (parted ? ", and by `--part`, since the app stands in several" : ""));
    return kUsage;
  }
  const driver::TargetStack& stack = wanted.stacks.front();
  const cloud::Format& format = *stack.target.format;
  Session session;
  std::vector<cloud::Unit> units;
  if (const SourceFile* record = paths.size() == 1 ? engine_record(paths.front(), format, session) : nullptr) {
    units = format.recorded(*record, format.units(stack.lowered.stack), session.sink);
  } else {
    const auto read = read_template(paths, stack.target, session);
    if (!read) return kWorld;
    if (!session.sink.has_errors()) units = format.units(*read);
  }
  report(session, Form::text);
  if (session.sink.has_errors()) return kErrors;
  const Architecture& a = wanted.session->front.architecture;
  plan::RecordedStack recorded{stack.target.name(), stack.region, std::move(units), {}, stack.part};
  recorded.owners.resize(recorded.units.size());
  out.standing.record = plan::Record{a.app.name, a.app.stage, {std::move(recorded)}};
  out.standing.name = paths.front();
  return kFine;
}

/// Leaves only the stacks of one part; complains when there are none.
bool take_part(const std::string& part, Compiled& app) {
  if (part.empty()) return true;
  std::erase_if(app.stacks, [&](const driver::TargetStack& s) { return s.part != part; });
  if (app.stacks.empty()) complain("no stack of the app has the part `" + part + "`");
  return !app.stacks.empty();
}

/// `--base` and `--state`.
std::pair<Option, Option> declare_past(Command& command, StandingOptions& o) {
  Option base = command.text("--base", o.base, "what stands is the program at this Git revision");
  const Option record = command.text("--state", o.record, "what stands is in this file, which `virga record` wrote");
  base.excludes(record);
  return {base, record};
}

}  // namespace

void add_past(Command& command, StandingOptions& o) { declare_past(command, o); }

void add_standing(Command& command, StandingOptions& o) {
  auto [base, record] = declare_past(command, o);
  const Option deployed =
      command.texts("--deployed", o.deployed, "what stands is in these files: the template as the engine gives it out");
  command.text("--part", o.part, "with --deployed, of an app that stands in several stacks: the part that it is about")
      .needs(deployed);
  base.excludes(deployed);
  record.excludes(deployed);
}

std::unique_ptr<Compiled> compile_for_plan(const Common& common, int& exit) {
  auto app = std::make_unique<Compiled>(compile(common));
  exit = app->exit();
  if (exit == kErrors) report(*app->session, Form::text);
  if (exit != kFine) return nullptr;
  // They are the program's, not the plan's, and would bury it.
  if (const std::size_t n = diag::count(app->session->sink).warnings; n > 0)
    complain(fmt::format("{} warning{}, which `virga check` shows", n, n == 1 ? "" : "s"));
  std::size_t open = 0;
  for (const driver::TargetStack& s : app->stacks) open += s.placed.size();
  if (open > 0)
    complain(fmt::format("{} new line{} of `{}` {} planned as `virga compile` will write {}", open, open == 1 ? "" : "s",
                         app->session->front.project.parts_path, open == 1 ? "is" : "are", open == 1 ? "it" : "them"));
  return app;
}

std::string PlannedApp::place(Span span) const { return driver::place_of(app->session->front.project.sources, span); }

int read_past(const Common& common, const StandingOptions& o, StandingFiles& out) {
  if (!o.base.empty()) return read_earlier(common, o.base, out);
  if (!o.record.empty()) return read_recorded(o.record, out);
  return kFine;
}

int read_stands(Common& common, const StandingOptions& o) {
  StandingFiles past;
  const int found = read_past(common, o, past);
  if (found == kFine) common.stands = driver::standing_ids(past.standing);
  return found;
}

std::string past_of(const StandingOptions& o) {
  return (o.base.empty() ? "" : " --base " + shell_word(o.base)) +
         (o.record.empty() ? "" : " --state " + shell_word(o.record));
}

int compile_with_past(const Common& common, const StandingOptions& o, PlannedApp& out) {
  if (const int found = read_past(common, o, out.stands); found != kFine) return found;
  Common own = common;
  own.stands = driver::standing_ids(out.stands.standing);
  int exit = kFine;
  out.app = compile_for_plan(own, exit);
  if (!out.app) return exit;
  if (!take_part(o.part, *out.app)) return kUsage;
  return o.deployed.empty() ? kFine : read_deployed(o.deployed, *out.app, out.stands);
}

int plan_for(const Common& common, const StandingOptions& o, bool all, PlannedApp& out) {
  const int exit = compile_with_past(common, o, out);
  if (exit == kFine) out.planned = driver::make_plan(out.app->session->front, out.app->stacks, out.stands.standing, all);
  return exit;
}

}  // namespace virga::cli
