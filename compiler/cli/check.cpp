// virga check: findings without templates; with --portability a verdict per node, edge and target.
#include "compiler/driver/check.h"
#include "compiler/cli/command.h"
#include "compiler/cli/fix.h"
#include "compiler/cli/workspace.h"

#include <nlohmann/json.hpp>

namespace virga::cli {
namespace {

struct Options {
  Common common;
  bool portability = false;
  bool fix = false;
  bool dry_run = false;
};

struct Verdict {
  catalog::Fidelity fidelity = catalog::Fidelity::exact;
  std::string strategy;
  std::string why;
};

/// The worst that was decided about one subject; the cloud's table, or its findings, where nothing was.
Verdict verdict(const std::vector<const cloud::Decision*>& decisions) {
  Verdict v;
  for (const cloud::Decision* d : decisions) {
    if (d->fidelity < v.fidelity) continue;
    v.fidelity = d->fidelity;
    v.strategy = d->strategy;
    v.why = d->change.empty() ? d->why : d->change;
  }
  return v;
}

class Portability {
 public:
  Portability(const Session& session, const driver::Packaged& code) : session_(session), code_(code) {}

  std::string text(const std::vector<cloud::Target>& targets) {
    std::string out;
    for (const cloud::Target& t : targets) {
      out += t.name() + "\n";
      for (const auto& [what, v] : of(t)) {
        out += fmt::format("  {:<11} {}{}{}\n", catalog::word(v.fidelity), what,
                           v.strategy.empty() ? "" : "  [" + v.strategy + "]", v.why.empty() ? "" : ": " + v.why);
      }
    }
    return out;
  }

  std::string json(const std::vector<cloud::Target>& targets) {
    nlohmann::ordered_json j;
    for (const cloud::Target& t : targets) {
      auto& rows = j[t.name()] = nlohmann::ordered_json::array();
      for (const auto& [what, v] : of(t))
        rows.push_back(
            {{"subject", what}, {"verdict", catalog::word(v.fidelity)}, {"strategy", v.strategy}, {"why", v.why}});
    }
    return j.dump(2) + "\n";
  }

 private:
  std::vector<std::pair<std::string, Verdict>> of(const cloud::Target& target) {
    const Architecture& a = session_.front.architecture;
    const catalog::Use facts(session_.front.catalogs.laid());
    diag::Sink sink;
    const cloud::LowerRequest request{a, target.format->name(), "", {}, true, code_.artifacts};
    const cloud::Lowered lowered = target.backend->lower(request, sink);
    // A finding at a node or an edge says why it cannot be.
    const auto impossible = [&](Span span) -> std::optional<Verdict> {
      for (const diag::Diagnostic& d : sink.all()) {
        if (d.severity == diag::Severity::error && d.span.known() && d.span.file == span.file &&
            d.span.begin >= span.begin && d.span.end <= span.end) {
          return Verdict{catalog::Fidelity::impossible, "", d.message + (d.help.empty() ? "" : "; " + d.help.front())};
        }
      }
      return std::nullopt;
    };
    const std::vector<cloud::Unsaid> unsaid = target.format->unsaid(lowered.stack);
    // What the format lacks of the stack counts for the node or the edge that the resource came from.
    const auto with_words = [&](Verdict v, const auto& is_from) {
      for (const cloud::Unsaid& u : unsaid) {
        const cloud::Resource* r = lowered.stack.find(u.resource);
        if (v.fidelity == catalog::Fidelity::impossible || u.fidelity < v.fidelity || !is_from(r)) continue;
        const bool none = u.fidelity == catalog::Fidelity::impossible;
        if (u.fidelity == v.fidelity && !none && !v.why.empty()) {
          if (v.why.find(u.what) == std::string::npos) v.why += "; " + u.what;
          continue;
        }
        v = {u.fidelity, none ? "" : v.strategy,
             (none ? target.name() + " has no words for " : std::string()) + u.what + (u.why.empty() ? "" : ": " + u.why)};
      }
      return v;
    };
    std::vector<std::pair<std::string, Verdict>> out;
    for (const Node& n : a.nodes) {
      std::vector<const cloud::Decision*> decided;
      for (const cloud::Decision& d : lowered.decisions) {
        if (d.node == n.id) decided.push_back(&d);
      }
      auto v = impossible(n.span);
      for (const AttributeValue& attribute : n.for_cloud(target.backend->catalog().cloud).all) {
        if (!v && attribute.origin != Origin::fallback && attribute.value.span.known()) v = impossible(attribute.value.span);
      }
      const auto mine = [&](const cloud::Resource* r) { return r != nullptr && r->from.node == n.id && !r->from.edge; };
      out.emplace_back(n.kind + " " + n.name, with_words(v ? *v : verdict(decided), mine));
    }
    for (const Edge& e : a.edges) {
      std::vector<const cloud::Decision*> decided;
      for (const cloud::Decision& d : lowered.decisions) {
        if (d.edge == e.id) decided.push_back(&d);
      }
      const auto v = impossible(e.span);
      const auto mine = [&](const cloud::Resource* r) { return r != nullptr && r->from.edge == e.id; };
      out.emplace_back(describe(a, e), with_words(v ? *v : verdict(decided), mine));
    }
    // What belongs to none of them, such as an output, is the app's.
    Verdict rest;
    const bool told = std::any_of(out.begin(), out.end(),
                                  [](const auto& row) { return row.second.fidelity == catalog::Fidelity::impossible; });
    for (const diag::Diagnostic& d : sink.all()) {
      if (!told && d.severity == diag::Severity::error && rest.fidelity != catalog::Fidelity::impossible)
        rest = {catalog::Fidelity::impossible, "", d.message};
    }
    if (!sink.has_errors()) rest = with_words({}, [](const cloud::Resource* r) { return r == nullptr; });
    if (rest.fidelity != catalog::Fidelity::exact) out.emplace_back("app " + a.app.name, rest);
    return out;
  }

