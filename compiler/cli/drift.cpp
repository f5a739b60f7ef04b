// virga drift: where what the engine recorded is not what the program says.
#include "compiler/cli/command.h"
#include "compiler/cli/standing.h"

namespace virga::cli {
namespace {

struct Options {
  Common common;
  StandingOptions standing;
  bool json = false;
};

/// Only what the program declares: what stands besides is somebody else's. Seen from what stands, so old and new are turned.
void keep_declared(plan::Report& report) {
  for (plan::StackReport& s : report.stacks) {
    std::vector<plan::UnitChange> changes;
    std::vector<plan::Owner> owners;
    for (std::size_t i = 0; i < s.plan.changes.size(); ++i) {
      plan::UnitChange& c = s.plan.changes[i];
      // What changes only because something else is made anew has not drifted.
      std::erase_if(c.changes, [](const plan::Change& change) { return !change.follows.empty(); });
      const bool declared = c.after != nullptr;
      if (!declared || c.action == plan::Action::none) continue;
      if (c.before != nullptr && c.changes.empty() && c.before->type == c.after->type) continue;
      for (plan::Change& change : c.changes) std::swap(change.before, change.after);
      c.effects.clear();
      changes.push_back(std::move(c));
      owners.push_back(std::move(s.owners[i]));
    }
    s.plan.changes = std::move(changes);
    s.owners = std::move(owners);
    s.plan.critical.clear();
    s.archives.clear();
    s.upload.clear();
    s.commands.clear();
    s.variables.clear();
    s.close.clear();
    s.notes.clear();
  }
}

int run(const Options& o) {
  if (o.standing.record.empty() && o.standing.deployed.empty()) {
    complain("say what was recorded: `--state FILE`, or `--deployed FILE`");
    return kUsage;
  }
  PlannedApp made;
  const int found = plan_for(o.common, o.standing, false, made);
  if (found != kFine) return found;
  plan::Report& shown = made.planned.report;
  keep_declared(shown);
  const plan::TextOptions options{false, false, [&](Span span) { return made.place(span); }, false};
  const std::string text = o.json ? plan::render_json(shown, options) : plan::render_drift(shown, options);
  if (const int printed = print(text); printed != kFine) return printed;
  return shown.changes() ? kChanges : kFine;
}

}  // namespace

void add_drift(Program& program) {
  auto o = std::make_shared<Options>();
  Command c = program.command("drift", "where what the engine recorded is not what the program says");
  add_app(c, o->common);
  add_standing(c, o->standing);
  c.flag("--json", o->json, "as JSON: the form of a plan, whose old is what the program says and whose new is what stands");
  c.runs([o] { return run(*o); });
}

}  // namespace virga::cli
