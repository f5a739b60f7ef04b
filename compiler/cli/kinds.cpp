// virga kinds: the vocabulary. virga targets: what each target makes of it.
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

char mark(catalog::Fidelity f) {
  switch (f) {
    case catalog::Fidelity::exact: return 'y';
    case catalog::Fidelity::emulated: return 'e';
    case catalog::Fidelity::degraded: return 'd';
    case catalog::Fidelity::impossible: return '-';
  }
  return '?';
}

/// One line per row of the tables, a column per target; then what stands behind every cell that is not exact.
std::string matrix(bool long_form) {
  const auto targets = cloud::all_targets();
  std::string out, notes;
  std::vector<std::string> rows;
  const auto remember = [&](std::string row) {
    if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(std::move(row));
  };
  const auto edge_name = [](const catalog::EdgeRow& e) {
    return fmt::format("{} {} {}", e.from, e.hand_over ? "~>" : "->", e.to);
  };
  for (const cloud::Target& t : targets) {
    for (const catalog::KindRow& k : t.backend->catalog().kinds) remember(std::string(k.kind));
  }
  const std::size_t kinds = rows.size();
  for (const cloud::Target& t : targets) {
    for (const catalog::EdgeRow& e : t.backend->catalog().edges) remember(edge_name(e));
  }
  std::size_t width = 0;
  for (const std::string& r : rows) width = std::max(width, r.size());
  const auto header = [&](std::string_view title) {
    out += fmt::format("{:<{}}", title, width);
    for (const cloud::Target& t : targets) out += "  " + t.name();
    out += "\n";
  };
  header("kinds");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == kinds) {
      out += "\n";
      header("edges");
    }
    out += fmt::format("{:<{}}", rows[i], width);
    for (const cloud::Target& t : targets) {
      const catalog::Catalog& c = t.backend->catalog();
      char cell = '-';
      std::string_view says = "no row: the kinds do not meet on this cloud";
      if (i < kinds) {
        if (const auto* k = c.kind(rows[i], t.format->name())) {
          cell = mark(k->fidelity);
          says = k->says;
        }
      } else {
        for (const catalog::EdgeRow& e : c.edges) {
          if (edge_name(e) != rows[i]) continue;
          const auto* found = c.edge(e.from, e.hand_over, e.to, t.format->name());
          if (found != nullptr) {
            cell = mark(found->fidelity);
            says = found->says;
          }
          break;
        }
      }
      out += fmt::format("  {:<{}}", cell, t.name().size());
      if (cell != 'y' || long_form) notes += fmt::format("{} on {}: {}\n", rows[i], t.name(), says);
    }
    out += "\n";
  }
  out += "\ny exact, e emulated by other parts, d means something else in part, - impossible\n\n";
  return out + notes;
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

void add_targets_command(CLI::App& app, int& exit) {
  auto all = std::make_shared<bool>(false);
  CLI::App* c = app.add_subcommand("targets", "the portability matrix: what each target makes of each kind and edge");
  c->add_flag("--long", *all, "say what stands behind every cell");
  c->callback([all, &exit] { exit = print(matrix(*all)); });
}

}  // namespace virga::cli