  const Session& session_;
  const driver::Packaged& code_;
};

/// `check` of one app: its exit code, and its session when there is something to report.
int check_with(const Options& o, std::map<std::string, std::string> changed, std::unique_ptr<Session>& session) {
  session = open(o.common, std::move(changed));
  if (!session) return kWorld;
  const auto wanted = targets(o.common, session->front.architecture);
  if (!wanted) return kUsage;
  if (o.portability && !session->sink.has_errors()) {
    const driver::Packaged code =
        driver::package(session->front.architecture, session->front.project, *session->files, session->sink);
    Portability p(*session, code);
    // Without a target named, the question is about all of them, not only those that the app asks for.
    const auto about = o.common.targets.empty() ? cloud::all_targets() : *wanted;
    return print(o.common.form == Form::json ? p.json(about) : p.text(about));
  }
  const driver::CheckRequest request{*wanted, o.common.region};
  driver::check(session->front, *session->files, request, session->sink);
  if (o.common.stage.empty()) driver::check_stages(session->front, *session->files, request, session->sink);
  return session->sink.has_errors() ? kErrors : kFine;
}

int check(const Options& o, std::unique_ptr<Session>& session) {
  if (!o.fix) return check_with(o, {}, session);
  const auto again = [&](std::map<std::string, std::string> changed, std::unique_ptr<Session>& of) {
    return check_with(o, std::move(changed), of);
  };
  return fix_and_check(again, !o.dry_run, o.common.form, session);
}

int run(const Options& o) {
  if (is_workspace(o.common.path) && !o.portability) {
    const auto workspace = open_workspace(o.common.path, o.common.form);
    if (!workspace) return kWorld;
    if (workspace->failed) return kErrors;
    if (o.common.form != Form::text) {
      complain("findings of a whole workspace are shown as text; name the folder of one app");
      return kUsage;
    }
    std::vector<std::unique_ptr<Session>> sessions(workspace->apps.size());
    std::vector<int> exits(workspace->apps.size(), kFine);
    const auto check_one = [&](std::size_t i) {
      Options one = o;
      one.common.path = workspace->apps[i];
      exits[i] = check(one, sessions[i]);
    };
    if (!o.fix) in_parallel(sessions.size(), check_one);
    // One after the other: apps share modules.
    else
      for (std::size_t i = 0; i < sessions.size(); ++i) check_one(i);
    for (const auto& session : sessions) {
      if (session) report(*session, o.common.form);
    }
    return exits.empty() ? kFine : *std::max_element(exits.begin(), exits.end());
  }
  std::unique_ptr<Session> session;
  const int exit = check(o, session);
  if (session && !o.portability) report(*session, o.common.form);
  return exit;
}

}  // namespace

void add_check(Program& program) {
  auto o = std::make_shared<Options>();
  Command c = program.command("check", "find what is wrong, without making templates");
  add_path(c, o->common);
  add_targets(c, o->common);
  add_stage(c, o->common);
  add_quotas(c, o->common.quotas);
  add_as_of(c, o->common.as_of);
  add_form(c, o->common);
  const Option portability = c.flag("--portability", o->portability, "a verdict for every node and edge on every target");
  Option fix = c.flag("--fix", o->fix, "apply every fix that is certain to the files, and check again");
  fix.excludes(portability);
  c.flag("--dry-run", o->dry_run, "with --fix: say what would be changed, and write nothing").needs(fix);
  c.runs([o] { return run(*o); });
}

}  // namespace virga::cli
