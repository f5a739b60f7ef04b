// virga explain CODE: what a finding means. virga explain NODE: what it becomes on each target, and why.
#include "compiler/cli/command.h"

#include "compiler/diagnostics/codes.h"
#include "compiler/diagnostics/explain.h"
#include "compiler/diagnostics/suggest.h"
#include "compiler/driver/known_codes.h"

namespace virga::cli {
namespace {

struct Options {
  Common common;
  std::string what;
};

/// What the fact behind a code says: the end of a page that no file holds.
std::string page_of_fact(const catalog::Fact& fact, std::string_view help) {
  std::string out;
  if (!fact.note.empty()) out += fmt::format("{}\n\n", fact.note);
  out += fmt::format("Scope: {}. Field: `{}`.\n\nSource: {}\n", fact.scope.empty() ? "always" : fact.scope, fact.subject,
                     catalog::cite(fact));
  if (!help.empty()) out += fmt::format("\nInstead: {}.\n", help);
  return out;
}

/// The message of a catalogue with the fact's own number in its hole.
std::string with_limit(std::string_view message, const catalog::Fact& fact, bool least) {
  std::string out(message);
  const std::string amount = fact.has_value ? to_text(fact.value) : to_text(least ? fact.min : fact.max);
  if (const auto hole = out.find("{limit}"); hole != std::string::npos) {
    out.replace(
        hole, 7,
        fact.members.empty() ? amount + " " + std::string(fact.unit) : fmt::format("{}", fmt::join(fact.members, ", ")));
  }
  return out;
}

/// The page of a code of the compiler or of a cloud; of a limit in a catalogue, what its fact says.
std::optional<std::string> page_of(const std::string& code) {
  if (const auto page = diag::page(code)) return std::string(*page);
  for (const cloud::Backend* b : cloud::all_backends()) {
    for (const EmbeddedFile& f : b->pages()) {
      if (f.path == code + ".md") return std::string(f.bytes);
    }
    const catalog::Catalog& c = b->catalog();
    for (const catalog::Bound& bound : c.bounds) {
      if (bound.code != code) continue;
      const catalog::Fact& fact = c.fact(bound.fact);
      return fmt::format("# {}\n\n`{}` of a {} was given a value, {}.\n\n", code, bound.attribute, bound.kind,
                         with_limit(bound.message, fact, bound.test == catalog::Bound::Test::at_least)) +
             page_of_fact(fact, bound.help);
    }
    for (const catalog::PackageLimit& limit : c.packages) {
      if (limit.code != code) continue;
      const catalog::Fact& fact = c.fact(limit.fact);
      return fmt::format("# {}\n\nThe code of a {} is too large{}, {}.\n\n", code, limit.kind,
                         limit.measure == catalog::PackageLimit::Measure::packed ? "" : " when it is unpacked",
                         with_limit(limit.message, fact, false)) +
             page_of_fact(fact, limit.help);
    }
  }
  return std::nullopt;
}

std::vector<std::string> all_code_names() {
  std::vector<std::string> out;
  for (const driver::KnownCode& c : driver::known_codes()) out.emplace_back(c.id);
  return out;
}

std::string join_list(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& i : items) out += (out.empty() ? "" : ", ") + i;
  return out;
}

void decisions(const cloud::Lowered& lowered, const cloud::Decision& d, const std::string& about, std::string& out) {
  out +=
      fmt::format("  {}: {}{}\n", about, catalog::word(d.fidelity), d.strategy.empty() ? "" : ", by `" + d.strategy + "`");
  if (!d.why.empty()) out += "    why: " + d.why + "\n";
  if (!d.change.empty()) out += "    what changes: " + d.change + "\n";
  for (const std::string& id : d.resources) {
    const cloud::Resource* r = lowered.stack.find(id);
    out += fmt::format("    {}{}\n", id, r == nullptr ? "" : "  " + r->type);
  }
  if (!d.edge) return;
  for (const cloud::Grant& g : lowered.grants) {
    if (g.edge != *d.edge) continue;
    out += fmt::format("    {}`{}` may {}\n", g.part.empty() ? "" : "the " + g.part + " of ", g.who, join_list(g.actions));
  }
}

std::string explain_node(const Session& session, const driver::Packaged& code, const std::string& name,
                         const std::vector<cloud::Target>& targets) {
  const Architecture& a = session.front.architecture;
  const catalog::Use facts(session.front.catalogs.laid());
  std::vector<const Node*> nodes;
  std::string out;
  if (const Node* n = a.find(name)) {
    nodes.push_back(n);
    out += fmt::format("{} `{}`{}\n", n->raw() ? n->vendor_type : n->kind, n->name, n->doc.empty() ? "" : ": " + n->doc);
  } else {
    out += fmt::format("{} `{}`, a kind with a body, is these nodes:\n", a.groups.find(name)->second, name);
    for (const Node& inner : a.nodes) {
      if (std::find(inner.group.begin(), inner.group.end(), name) == inner.group.end()) continue;
      nodes.push_back(&inner);
      out += fmt::format("  {} `{}`\n", inner.kind, inner.name);
    }
  }
  for (const cloud::Target& t : targets) {
    diag::Sink sink;
    const cloud::Lowered lowered = t.backend->lower({a, t.format->name(), "", {}, true, code.artifacts}, sink);
    out += "\non " + t.name() + "\n";
    for (const Node* n : nodes) {
      for (const cloud::Decision& d : lowered.decisions) {
        if (d.node == n->id) decisions(lowered, d, "`" + n->name + "`", out);
      }
      for (const Edge& e : a.edges) {
        if (e.from.node != n->id && e.to.node != n->id) continue;
        for (const cloud::Decision& d : lowered.decisions) {
          if (d.edge == e.id) decisions(lowered, d, "`" + describe(a, e) + "`", out);
        }
      }
    }
    for (const diag::Diagnostic& d : sink.all()) {
      if (d.severity == diag::Severity::error) out += "  impossible: " + d.message + "\n";
    }
  }
  return out;
}

int run(const Options& o) {
  if (auto page = page_of(o.what)) return print(*page);
  if (o.what.find('/') != std::string::npos) {
    const std::string near = diag::nearest(o.what, all_code_names());
    complain("there is no code `" + o.what + "`" + (near.empty() ? "" : "; did you mean `" + near + "`?"));
    return kUsage;
  }
  auto session = open(o.common);
  if (!session) return kWorld;
  if (session->sink.has_errors()) {
    report(*session, Form::text);
    return kErrors;
  }
  const Architecture& a = session->front.architecture;
  if (a.find(o.what) == nullptr && !a.groups.contains(o.what)) {
    std::vector<std::string> names;
    for (const Node& n : a.nodes) names.push_back(n.name);
    for (const auto& [name, kind] : a.groups) names.push_back(name);
    const std::string near = diag::nearest(o.what, names);
    complain("there is no node `" + o.what + "`" + (near.empty() ? "" : "; did you mean `" + near + "`?"));
    return kUsage;
  }
  const auto wanted = targets(o.common, a);
  if (!wanted) return kUsage;
  const driver::Packaged code = driver::package_for(*wanted, a, session->front.project, *session->files, session->sink);
  return print(explain_node(*session, code, o.what, *wanted));
}

}  // namespace

void add_explain(Program& program) {
  auto o = std::make_shared<Options>();
  Command c = program.command("explain", "what a code means, or what a node becomes and why");
  c.text("what", o->what, "a code such as name/unknown, or a node of the architecture").required();
  add_path(c, o->common);
  add_targets(c, o->common);
  add_stage(c, o->common);
  add_quotas(c, o->common.quotas);
  c.runs([o] { return run(*o); });
}

}  // namespace virga::cli
