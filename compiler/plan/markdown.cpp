// The plan as a comment on a change: one line where nothing matters, dangers first, details folded.
#include "compiler/diagnostics/display.h"
#include "compiler/plan/report.h"
#include "compiler/plan/steps.h"

#include <fmt/format.h>

namespace virga::plan {
namespace {

/// Nothing of a text may end what it stands in.
std::string code(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '`' ? '\'' : c;
  return "`" + out + "`";
}

void dangers(const Report& report, std::string& out) {
  for (const StackReport& s : report.stacks) {
    for (std::size_t i = 0; i < s.plan.changes.size(); ++i) {
      const UnitChange& c = s.plan.changes[i];
      for (const Effect& e : c.effects) {
        const bool bad = e.kind == Effect::Kind::data_lost || e.kind == Effect::Kind::refused;
        out += fmt::format("- {}**{}** {} on {}: {}\n", bad && e.accepted.empty() ? "⛔ " : "",
                           s.owners[i].name.empty() ? report.app : s.owners[i].name, code(c.unit().address), title_of(s),
                           diag::visible_whole(sentence(e)));
      }
    }
  }
}

void limits(const Report& report, std::string& out) {
  for (const StackReport& s : report.stacks) {
    for (const Close& c : s.close)
      out += fmt::format("- close to a limit on {}: {} ({})\n", title_of(s), sentence(c), c.source);
  }
}

}  // namespace

std::string render_markdown(const Report& report, const TextOptions& options) {
  const std::string against = report.standing.empty() ? "" : " against " + code(report.standing);
  if (!report.changes()) {
    std::string out = fmt::format("**{}**{}: nothing changes\n", report.app, against);
    limits(report, out);
    return out;
  }
  std::string out = fmt::format("### Plan of {}{}\n\n", report.app, against);
  const std::size_t begin = out.size();
  dangers(report, out);
  limits(report, out);
  if (report.blocked() > 0)
    out += fmt::format("\n{} loss{} of data must be accepted: `virga plan --accept MARK`, or an `allow` in the program.\n",
                       report.blocked(), report.blocked() == 1 ? "" : "es");
  if (report.meaning) {
    std::set<std::string> owning;
    for (const StackReport& s : report.stacks) {
      for (const Owner& o : s.owners) owning.insert(o.identity);
    }
    for (const std::string& l : node_lines(*report.meaning, owning, options)) out += "- " + diag::visible_whole(l) + "\n";
    for (const std::string& l : edge_lines(*report.meaning, options)) out += "- " + diag::visible_whole(l) + "\n";
    if (!report.picture.empty())
      out += "\n<details><summary>before and after</summary>\n\n```mermaid\n" + report.picture + "```\n\n</details>\n";
  }
  if (out.size() > begin) out += "\n";
  out += "| stack | create | update | replace | remove | as it is |\n|---|---|---|---|---|---|\n";
  for (const StackReport& s : report.stacks) {
    out += fmt::format("| {} | {} | {} | {} | {} | {} |\n", title_of(s), s.plan.count(Action::create),
                       s.plan.count(Action::update), s.plan.count(Action::replace), s.plan.count(Action::remove),
                       s.plan.unchanged);
  }
  for (const StackReport& s : report.stacks) {
    for (const std::string& moves : s.moves) out += "\n" + moves + "\n";
  }
  out += "\n<details><summary>every change</summary>\n\n```text\n";
  TextOptions stacks = options;
  stacks.stacks_alone = true;
  std::string text = render_text(report, stacks);
  for (std::size_t at = 0; (at = text.find("```", at)) != std::string::npos;) text.replace(at, 3, "'''");
  out += text + "```\n\n</details>\n";
  const Report* const apps[] = {&report};
  const Order order = order_of(apps);
  out += "\n<details><summary>how it is deployed</summary>\n\n```sh\n";
  for (const Step& step : order.steps) {
    out += "# " + describe(step, apps) + "\n";
    for (const std::string& command : commands_of(step, apps)) out += command + "\n";
  }
  return out + "```\n\n</details>\n";
}

}  // namespace virga::plan
