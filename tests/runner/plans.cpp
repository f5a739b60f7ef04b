#include "tests/runner/plans.h"

#include "compiler/diagnostics/render.h"
#include "compiler/driver/plan.h"
#include "compiler/plan/steps.h"
#include "tests/runner/expectation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

namespace virga::test {
namespace {

namespace fs = std::filesystem;

std::string findings(const Outcome& o) { return diag::render_text(o.sink, o.front.project.sources); }

driver::Planned plan_of(const Outcome* before, const Outcome& after) {
  driver::Standing standing;
  if (before != nullptr) standing.earlier = driver::Earlier{&before->front, &before->stacks, "before"};
  return driver::make_plan(after.front, after.stacks, standing, true);
}

plan::TextOptions options_for(const Outcome& o) {
  return {false, false, [&o](Span span) { return driver::place_of(o.front.project.sources, span); }, true};
}

/// Units by address, so that order does not matter.
std::vector<cloud::Unit> sorted(std::vector<cloud::Unit> units) {
  std::sort(units.begin(), units.end(), [](const auto& a, const auto& b) { return a.address < b.address; });
  return units;
}

/// The law of carrying out, for every stack that both have.
void check_applied(const Outcome& before, const Outcome& after, const std::string& what) {
  for (const driver::TargetStack& wanted : after.stacks) {
    for (const driver::TargetStack& stands : before.stacks) {
      if (stands.target.name() != wanted.target.name() || !driver::same_part(stands.part, wanted.part)) continue;
      const auto old = stands.target.format->units(stands.lowered.stack);
      const auto now = wanted.target.format->units(wanted.lowered.stack);
      const plan::StackPlan plan = plan::diff(old, now, wanted.target.backend->catalog());
      EXPECT_TRUE(sorted(plan::apply(old, plan)) == sorted(now))
          << what << ": what was carried out on " << wanted.target.name() << " is not what was wanted";
      for (const plan::UnitChange& c : plan.changes) {
        const bool says_nothing = c.before != nullptr && c.after != nullptr && c.changes.empty();
        EXPECT_FALSE(says_nothing && c.before->type == c.after->type) << what << ": " << c.unit().address;
      }
    }
  }
}

/// Every node under another name, standing as what it was.
void check_moved(const Outcome& before, const Program& program) {
  for (const driver::TargetStack& stands : before.stacks) {
    if (!stands.part.empty()) continue;  // lowering knows nothing of parts
    Architecture a = before.front.architecture;
    for (Node& node : a.nodes) {
      node.stands_as = node.identity();
      node.name = "x_" + node.name;
    }
    diag::Sink sink;
    const std::map<NodeId, cloud::CodeArtifact> none;
    const auto lower = [&](const Architecture& of) {
      return stands.target.backend->lower({of,
                                           stands.target.format->name(),
                                           stands.region,
                                           {},
                                           true,
                                           none,
                                           stands.target.format->has_exports(),
                                           stands.target.format->uploads_code()},
                                          sink);
    };
    const auto was = stands.target.format->units(lower(before.front.architecture).stack);
    const auto is = stands.target.format->units(lower(a).stack);
    const plan::StackPlan plan = plan::diff(was, is, stands.target.backend->catalog());
    for (const plan::UnitChange& c : plan.changes) {
      std::string why;
      for (const plan::Change& change : c.changes) {
        // Variables have the new name, and what keeps them in a version of its own gets another version.
        const std::string path = plan::to_text(change.path);
        const bool variables = path.find("nvironment") != std::string::npos || path.starts_with("container_definitions");
        if (change.weight == plan::Weight::replaces && !variables && change.follows.empty())
          why += fmt::format("; {}", fmt::join(plan::lines(change), ", "));
      }
      // A deployment of a gateway, and a version of a function, are pictures; each change makes another one.
      const auto is_a = [&](std::string_view type) { return c.unit().type.ends_with(type); };
      const bool picture = is_a("::Deployment") || is_a("_deployment") || is_a("Version") || is_a("_version");
      const bool follows = c.action == plan::Action::replace && why.empty();
      EXPECT_TRUE(c.action == plan::Action::update || picture || follows)
          << program.name << " on " << stands.target.name() << ": renaming would " << plan::word(c.action) << " "
          << c.unit().address << why;
    }
  }
}

/// The policies of all stacks, and what is said of them.
std::string policies(const plan::Report& report) {
  std::string out;
  for (const auto& [name, text] : plan::policy_files(report)) out += "// " + name + "\n" + text;
  for (const plan::StackReport& s : report.stacks) {
    for (const std::string& note : s.policy.notes) out += "// " + s.target + ": " + note + "\n";
  }
  return out.empty() ? "// nothing\n" : out;
}

}  // namespace

void check_plan(const fs::path& folder) {
  const auto program = [&](const std::string& name) {
    Program p = program_of_text(folder.filename().string(), read_text(folder / name));
    const fs::path parts = folder / (name.substr(0, name.find('.')) + ".parts");
    if (fs::exists(parts)) p.files.put("virga.parts", read_text(parts));
    p.paths = {"main.virga"};
    p.files.put("other/index.py", "def handler(event, context):\n    return 1\n");  // another code than that of `code`
    return p;
  };
  std::unique_ptr<Outcome> before;
  if (fs::exists(folder / "before.virga")) {
    before = run(program("before.virga"));
    EXPECT_FALSE(before->sink.has_errors()) << findings(*before);
  }
  RunOptions with_past;
  if (before) with_past.stands = driver::standing_ids({driver::Earlier{&before->front, &before->stacks, ""}, {}, ""});
  const auto after = run(program("after.virga"), with_past);
  EXPECT_FALSE(after->sink.has_errors()) << findings(*after);
  if (after->sink.has_errors() || (before && before->sink.has_errors())) return;
  driver::Planned planned = plan_of(before.get(), *after);
  planned.report.make = {"virga compile . -o out"};
  auto accepted = driver::accepted_losses(after->front);
  const std::string text = read_text(folder / "after.virga");
  static const std::regex mark("// accept: ([0-9a-f]+)");
  for (auto it = std::sregex_iterator(text.begin(), text.end(), mark); it != std::sregex_iterator(); ++it)
    accepted[(*it)[1]] = "on the command line";
  const auto unused = plan::accept_losses(planned.report, accepted);
  const plan::TextOptions options = options_for(*after);
  std::string shown = plan::render_text(planned.report, options);
  for (const std::string& m : unused) shown += "not lost: " + m + "\n";
  if (planned.report.blocked() > 0) shown += fmt::format("blocked: {}\n", planned.report.blocked());
  if (planned.report.refused() > 0) shown += fmt::format("refused: {}\n", planned.report.refused());
  expect_file(folder / "expect.text", shown);
  if (fs::exists(folder / "expect.md")) expect_file(folder / "expect.md", plan::render_markdown(planned.report, options));
  if (fs::exists(folder / "expect.json")) expect_file(folder / "expect.json", plan::render_json(planned.report, options));
  if (fs::exists(folder / "expect.long")) {
    plan::TextOptions long_options = options;
    long_options.all = true;
    expect_file(folder / "expect.long", plan::render_text(planned.report, long_options));
  }
  const plan::Report* const apps[] = {&planned.report};
  if (fs::exists(folder / "expect.sh")) expect_file(folder / "expect.sh", plan::render_script(apps, ""));
  if (fs::exists(folder / "expect.policy.json")) expect_file(folder / "expect.policy.json", policies(planned.report));
  if (fs::exists(folder / "expect.html")) expect_file(folder / "expect.html", plan::render_html(planned.report, options));
  if (fs::exists(folder / "expect.svg")) expect_file(folder / "expect.svg", plan::render_svg(planned.report));
  if (before) check_applied(*before, *after, folder.filename().string());
}

void check_plan_laws(const Program& program) {
  const auto once = run(program);
  if (once->sink.has_errors() || once->stacks.empty()) return;
  const auto again = run(program);
  const driver::Planned same = plan_of(again.get(), *once);
  EXPECT_FALSE(same.report.changes()) << plan::render_text(same.report, options_for(*once));
  EXPECT_TRUE(same.report.meaning->empty());

  const std::string recorded = plan::write(driver::record_of(once->front, once->stacks));
  auto read = plan::read_record(recorded);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(plan::write(*read), recorded);
  driver::Standing standing;
  standing.record = std::move(*read);
  const driver::Planned over_record = driver::make_plan(once->front, once->stacks, standing, true);
  EXPECT_FALSE(over_record.report.changes()) << plan::render_text(over_record.report, options_for(*once));

  const driver::Planned first = plan_of(nullptr, *once), second = plan_of(nullptr, *again);
  EXPECT_EQ(plan::render_json(first.report, {}), plan::render_json(second.report, {}));
  for (const plan::StackReport& s : first.report.stacks) {
    EXPECT_EQ(s.plan.count(plan::Action::create), s.plan.changes.size());
    for (const plan::UnitChange& c : s.plan.changes)
      EXPECT_GT(c.wave, 0u) << program.name << " on " << s.target << ": " << c.unit().address << " is in no wave";
  }
  check_moved(*once, program);
}

void check_plan_between(const Program& before, const Program& after) {
  const auto b = run(before), a = run(after);
  if (b->sink.has_errors() || a->sink.has_errors()) return;
  check_applied(*b, *a, before.name + " → " + after.name);
}

}  // namespace virga::test
