// virga kinds: the vocabulary, or all about one kind.
#include "compiler/cli/command.h"
#include "compiler/cli/fact_list.h"

#include "compiler/diagnostics/suggest.h"
#include "stdlib/stdlib.h"

#include <algorithm>
#include <set>

namespace virga::cli {
namespace {

/// The kinds of the core and of every standard module, read from the binary itself.
const std::map<std::string, Kind, std::less<>>& all_kinds(std::unique_ptr<Session>& session) {
  std::string uses;
  for (const EmbeddedFile& f : stdlib::files()) {
    if (f.path.ends_with(".virga") && f.path != "core.virga")
      uses += "use std." + std::string(f.path.substr(0, f.path.size() - 6)) + "\n";
  }
  auto files = std::make_unique<MemoryFileSystem>();
  files->put("kinds.virga", "app kinds { }\n" + uses);
  session = std::make_unique<Session>();
  session->files = std::move(files);
  (void)driver::front_end({{*session->files, {"kinds.virga"}, ""}, ""}, session->front, session->sink);
  return session->front.architecture.kinds;
}

std::string first_line(const std::string& doc) { return doc.substr(0, doc.find('\n')); }

std::string describe_kind(const Kind& k) {
  std::string out = fmt::format("kind {}{}\n", k.name, k.primitive ? "" : fmt::format("  (from {})", k.module));
  if (!k.doc.empty()) out += "\n" + k.doc + "\n";
  if (!k.attributes.empty()) out += "\nattributes\n";
  std::set<std::string> everywhere;
  for (const AttributeSpec& a : k.attributes) {
    if (a.everywhere) {  // said once, below
      everywhere.insert(a.name);
      continue;
    }
    std::string fallback;
    if (a.value) fallback = " = " + to_text(*a.value);
    out += fmt::format("  {}{}: {}{}{}\n", a.cloud.empty() ? "" : "on " + a.cloud + " ", a.name, to_text(a.type), fallback,
                       a.required() ? "  (needed)" : "");
    if (!a.doc.empty()) out += "      " + first_line(a.doc) + "\n";
  }
  if (!everywhere.empty())
    out += fmt::format(
        "  on each cloud {}\n      In the words of its engine; docs/language.md, raw properties and apps that stand "
        "already.\n",
        fmt::join(everywhere, ", "));
  if (!k.ports.empty()) out += "\nports\n";
  for (const PortSpec& p : k.ports) {
    std::string properties;
    for (const AttributeSpec& a : p.properties) properties += (properties.empty() ? "" : ", ") + a.name;
    out += fmt::format("  {} {}{}{}{}{}\n", p.side == syntax::PortSide::source ? "from" : "to  ", p.name,
                       p.argument.empty() ? "" : " \"" + p.argument + "\"", p.call ? " ->" : "", p.hand_over ? " ~>" : "",
                       properties.empty() ? "" : "  { " + properties + " }");
    if (!p.doc.empty()) out += "      " + first_line(p.doc) + "\n";
  }
  if (!k.outputs.empty()) {
    out += "\noutputs\n";
    for (const OutputSpec& o : k.outputs) out += "  " + o.name + "\n";
  }
  return out;
}

std::string list_kinds(const std::map<std::string, Kind, std::less<>>& kinds) {
  std::string primitive, patterns;
  for (const auto& [qualified, k] : kinds) {
    (k.primitive ? primitive : patterns) += fmt::format("  {:<18} {}\n", k.name, first_line(k.doc));
  }
  return "kinds\n" + primitive + "\npatterns (each from the standard module of its first name)\n" + patterns;
}

/// What is known of the resources that a kind becomes: facts that are said to be about it, and those of its bounds.
std::vector<const catalog::Fact*> limits_of(const catalog::Catalog& c, std::string_view kind) {
  const auto is_about = [&](const catalog::Fact& f) {
    const auto bounds = [&](const catalog::Bound& b) {
      return b.fact == f.id && (b.kind == kind || b.edge_to.substr(0, b.edge_to.find('.')) == kind);
    };
    const auto packed = [&](const catalog::PackageLimit& p) { return p.fact == f.id && p.kind == kind; };
    return std::find(f.informs.begin(), f.informs.end(), kind) != f.informs.end() ||
           std::any_of(c.bounds.begin(), c.bounds.end(), bounds) ||
           std::any_of(c.packages.begin(), c.packages.end(), packed);
  };
  std::vector<const catalog::Fact*> out;
  for (const catalog::Fact& f : c.facts) {
    if (is_about(f)) out.push_back(&f);
  }
  return out;
}

/// `app` stands for what is about every template, role or account.
std::string list_limits(std::string_view kind) {
  std::string out;
  for (const cloud::Backend* b : cloud::all_backends()) {
    const auto facts = limits_of(b->catalog(), kind);
    if (facts.empty()) continue;
    out += fmt::format("{}{}\n{}", out.empty() ? "" : "\n", b->catalog().title, fact_lines(facts, {true, ""}));
  }
  return out.empty() ? fmt::format("nothing is known of the limits of a {}\n", kind) : out;
}

}  // namespace

void add_kinds(Program& program) {
  auto name = std::make_shared<std::string>();
  auto limits = std::make_shared<bool>(false);
  Command c = program.command("kinds", "the kinds of nodes, or all about one");
  c.text("kind", *name, "such as function");
  c.flag("--limits", *limits, "what is known of each cloud's limits on it; without a kind, of those on every app");
  c.runs([name, limits]() -> int {
    if (*limits && name->empty()) return print(list_limits("app"));
    std::unique_ptr<Session> session;
    const auto& kinds = all_kinds(session);
    if (name->empty()) return print(list_kinds(kinds));
    std::vector<std::string> names;
    for (const auto& [qualified, k] : kinds) {
      names.push_back(k.name);
      if (k.name != *name && qualified != *name) continue;
      return print(*limits ? list_limits(k.name) : describe_kind(k));
    }
    const std::string near = diag::nearest(*name, names);
    complain("there is no kind `" + *name + "`" + (near.empty() ? "" : "; did you mean `" + near + "`?"));
    return kUsage;
  });
}

}  // namespace virga::cli
