// How a changed property reads: old and new, and of lists the items that differ.
#include "compiler/cloud/dump.h"
#include "compiler/plan/report.h"

#include <fmt/format.h>

namespace virga::plan {
namespace {

/// As much of a value as a line bears.
std::string short_text(const cloud::Value& value) {
  constexpr std::size_t kMost = 120;
  std::string text = cloud::to_text(value);
  if (text.size() <= kMost) return text;
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // not within a character
  return text.substr(0, end) + "…";
}

/// Items of two lists: those that only one of them has, in order, by the longest row of items that both have.
void list_lines(const cloud::Values& before, const cloud::Values& after, std::vector<std::string>& out) {
  constexpr std::size_t kMost = 400;  // longer lists are told by their lengths
  if (before.size() > kMost || after.size() > kMost) {
    out.push_back(fmt::format("  {} items → {} items", before.size(), after.size()));
    return;
  }
  std::vector<std::vector<std::uint16_t>> common(before.size() + 1, std::vector<std::uint16_t>(after.size() + 1, 0));
  for (std::size_t i = before.size(); i-- > 0;) {
    for (std::size_t j = after.size(); j-- > 0;) {
      common[i][j] = before[i] == after[j] ? static_cast<std::uint16_t>(common[i + 1][j + 1] + 1)
                                           : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  std::size_t i = 0, j = 0;
  while (i < before.size() || j < after.size()) {
    if (i < before.size() && j < after.size() && before[i] == after[j]) {
      ++i, ++j;
    } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
      out.push_back("  - " + short_text(before[i++]));
    } else {
      out.push_back("  + " + short_text(after[j++]));
    }
  }
}

std::string name_of(const Change& change) {
  const auto* first = std::get_if<std::string>(&change.path.front());
  if (first != nullptr && *first == kDependsOn) return "waits for";
  if (first != nullptr && *first == kOnRemoval) return "when it is taken out";
  if (first != nullptr && *first == kOnReplace) return "when it is replaced";
  return to_text(change.path);
}

}  // namespace

std::vector<std::string> lines(const Change& change) {
  const std::string name = name_of(change);
  const std::string weight = change.weight == Weight::replaces      ? "  (replaces it)"
                             : change.weight == Weight::may_replace ? "  (replaces it for some values)"
                                                                    : "";
  if (!change.follows.empty())
    return {fmt::format("{}: known after the deployment, since `{}` is replaced{}", name, change.follows, weight)};
  if (!change.before) return {fmt::format("{}: → {}{}", name, short_text(*change.after), weight)};
  if (!change.after) return {fmt::format("{}: {} →{}", name, short_text(*change.before), weight)};
  const auto* before = change.before->get<cloud::Values>();
  const auto* after = change.after->get<cloud::Values>();
  if (before != nullptr && after != nullptr) {
    std::vector<std::string> out{name + weight};
    list_lines(*before, *after, out);
    return out;
  }
  // The same function of something else, such as JSON as a text: what differs in it.
  const auto* call_before = change.before->get<Box<cloud::Call>>();
  const auto* call_after = change.after->get<Box<cloud::Call>>();
  if (call_before != nullptr && call_after != nullptr && (*call_before)->function == (*call_after)->function) {
    std::vector<std::string> out{name + weight};
    for (Change& inner : changes_of((*call_before)->argument, (*call_after)->argument)) {
      if (inner.path.size() > 1) inner.path.erase(inner.path.begin());  // the argument's own place
      for (const std::string& l : lines(inner)) out.push_back("  " + l);
    }
    return out;
  }
  return {fmt::format("{}: {} → {}{}", name, short_text(*change.before), short_text(*change.after), weight)};
}

std::vector<std::string> node_lines(const Meaning& meaning, const std::set<std::string>& owning,
                                    const TextOptions& options) {
  std::vector<std::string> out;
  for (const NodeDifference& d : meaning.nodes) {
    const Node& node = d.after != nullptr ? *d.after : *d.before;
    if (owning.contains(node.identity())) continue;
    const auto at = [&](Span span) { return span.known() && options.place ? "  (" + options.place(span) + ")" : ""; };
    if (d.before == nullptr) out.push_back(fmt::format("`{}`, a {}, is new{}", node.name, node.kind, at(node.span)));
    else if (d.after == nullptr) out.push_back(fmt::format("`{}`, a {}, is gone", node.name, node.kind));
    if (d.renamed()) out.push_back(fmt::format("`{}` was called `{}`{}", node.name, d.before->name, at(node.span)));
    for (const Said& s : d.said) out.push_back(fmt::format("`{}`: {}{}", node.name, to_text(s), at(s.span)));
  }
  return out;
}

std::vector<std::string> edge_lines(const Meaning& meaning, const TextOptions& options) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < meaning.edges.size(); ++i) {
    const EdgeDifference& e = meaning.edges[i];
    const std::string at = e.after != nullptr && options.place ? "  (" + options.place(e.after->arrow_span) + ")" : "";
    const std::string& name = meaning.edge_names[i];
    if (e.before == nullptr) out.push_back(fmt::format("`{}` is new{}", name, at));
    else if (e.after == nullptr) out.push_back(fmt::format("`{}` is gone", name));
    else
      for (const Said& s : e.said) out.push_back(fmt::format("`{}`: {}{}", name, to_text(s), at));
  }
  return out;
}

std::string summary(const StackPlan& plan) {
  std::string out;
  for (const Action a : {Action::create, Action::update, Action::replace, Action::remove}) {
    if (const std::size_t n = plan.count(a); n > 0) out += fmt::format("{}{} to {}", out.empty() ? "" : ", ", n, word(a));
  }
  if (out.empty()) return plan.unchanged == 0 ? "nothing stands and nothing is wanted" : "nothing changes";
  if (plan.unchanged > 0)
    out += fmt::format("; {} stay{} as {}", plan.unchanged, plan.unchanged == 1 ? "s" : "",
                       plan.unchanged == 1 ? "it is" : "they are");
  return out;
}

std::string sentence(const Effect& effect) {
  switch (effect.kind) {
    case Effect::Kind::data_lost:
      return fmt::format("data lost: {} [{}]{}", effect.says, effect.mark,
                         effect.accepted.empty() ? "" : ", accepted: " + effect.accepted);
    case Effect::Kind::interrupted: return fmt::format("interrupted: {} changes with it", effect.says);
    case Effect::Kind::refused: return "refused: " + effect.says;
    case Effect::Kind::unknown: return "unknown: " + effect.says;
  }
  return "";
}

std::string sentence(const Close& close) {
  return fmt::format("{}: {} of {}{}", close.what, close.after, close.most,
                     close.before.empty() ? "" : " (was " + close.before + ")");
}

}  // namespace virga::plan
