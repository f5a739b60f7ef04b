// virga plan: what a deployment would do to what stands.
#include "compiler/driver/plan.h"
#include "compiler/cli/command.h"
#include "compiler/cli/policies.h"
#include "compiler/cli/shell.h"
#include "compiler/cli/standing.h"
#include "compiler/plan/steps.h"

#include <algorithm>
#include <set>

namespace virga::cli {
namespace {

struct Options {
  Common common;
  StandingOptions standing;
  std::vector<std::string> accept;
  std::string as = "text", save, saved, script, policy;
  bool all = false, detailed = false;
};

/// What is planned: one app, or all of a workspace.
struct Made {
  std::vector<PlannedApp> apps;
  plan::Workspace whole;  ///< refers to the apps

  [[nodiscard]] bool is_workspace() const { return !whole.name.empty(); }
  [[nodiscard]] std::string json() const {
    return is_workspace() ? plan::render_json(whole) : plan::render_json(*whole.apps[0].report, whole.apps[0].options);
  }
  [[nodiscard]] std::string text(const std::string& as) const {
    const plan::Workspace::App& app = whole.apps[0];
    if (as == "json") return json();
    if (as == "markdown")
      return is_workspace() ? plan::render_markdown(whole) : plan::render_markdown(*app.report, app.options);
    if (as == "html") return is_workspace() ? plan::render_html(whole) : plan::render_html(*app.report, app.options);
    if (as == "svg") return plan::render_svg(*app.report);
    return is_workspace() ? plan::render_text(whole) : plan::render_text(*app.report, app.options);
  }
};

/// Whether a plan that was saved says what this one does; complains when it doesn't.
int check_saved(const std::string& path, const std::string& now) {
  constexpr std::size_t kLargest = 256u << 20;
  const auto saved = read_named(path, kLargest);
  if (!saved) return kWorld;
  if (saved->text == now) return kFine;
  complain("the plan in `" + path + "` fits no more: the program or what stands has changed since. Make a new one");
  return kErrors;
}

void complain_unused(const std::string& mark) {
  complain("nothing that is lost has the mark `" + mark + "`; what it was for is done, or changed");
}

/// The app, or the apps, compiled and planned. An exit code; what is wrong has been reported.
int make(const Options& o, Made& out) {
  const bool all = o.common.targets.empty() && o.common.region.empty();
  if (is_workspace(o.common.path)) {
    if (o.as == "svg") {
      complain("a picture is of one app; name the folder of one, or take `--format html`");
      return kUsage;
    }
    if (const int found = plan_workspace(o.common, o.standing, all, out.apps, out.whole); found != kFine) return found;
  } else {
    out.apps.emplace_back();
    if (const int found = plan_for(o.common, o.standing, all, out.apps.back()); found != kFine) return found;
    out.apps.back().planned.report.make = {compile_command(o.common) + (places(out.apps) ? past_of(o.standing) : "")};
  }
  for (PlannedApp& app : out.apps) {
    const PlannedApp* place = &app;  // they move no more
    out.whole.apps.push_back({&app.planned.report, {o.all, false, [place](Span span) { return place->place(span); }, true}});
  }
  return kFine;
}

/// Marks what the programs and the command line accept.
void accept(const Options& o, Made& made) {
  std::set<std::string> used;
  for (PlannedApp& app : made.apps) {
    std::map<std::string, std::string> accepted;
    for (const std::string& mark : o.accept) accepted.emplace(mark, "on the command line");
    const auto own = driver::accepted_losses(app.app->session->front);
    for (const auto& [mark, why] : own) accepted.insert_or_assign(mark, why);
    const auto unused = plan::accept_losses(app.planned.report, accepted);
    for (const auto& [mark, why] : accepted) {
      if (std::find(unused.begin(), unused.end(), mark) == unused.end()) used.insert(mark);
      else if (own.contains(mark)) complain_unused(mark);
    }
  }
  for (const std::string& mark : o.accept) {
    if (!used.contains(mark)) complain_unused(mark);
  }
}

/// The same plan again, held against the one that was written.
std::string check_command(const Options& o) {
  if (o.save.empty()) return "";
  std::string out = "virga plan" + options_of(o.common);
  out += past_of(o.standing);
  for (const std::string& file : o.standing.deployed) out += " --deployed " + shell_word(file);
  if (!o.standing.part.empty()) out += " --part " + shell_word(o.standing.part);
  for (const std::string& mark : o.accept) out += " --accept " + shell_word(mark);
  return out + " --saved " + shell_word(o.save);
}

int run(const Options& o) {
  Made made;
  if (const int found = make(o, made); found != kFine) return found;
  accept(o, made);
  const std::string data = made.json();
  if (!o.saved.empty()) {
    if (const int fits = check_saved(o.saved, data); fits != kFine) return fits;
  }
  std::map<std::string, std::string> written;
  if (!o.save.empty()) written[o.save] = data;
  if (!o.script.empty()) written[o.script] = plan::render_script(made.whole.reports(), check_command(o));
  for (const auto& [path, text] : written) {
    if (auto error = write_file(path, text)) {
      complain(error->message);
      return kWorld;
    }
  }
  if (!o.policy.empty()) {
    if (const int wrote = write_policies(made.whole, o.policy); wrote != kFine) return wrote;
  }
  if (const int printed = print(made.text(o.as)); printed != kFine) return printed;
  std::size_t refused = 0, losses = 0;
  for (const plan::Report* report : made.whole.reports()) {
    refused += report->refused();
    losses += report->blocked();
  }
  if (refused > 0) {
    complain("an engine refuses what is marked `refused`; `virga explain plan/refused` says what to do");
    return kErrors;
  }
  if (losses > 0) {
    complain(fmt::format("{} loss{} of data that nobody accepts; `virga explain plan/data-lost` says how", losses,
                         losses == 1 ? "" : "es"));
    return kLoss;
  }
  return o.detailed && made.whole.changes() ? kChanges : kFine;
}

}  // namespace

void add_plan(Program& program) {
  auto o = std::make_shared<Options>();
  Command c = program.command("plan", "what a deployment would do to what stands");
  add_app(c, o->common);
  add_standing(c, o->standing);
  c.texts("--accept", o->accept, "the mark of a loss of data that is meant; may stand several times").one_each();
  c.text("--format", o->as, "text, json, markdown for a comment on a change, html for a page, or svg for its picture")
      .one_of({"text", "json", "markdown", "html", "svg"})
      .shows_default();
  c.flag(
      "--json", [o] { o->as = "json"; }, "as JSON");
  c.flag("--long", o->all, "also the properties of what is created");
  c.text("-o,--output", o->save, "write the plan, as JSON, to this file");
  c.text("--saved", o->saved, "check that this plan, written before, still fits");
  c.text("--script", o->script, "write the commands that deploy it to this file");
  c.text("--policy", o->policy, "write what whoever deploys must be allowed into this folder, as the clouds' own policies");
  c.flag("--detailed-exitcode", o->detailed, "end with 2 when something changes");
  c.runs([o] { return run(*o); });
}

}  // namespace virga::cli
