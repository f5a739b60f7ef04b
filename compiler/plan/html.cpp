// The plan as one page for people who decide: what is dangerous, the picture, what the program says otherwise, and then each
// stack. No script and nothing from elsewhere, so that it can be kept, printed and sent.
#include "compiler/picture/text.h"
#include "compiler/plan/html_parts.h"
#include "compiler/plan/steps.h"
#include "compiler/plan/workspace.h"

#include <fmt/format.h>

namespace virga::plan {
namespace {

using picture::xml;

/// Everything up to the first section.
std::string page_begin(const std::string& title, const std::string& lead) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<title>{}</title>\n{}</head>\n<body>\n<header>\n<h1>{}</h1>\n{}</header>\n",
      xml(title), page_style(), xml(title), lead);
}

constexpr std::string_view kEnd = "</body>\n</html>\n";

std::string lead_of(const Report& report) {
  return fmt::format("<p>Stage {}, {}.</p>\n", code(report.stage),
                     report.standing.empty() ? "a first deployment: nothing stands" : "against " + code(report.standing));
}

/// What is done, and when; each step with its commands.
std::string steps_html(std::span<const Report* const> apps) {
  const Order order = order_of(apps);
  if (order.steps.empty()) return "";
  std::string out = "<section>\n<h2>How it is deployed</h2>\n<ol class=\"steps\">\n";
  for (const Step& step : order.steps) {
    out += fmt::format("<li><details><summary>{} <span class=\"type\">wave {}</span></summary>\n<pre>",
                       xml(describe(step, apps)), step.wave);
    for (const std::string& command : commands_of(step, apps)) out += xml(command) + "\n";
    out += "</pre></details></li>\n";
  }
  return out + "</ol>\n</section>\n";
}

/// The sections about one app.
class Sections {
 public:
  Sections(const Report& report, const TextOptions& options) : report_(report), options_(options) {}

  /// `id`: what the picture's ids begin with.
  std::string run(const std::string& id) {
    dangers();
    limits();
    stacks_table();
    out_ +=
        "<section>\n<h2>Before and after</h2>\n<div class=\"picture\">\n" + render_svg(report_, id) + "</div>\n</section>\n";
    if (report_.meaning) meaning(*report_.meaning);
    if (!report_.stacks.empty()) out_ += "<h2>Stacks</h2>\n";
    for (const StackReport& s : report_.stacks) out_ += stack_html(s, report_, options_);
    return std::move(out_);
  }

 private:
  /// What nobody should miss, and what to do about it.
  void dangers() {
    std::vector<std::string> bad, other;
    for (const StackReport& s : report_.stacks) {
      for (std::size_t i = 0; i < s.plan.changes.size(); ++i) {
        const UnitChange& c = s.plan.changes[i];
        for (const Effect& e : c.effects) {
          const bool loses = e.kind == Effect::Kind::data_lost || e.kind == Effect::Kind::refused;
          std::string text =
              fmt::format("<strong>{}</strong> {} on {}: {}", xml(s.owners[i].name.empty() ? report_.app : s.owners[i].name),
                          code(c.unit().address), xml(title_of(s)), prose(sentence(e)));
          if (e.kind == Effect::Kind::data_lost && e.accepted.empty())
            text += fmt::format("<br>To accept it: {}, or in the program {}", code("virga plan --accept " + e.mark),
                                code("allow \"plan/data-lost@" + e.mark + "\" because \"…\""));
          (loses && e.accepted.empty() ? bad : other).push_back(std::move(text));
        }
      }
    }
    if (!bad.empty()) {
      out_ += "<section class=\"dangers\">\n<h2>What needs a decision</h2>\n";
      if (const std::size_t n = report_.blocked(); n > 0)
        out_ += fmt::format("<p>{} loss{} of data that nobody accepts.</p>\n", n, n == 1 ? "" : "es");
      if (const std::size_t n = report_.refused(); n > 0)
        out_ += fmt::format("<p>{} change{} that an engine refuses.</p>\n", n, n == 1 ? "" : "s");
      out_ += list(bad) + "</section>\n";
    } else {
      out_ += report_.changes()
                  ? "<p class=\"fine\">Nothing is lost that somebody has not accepted, and nothing is refused.</p>\n"
                  : "<p class=\"fine\">Nothing changes.</p>\n";
    }
    if (!other.empty()) out_ += "<section>\n<h2>What else comes of it</h2>\n" + list(other) + "</section>\n";
  }

  void limits() {
    std::vector<std::string> items;
    for (const StackReport& s : report_.stacks) {
      for (const Close& c : s.close)
        items.push_back(
            fmt::format("{} on {} <span class=\"type\">{}</span>", prose(sentence(c)), xml(title_of(s)), xml(c.source)));
    }
    if (!items.empty()) out_ += "<section>\n<h2>Close to limits</h2>\n" + list(items) + "</section>\n";
  }

  void stacks_table() {
    out_ +=
        "<section>\n<h2>Summary</h2>\n<table class=\"counts\">\n<tr><th>stack</th><th>create</th><th>update</th><th>replace"
        "</th><th>remove</th><th>as it is</th></tr>\n";
    for (const StackReport& s : report_.stacks)
      out_ += fmt::format("<tr><th>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", xml(title_of(s)),
                          s.plan.count(Action::create), s.plan.count(Action::update), s.plan.count(Action::replace),
                          s.plan.count(Action::remove), s.plan.unchanged);
    out_ += "</table>\n</section>\n";
  }

  void meaning(const Meaning& m) {
    std::vector<std::string> items;
    for (const std::string& l : node_lines(m, {}, options_)) items.push_back(prose(l));
    for (const std::string& l : edge_lines(m, options_)) items.push_back(prose(l));
    if (items.empty()) return;
    out_ += "<section>\n<h2>What the program says otherwise</h2>\n" + list(items);
    std::string reached;
    for (const std::string& name : m.reached) reached += (reached.empty() ? "" : ", ") + code(name);
    if (!reached.empty()) out_ += "<p>It can reach " + reached + "</p>\n";
    out_ += "</section>\n";
  }

  const Report& report_;
  const TextOptions& options_;
  std::string out_;
};

}  // namespace

std::string render_html(const Report& report, const TextOptions& options) {
  const Report* const apps[] = {&report};
  std::string out = page_begin("Plan of " + report.app, lead_of(report)) + Sections(report, options).run("virga");
  return out + steps_html(apps) + std::string(kEnd);
}

std::string render_html(const Workspace& workspace) {
  std::string out = page_begin("Plan of " + workspace.name, ""), quiet;
  std::size_t number = 0;
  for (const Workspace::App& app : workspace.apps) {
    if (!app.report->changes()) {
      quiet += (quiet.empty() ? "" : ", ") + code(app.report->app);
      continue;
    }
    out += fmt::format("<article>\n<h1>{}</h1>\n{}{}</article>\n", xml(app.report->app), lead_of(*app.report),
                       Sections(*app.report, app.options).run(fmt::format("virga-{}", ++number)));
  }
  if (!quiet.empty()) out += "<p class=\"fine\">Nothing changes in " + quiet + ".</p>\n";
  for (const std::string& line : left_lines(workspace)) out += "<p>" + prose(line) + "</p>\n";
  return out + steps_html(workspace.reports()) + std::string(kEnd);
}

}  // namespace virga::plan
