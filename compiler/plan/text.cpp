// The plan for people who read it in a terminal: short, and nothing where nothing changes.
#include "compiler/cloud/dump.h"
#include "compiler/diagnostics/display.h"
#include "compiler/plan/report.h"
#include "compiler/plan/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace virga::plan {
namespace {

const char* sign(Action action) {
  switch (action) {
    case Action::none: return " ";
    case Action::create: return "+";
    case Action::update: return "~";
    case Action::replace: return "±";
    case Action::remove: return "-";
  }
  return " ";
}

class Text {
 public:
  Text(const Report& report, const TextOptions& options) : report_(report), options_(options) {}

  std::string run() {
    if (report_.meaning && !options_.stacks_alone) meaning(*report_.meaning);
    for (const StackReport& s : report_.stacks) stack(s);
    if (options_.all && options_.order) {
      const Report* const apps[] = {&report_};
      for (const std::string& l : plan::lines(order_of(apps), apps)) line(0, l);
    }
    return std::move(out_);
  }

 private:
  void line(int depth, const std::string& text) {
    // What a terminal would obey instead of show is written as an escape.
    out_ += std::string(static_cast<std::size_t>(depth) * 2, ' ') + diag::visible_whole(text) + "\n";
  }

  void stack(const StackReport& s) {
    line(0, fmt::format("{} on {}: {}", report_.app, title_of(s), summary(s.plan)));
    if (!s.plan.acts() && s.permissions.empty() && s.costs.empty() && s.close.empty()) return;
    for (const std::string& moves : s.moves) line(1, moves);
    for (const OwnedChanges& owned : by_owner(s)) {
      out_ += "\n";
      heading(owned.owner);
      for (const std::size_t i : owned.changes) unit(s.plan.changes[i], s.plan.waves);
    }
    if (!s.permissions.empty()) {
      out_ += "\n";
      line(1, "permissions");
      for (const Permission& p : s.permissions) {
        line(2, fmt::format("{} `{}` {} {} on {}", p.wider ? "+" : "-", p.who, p.wider ? "may now" : "may no more",
                            fmt::format("{}", fmt::join(p.actions, ", ")), p.on));
      }
    }
    for (const CostChange& c : s.costs) {
      out_ += "\n";
      line(1, fmt::format("a month costs {} {} instead of {}", money_text(c.after_least, c.after_most), c.currency,
                          money_text(c.before_least, c.before_most)));
    }
    if (!s.close.empty()) {
      out_ += "\n";
      line(1, "close to limits");
      for (const Close& c : s.close) line(2, fmt::format("! {}  ({})", sentence(c), c.source));
    }
    for (const std::string& note : s.notes) line(1, "note: " + note);
    if (options_.all && !s.policy.documents.empty()) line(1, "deploying it needs " + summary(s.policy) + " (`--policy`)");
    out_ += "\n";
  }

  void heading(const Owner& owner) {
    if (owner.name.empty()) {
      line(1, "for the whole app");
      return;
    }
    const NodeDifference* d = report_.meaning ? report_.meaning->of(owner.identity) : nullptr;
    std::string text = fmt::format("{} ({})", owner.name, owner.kind);
    if (!owner.place.empty()) text += ", " + owner.place;
    if (d != nullptr && d->renamed()) text += fmt::format(", was called {}", d->before->name);
    line(1, text);
    if (d == nullptr || !told_.insert(owner.identity).second) return;
    for (const Said& s : d->said) {
      std::string at = s.span.known() && options_.place ? options_.place(s.span) : "";
      line(2, to_text(s) + (at.empty() ? "" : "  (" + at + ")"));
    }
  }

  void unit(const UnitChange& c, std::size_t waves) {
    const cloud::Unit& u = c.unit();
    std::string text = fmt::format("{} {}  {}{}", sign(c.action), u.address, u.type, remarks(c));
    if (options_.all && waves > 1 && c.wave > 0) text += fmt::format("  (wave {})", c.wave);
    line(2, text);
    if (c.action == Action::update || c.action == Action::replace) {
      for (const Change& change : c.changes) {
        for (const std::string& l : lines(change)) line(4, l);
      }
    } else if (options_.all && c.action == Action::create) {
      for (const cloud::Member& m : u.properties.members) line(4, m.key + ": " + cloud::to_text(m.value));
    }
    for (const Effect& e : c.effects) line(3, "! " + sentence(e));
  }

  void meaning(const Meaning& m) {
    std::set<std::string> owning;
    for (const StackReport& s : report_.stacks) {
      for (const Owner& o : s.owners) owning.insert(o.identity);
    }
    const std::size_t begin = out_.size();
    for (const std::string& l : node_lines(m, owning, options_)) line(0, l);
    for (const std::string& l : edge_lines(m, options_)) line(0, l);
    constexpr std::size_t kMost = 12;
    std::string names;
    for (std::size_t i = 0; i < std::min(m.reached.size(), kMost); ++i) names += (names.empty() ? "" : ", ") + m.reached[i];
    if (m.reached.size() > kMost) names += fmt::format(" and {} more", m.reached.size() - kMost);
    if (!names.empty()) line(0, "it can reach " + names);
    if (out_.size() > begin) out_ += "\n";
  }

  const Report& report_;
  const TextOptions& options_;
  std::set<std::string> told_;
  std::string out_;
};

}  // namespace

std::string render_text(const Report& report, const TextOptions& options) { return Text(report, options).run(); }

}  // namespace virga::plan
