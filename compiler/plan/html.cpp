// The plan as one page for people who decide: what is dangerous, the picture, what the program says otherwise, and then each
// stack. No script and nothing from elsewhere, so that it can be kept, printed and sent.
#include "compiler/picture/text.h"
#include "compiler/plan/html_parts.h"

#include <fmt/format.h>

namespace virga::plan {
namespace {

using picture::xml;

class Page {
 public:
  Page(const Report& report, const TextOptions& options) : report_(report), options_(options) {}

  std::string run() {
    const std::string title = fmt::format("Plan of {}", report_.app);
    out_ = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<title>{}</title>\n{}</head>\n<body>\n<header>\n<h1>{}</h1>\n<p>Stage {}, {}.</p>\n</header>\n",
        xml(title), page_style(), xml(title), code(report_.stage),
        report_.standing.empty() ? "a first deployment: nothing stands" : "against " + code(report_.standing));
    dangers();
    limits();
    stacks_table();
    out_ += "<section>\n<h2>Before and after</h2>\n<div class=\"picture\">\n" + render_svg(report_) + "</div>\n</section>\n";
    if (report_.meaning) meaning(*report_.meaning);
    if (!report_.stacks.empty()) out_ += "<h2>Stacks</h2>\n";
    for (const StackReport& s : report_.stacks) out_ += stack_html(s, report_, options_);
    return std::move(out_) + "</body>\n</html>\n";
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
                          code(c.unit().address), xml(stack_title(s)), prose(sentence(e)));
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
            fmt::format("{} on {} <span class=\"type\">{}</span>", prose(sentence(c)), xml(stack_title(s)), xml(c.source)));
    }
    if (!items.empty()) out_ += "<section>\n<h2>Close to limits</h2>\n" + list(items) + "</section>\n";
  }

  void stacks_table() {
    out_ +=
        "<section>\n<h2>Summary</h2>\n<table class=\"counts\">\n<tr><th>stack</th><th>create</th><th>update</th><th>replace"
        "</th><th>remove</th><th>as it is</th></tr>\n";
    for (const StackReport& s : report_.stacks)
      out_ += fmt::format("<tr><th>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                          xml(stack_title(s)), s.plan.count(Action::create), s.plan.count(Action::update),
                          s.plan.count(Action::replace), s.plan.count(Action::remove), s.plan.unchanged);
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

std::string render_html(const Report& report, const TextOptions& options) { return Page(report, options).run(); }

}  // namespace virga::plan
