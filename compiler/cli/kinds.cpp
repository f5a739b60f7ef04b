// virga kinds: the vocabulary, or all about one kind.
#include "compiler/cli/command.h"

#include "compiler/diagnostics/suggest.h"
#include "stdlib/stdlib.h"

#include <CLI/CLI.hpp>

#include <algorithm>

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
  for (const AttributeSpec& a : k.attributes) {
    std::string fallback;
    if (a.value) fallback = " = " + to_text(*a.value);
    out += fmt::format("  {}{}: {}{}{}\n", a.cloud.empty() ? "" : "on " + a.cloud + " ", a.name, to_text(a.type), fallback,
                       a.required() ? "  (needed)" : "");
    if (!a.doc.empty()) out += "      " + first_line(a.doc) + "\n";
  }
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

}  // namespace

void add_kinds(CLI::App& app, int& exit) {
  auto name = std::make_shared<std::string>();
  CLI::App* c = app.add_subcommand("kinds", "the kinds of nodes, or all about one");
  c->add_option("kind", *name, "such as function");
  c->callback([name, &exit] {
    std::unique_ptr<Session> session;
    const auto& kinds = all_kinds(session);
    if (name->empty()) {
      exit = print(list_kinds(kinds));
      return;
    }
    std::vector<std::string> names;
    for (const auto& [qualified, k] : kinds) {
      names.push_back(k.name);
      if (k.name != *name && qualified != *name) continue;
      exit = print(describe_kind(k));
      return;
    }
    const std::string near = diag::nearest(*name, names);
    complain("there is no kind `" + *name + "`" + (near.empty() ? "" : "; did you mean `" + near + "`?"));
    exit = kUsage;
  });
}

}  // namespace virga::cli
