#include "compiler/driver/allow.h"

#include "compiler/diagnostics/codes.h"

#include <map>
#include <optional>
#include <set>

namespace virga::driver {
namespace {

bool holds(Span outer, Span inner) {
  return inner.known() && inner.file == outer.file && inner.begin >= outer.begin && inner.end <= outer.end;
}

bool in_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/// Nodes that kinds made, by their names.
using Made = std::map<std::string_view, const Node*>;

/// The uses of the kinds whose nodes a text names: `console.handler`, or a port of it.
void add_uses(const std::string& text, const Made& made, std::vector<Span>& out) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && in_name(text[end])) ++end;
    std::string_view word = std::string_view(text).substr(at, end - at);
    for (;;) {
      const std::size_t dot = word.rfind('.');
      if (dot == std::string_view::npos) break;  // what a kind made has the name of its use before it
      if (const auto node = made.find(word); node != made.end()) {
        out.insert(out.end(), node->second->expanded_from.begin(), node->second->expanded_from.end());
        break;
      }
      word = word.substr(0, dot);
    }
    at = end + 1;
  }
}

std::vector<Span> places_of(const diag::Diagnostic& d, const Made& made) {
  std::vector<Span> out{d.span};
  for (const diag::Label& label : d.labels) out.push_back(label.span);
  if (made.empty()) return out;
  add_uses(d.message, made, out);
  for (const diag::Label& label : d.labels) add_uses(label.text, made, out);
  return out;
}

/// The innermost that lets the finding stand, by the first of its places that is in any.
const Allowance* allowing(const std::vector<const Allowance*>& candidates, const std::vector<Span>& places) {
  for (const Span place : places) {
    const Allowance* best = nullptr;
    for (const Allowance* a : candidates) {
      if (!holds(a->scope, place) || a->place == places.front()) continue;  // none allows what is said of itself
      if (best == nullptr || a->scope.end - a->scope.begin < best->scope.end - best->scope.begin) best = a;
    }
    if (best != nullptr) return best;
  }
  return nullptr;
}

/// Ends of support are judged by a day alone.
bool needs_a_day(std::string_view code) { return code.starts_with("runtime/"); }

}  // namespace

void settle(const std::vector<Allowance>& allowances, const Architecture& architecture, diag::Sink& sink) {
  if (allowances.empty()) return;
  std::map<std::string_view, std::vector<const Allowance*>> by_code;
  for (const Allowance& a : allowances) by_code[a.code].push_back(&a);
  Made made;
  for (const Node& node : architecture.nodes) {
    if (!node.expanded_from.empty()) made.emplace(node.name, &node);
  }
  for (std::size_t i = 0; i < sink.all().size(); ++i) {
    const diag::Diagnostic& d = sink.all()[i];
    const auto candidates = by_code.find(d.code);
    if (d.severity == diag::Severity::error || d.allowed || candidates == by_code.end()) continue;
    if (const Allowance* a = allowing(candidates->second, places_of(d, made)))
      sink.allow(i, {a->because, a->until, a->place});
  }
}

void report_unused(const std::vector<Allowance>& allowances, const Architecture& architecture, const SourceMap& sources,
                   bool judged_by_day, diag::Sink& sink) {
  if (sink.has_errors()) return;
  const auto tell = [&](bool of_unused) {
    std::set<Span> used;
    for (const diag::Diagnostic& d : sink.all()) {
      if (d.allowed) used.insert(d.allowed->place);
    }
    for (const Allowance& a : allowances) {
      const bool about_unused = a.code == diag::codes::AllowUnused.id;
      if (a.code.find('@') != std::string::npos) continue;  // plans tell of those
      if (!a.own || about_unused != of_unused || used.contains(a.place) || (!judged_by_day && needs_a_day(a.code))) continue;
      sink.report(a.place, diag::codes::AllowUnused, a.code)
          .help("leave it out")
          .fix(removal(sources.file(a.statement.file).text, a.statement), diag::Confidence::certain, "leave it out");
    }
    settle(allowances, architecture, sink);
  };
  // What is said of the others may itself be allowed.
  tell(false);
  tell(true);
}

diag::Edit removal(std::string_view text, Span statement) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  std::size_t begin = statement.begin, end = statement.end;
  while (end < text.size() && blank(text[end])) ++end;
  if (end < text.size() && text[end] == ',') ++end;
  while (end < text.size() && blank(text[end])) ++end;
  while (begin > 0 && blank(text[begin - 1])) --begin;
  const bool first = begin == 0 || text[begin - 1] == '\n';
  const bool last = end == text.size() || text[end] == '\n' || text[end] == '\r';
  if (first && last) {
    if (end < text.size() && text[end] == '\r') ++end;
    if (end < text.size() && text[end] == '\n') ++end;
  } else if (first) {
    begin = statement.begin;  // what follows on its line moves to its place
  } else if (!last) {
    begin = statement.begin;  // `{ allow …  timeout = 3s }`: the space before stays
  }
  return {{statement.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, ""};
}

}  // namespace virga::driver
