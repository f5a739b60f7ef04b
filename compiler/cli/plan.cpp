// virga plan: what a deployment would do to what stands.
#include "compiler/driver/plan.h"
#include "compiler/cli/command.h"
#include "compiler/cli/standing.h"

#include <CLI/CLI.hpp>

namespace virga::cli {
namespace {

struct Options {
  Common common;
  StandingOptions standing;
  std::vector<std::string> accept;
  std::string as = "text", save, saved, script;
  bool all = false, detailed = false;
};

std::string render(const Options& o, const plan::Report& report, const plan::TextOptions& options) {
  if (o.as == "json") return plan::render_json(report, options);
  if (o.as == "markdown") return plan::render_markdown(report, options);
  return plan::render_text(report, options);
}

/// Whether a plan that was saved says what this one does; complains when it doesn't.
int check_saved(const std::string& path, const std::string& now) {
  constexpr std::size_t kLargest = 256u << 20;
  const auto saved = read_named(path, kLargest);
  if (!saved) return kWorld;
  if (saved->text == now) return kFine;
  complain("the plan in `" + path + "` fits no more: the program or what stands has changed since. Make a new one");
  return kErrors;
}

/// A word that a shell takes as it is.
std::string shell_word(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += "'\\''";
    else out += c;
  }
  return out + "'";
}

/// The commands of all stacks, as a script that stops at the first mistake.
std::string script_of(const plan::Report& report, const Options& o) {
  std::string out =
      "#!/bin/sh\n# Deploys " + report.app + ". Made by `virga plan`; run where its output folder `out` lies.\nset -eu\n";
  out += "\nvirga compile " + shell_word(o.common.path) +
         (o.common.stage.empty() ? "" : " --stage " + shell_word(o.common.stage)) + " -o out\n";
  for (const plan::StackReport& s : report.stacks) {
    if (s.commands.empty()) continue;
    out += "\n# " + s.target + (s.region.empty() ? "" : " in " + s.region) + (s.part.empty() ? "" : ", stack " + s.name) +
           ": " + plan::summary(s.plan) + "\n";
    for (const std::string& command : s.commands) out += command + "\n";
  }
  return out;
}

int run(const Options& o) {
  PlannedApp made;
  const int found = plan_for(o.common, o.standing, o.common.targets.empty() && o.common.region.empty(), made);
  if (found != kFine) return found;
  plan::Report& shown = made.planned.report;
  std::map<std::string, std::string> accepted = driver::accepted_losses(made.app->session->front);
  for (const std::string& mark : o.accept) accepted.emplace(mark, "on the command line");
  for (const std::string& mark : plan::accept_losses(shown, accepted))
    complain("nothing that is lost has the mark `" + mark + "`; what it was for is done, or changed");
  const plan::TextOptions options{o.all, false, [&](Span span) { return made.place(span); }};
  const std::string data = plan::render_json(shown, options);
  if (!o.saved.empty()) {
    if (const int fits = check_saved(o.saved, data); fits != kFine) return fits;
  }
  std::map<std::string, std::string> written;
  if (!o.save.empty()) written[o.save] = data;
  if (!o.script.empty()) written[o.script] = script_of(shown, o);
  for (const auto& [path, text] : written) {
    if (auto error = write_file(path, text)) {
      complain(error->message);
      return kWorld;
    }
  }
  if (const int printed = print(o.as == "json" ? data : render(o, shown, options)); printed != kFine) return printed;
  if (shown.refused() > 0) {
    complain("an engine refuses what is marked `refused`; `virga explain plan/refused` says what to do");
    return kErrors;
  }
  if (const std::size_t losses = shown.blocked(); losses > 0) {
    complain(fmt::format("{} loss{} of data that nobody accepts; `virga explain plan/data-lost` says how", losses,
                         losses == 1 ? "" : "es"));
    return kLoss;
  }
  return o.detailed && shown.changes() ? kChanges : kFine;
}

}  // namespace

void add_plan(CLI::App& app, int& exit) {
  auto o = std::make_shared<Options>();
  CLI::App* c = app.add_subcommand("plan", "what a deployment would do to what stands");
  add_app(*c, o->common);
  add_standing(*c, o->standing);
  c->add_option("--accept", o->accept, "the mark of a loss of data that is meant; may stand several times")
      ->allow_extra_args(false);
  c->add_option("--format", o->as, "text, json, or markdown for a comment on a change")
      ->check(CLI::IsMember({"text", "json", "markdown"}))
      ->capture_default_str();
  c->add_flag_callback(
      "--json", [o] { o->as = "json"; }, "as JSON");
  c->add_flag("--long", o->all, "also the properties of what is created");
  c->add_option("-o,--output", o->save, "write the plan, as JSON, to this file");
  c->add_option("--saved", o->saved, "check that this plan, written before, still fits");
  c->add_option("--script", o->script, "write the commands that deploy it to this file");
  c->add_flag("--detailed-exitcode", o->detailed, "end with 2 when something changes");
  c->callback([o, &exit] { exit = run(*o); });
}

}  // namespace virga::cli
