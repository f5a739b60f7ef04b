// One stack of the page: its nodes, below each its units, below each its properties, old and new.
#include "compiler/cloud/dump.h"
#include "compiler/picture/text.h"
#include "compiler/plan/html_parts.h"

#include <fmt/format.h>

#include <map>

namespace virga::plan {
namespace {

using picture::xml;

/// The class of an action: that of the picture, so that both have the same colours.
std::string_view kind_of(Action action) {
  switch (action) {
    case Action::none: return "stays";
    case Action::create: return "comes";
    case Action::update: return "changes";
    case Action::replace: return "replaces";
    case Action::remove: return "goes";
  }
  return "";
}

std::string effect_html(const Effect& e) {
  const bool bad = (e.kind == Effect::Kind::data_lost || e.kind == Effect::Kind::refused) && e.accepted.empty();
  return fmt::format("<p class=\"effect{}\">{}</p>\n", bad ? " bad" : "", prose(sentence(e)));
}

std::string properties(const UnitChange& c) {
  std::string rows;
  if (c.action == Action::create) {
    for (const cloud::Member& m : c.after->properties.members)
      rows += fmt::format("<tr><th>{}</th><td>{}</td></tr>\n", xml(m.key), code(cloud::to_text(m.value)));
  } else {
    for (const Change& change : c.changes) {
      for (const std::string& l : lines(change)) {
        const std::size_t text = l.find_first_not_of(' ');
        const std::string_view sign = std::string_view(l).substr(text == std::string::npos ? 0 : text, 2);
        const std::string_view kind = text == 0      ? ""
                                      : sign == "+ " ? " class=\"plus\""
                                      : sign == "- " ? " class=\"minus\""
                                                     : "";
        rows += fmt::format("<tr><td{}>{}</td></tr>\n", kind, code(l));
      }
    }
  }
  return rows.empty() ? "" : "<table class=\"properties\">\n" + rows + "</table>\n";
}

std::string unit_html(const UnitChange& c, std::size_t waves) {
  std::string more = remarks(c);
  if (waves > 1 && c.wave > 0) more += fmt::format(" (wave {})", c.wave);
  std::string out = fmt::format("<details class=\"unit\"><summary>{} {} <span class=\"type\">{}</span>{}</summary>\n",
                                badge(kind_of(c.action), word(c.action)), code(c.unit().address), xml(c.unit().type), more);
  return out + properties(c) + "</details>\n";
}

std::string owner_title(const Owner& o) {
  if (o.name.empty()) return "for the whole app";
  return fmt::format("<strong>{}</strong> <span class=\"type\">{}</span>{}", xml(o.name), xml(o.kind),
                     o.place.empty() ? "" : " <span class=\"place\">" + xml(o.place) + "</span>");
}

std::string owners_html(const StackReport& s, const Report& report) {
  std::string out;
  for (const auto& [owner, units] : by_owner(s)) {
    std::map<Action, std::size_t> counts;
    std::string effects, inner;
    for (const std::size_t i : units) {
      const UnitChange& c = s.plan.changes[i];
      ++counts[c.action];
      for (const Effect& e : c.effects) effects += effect_html(e);
      inner += unit_html(c, s.plan.waves);
    }
    std::string said;
    if (const NodeDifference* d = report.meaning ? report.meaning->of(owner.identity) : nullptr; d != nullptr) {
      std::vector<std::string> items;
      if (d->renamed()) items.push_back("was called " + code(d->before->name));
      for (const Said& x : d->said) items.push_back(prose(to_text(x)));
      said = list(items, "said");
    }
    std::string badges;
    for (const auto& [action, n] : counts) badges += " " + badge(kind_of(action), fmt::format("{} to {}", n, word(action)));
    out += fmt::format("<details class=\"owner\"><summary>{}{}</summary>\n{}{}</details>\n{}", owner_title(owner), badges,
                       said, inner, effects);
  }
  return out;
}

}  // namespace

std::string stack_html(const StackReport& s, const Report& report, const TextOptions&) {
  std::string out = fmt::format("<section class=\"stack\">\n<h3>{} <span class=\"type\">{}</span></h3>\n<p>{}: {}</p>\n",
                                xml(title_of(s)), xml(s.title), code(s.name), xml(summary(s.plan)));
  out += owners_html(s, report);
  std::vector<std::string> items;
  for (const Permission& p : s.permissions)
    items.push_back(fmt::format("{} {} {} {} on {}", badge(p.wider ? "comes" : "goes", p.wider ? "wider" : "narrower"),
                                code(p.who), p.wider ? "may now" : "may no more",
                                code(fmt::format("{}", fmt::join(p.actions, ", "))), prose(p.on)));
  if (!items.empty()) out += "<h4>Permissions</h4>\n" + list(items);
  items.clear();
  for (const CostChange& c : s.costs)
    items.push_back(xml(fmt::format("a month costs {} {} instead of {}", money_text(c.after_least, c.after_most), c.currency,
                                    money_text(c.before_least, c.before_most))));
  if (!items.empty()) out += "<h4>Costs</h4>\n" + list(items);
  items.clear();
  for (const Close& c : s.close)
    items.push_back(fmt::format("{} <span class=\"type\">{}</span>", prose(sentence(c)), xml(c.source)));
  if (!items.empty()) out += "<h4>Close to limits</h4>\n" + list(items, "close");
  items.clear();
  for (const std::string& note : s.notes) items.push_back(prose(note));
  if (!items.empty()) out += "<h4>Notes</h4>\n" + list(items);
  if (!s.policy.documents.empty())
    out += "<p>Deploying it needs " + xml(summary(s.policy)) + ": " + code("virga plan --policy FOLDER") + "</p>\n";
  return out + "</section>\n";
}

}  // namespace virga::plan
