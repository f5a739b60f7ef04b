#include "compiler/driver/compile.h"

#include "compiler/diagnostics/codes.h"
#include "compiler/diagnostics/suggest.h"
#include "compiler/driver/estimate.h"
#include "compiler/driver/imports.h"
#include "compiler/driver/template_limits.h"
#include "compiler/passes/passes.h"
#include "compiler/source/source_map.h"

#include <algorithm>
#include <set>

namespace virga::driver {
namespace {

namespace codes = diag::codes;

/// What a decision is about, and where it was written.
std::pair<std::string, Span> subject(const Architecture& a, const cloud::Decision& d) {
  if (d.edge) return {"`" + describe(a, a.edge(*d.edge)) + "`", a.edge(*d.edge).arrow_span};
  if (d.node) return {"`" + a.node(*d.node).name + "`", a.node(*d.node).span};
  return {"the app", a.app.span};
}

/// Emulated and degraded parts, so that nobody learns of them from a bill or an outage.
void report_decisions(const Architecture& a, const cloud::Lowered& lowered, const std::string& target, diag::Sink& sink) {
  for (const cloud::Decision& d : lowered.decisions) {
    const auto [what, span] = subject(a, d);
    if (d.fidelity == catalog::Fidelity::emulated) {
      const std::string& reason = !d.why.empty() ? d.why : !d.change.empty() ? d.change : d.strategy;
      auto r = sink.report(span, codes::TargetEmulated, what, target, reason);
      if (!d.change.empty() && d.change != reason) r.note(d.change);
    } else if (d.fidelity == catalog::Fidelity::degraded) {
      auto r = sink.report(span, codes::TargetDegraded, what, target, d.change.empty() ? d.why : d.change);
      if (!d.change.empty() && !d.why.empty()) r.note(d.why);
    }
  }
}

/// What its nodes become at the least: a program of far too many need not be lowered to be refused.
std::size_t least_resources(const Architecture& a, const cloud::Target& target) {
  std::size_t count = 0;
  for (const Node& node : a.nodes) {
    const catalog::KindRow* row = target.backend->catalog().kind(node.raw() ? "resource" : node.kind, target.format->name());
    if (row != nullptr) count += row->least;
  }
  return count;
}

/// A format has words for what lowering makes; a raw resource, or a property said to one cloud, may be new to it.
bool can_be_said(const cloud::Target& target, const cloud::Stack& stack, const Architecture& a, diag::Sink& sink) {
  bool all = true;
  std::set<std::pair<std::string, std::string>> told;
  for (const cloud::Unsaid& u : target.format->unsaid(stack)) {
    const cloud::Resource* resource = stack.find(u.resource);
    const Node* node = nullptr;
    if (resource != nullptr && resource->from.node) node = &a.node(*resource->from.node);
    else if (resource != nullptr && resource->from.edge) node = &a.node(a.edge(*resource->from.edge).from.node);
    const Span span = node != nullptr ? node->span : a.app.span;
    if (u.fidelity != catalog::Fidelity::impossible) {
      const std::string who = "`" + (node != nullptr ? node->name : u.resource) + "`";
      if (!told.emplace(who, u.what).second) continue;  // several resources of one node
      const bool weaker = u.fidelity == catalog::Fidelity::degraded;
      auto reported = sink.report(span, weaker ? codes::TargetDegraded : codes::TargetEmulated, who, target.name(), u.what);
      if (!u.why.empty()) reported.note(u.why);
      continue;
    }
    all = false;
    auto reported = sink.report(span, codes::TargetUnsaid, target.name(), u.what);
    if (!u.why.empty()) reported.note(u.why);
    reported.help("leave it out for this target, or choose a target that can say it");
  }
  return all;
}

/// A text for the sources, when it is UTF-8.
const SourceFile* add_text(Project& project, std::string name, std::string text, diag::Sink& sink) {
  const std::size_t bad = first_bad_utf8(text);
  if (bad == std::string::npos) return &project.sources.add(std::move(name), std::move(text));
  text.resize(bad);
  const SourceFile& source = project.sources.add(name, std::move(text));
  const auto at = static_cast<std::uint32_t>(bad);
  sink.report({source.id, at, at}, codes::FileEncoding, "`" + name + "`").help("save the file as UTF-8 text");
  return nullptr;
}

Expected<bool> load_quotas(const FrontEndRequest& request, Project& project, diag::Sink& sink) {
  const LoadRequest& from = request.load;
  const std::string path = (from.folder.empty() ? "" : from.folder + "/") + std::string(kQuotasFile);
  if (from.files.is_file(path)) {
    auto text = from.files.read(path, kLargestQuotas);
    if (!text) return text.error();
    project.quotas = add_text(project, from.shown(path), std::move(*text), sink);
  }
  if (request.quotas) project.quotas_by_hand = add_text(project, request.quotas->name, request.quotas->text, sink);
  return true;
}

struct Regions {
  std::vector<std::string> vendor;  ///< home first; empty: one template for any region
  std::vector<std::size_t> wanted;  ///< indices to make
  bool good = true;
};

Regions regions_of(const Architecture& a, const catalog::Catalog& catalog, const std::string& only, diag::Sink& sink) {
  Regions out;
  std::vector<std::string> names;
  for (const catalog::Region& r : catalog.regions) names.emplace_back(r.name);
  const auto vendor_name = [&](const std::string& name, Span span) -> std::optional<std::string> {
    if (const catalog::Region* r = catalog.region(name)) return std::string(r->vendor);
    auto r = sink.report(span, codes::TargetRegion, std::string(catalog.title), name);
    if (const std::string near = diag::nearest(name, names); !near.empty() && span.known()) {
      r.help("did you mean `" + near + "`?").fix(span, near, diag::Confidence::likely, "write `" + near + "`");
    } else {
      r.help("give this cloud its own: `on " + std::string(catalog.cloud) + " { regions = [" +
             (names.empty() ? "" : names.front()) + "] }` in the app");
    }
    out.good = false;
    return std::nullopt;
  };
  for (const Value& v : a.app.regions_for(catalog.cloud)) {
    const auto* name = v.get<Symbol>();
    if (name == nullptr) continue;
    if (auto vendor = vendor_name(name->name, v.span)) {
      if (only.empty() || only == name->name || only == *vendor) out.wanted.push_back(out.vendor.size());
      out.vendor.push_back(std::move(*vendor));
    }
  }
  if (!only.empty() && out.good && out.wanted.empty()) {
    if (!out.vendor.empty()) {
      sink.report({}, codes::TargetRegion, "this app on " + std::string(catalog.title), only);
      out.good = false;
    } else if (auto vendor = vendor_name(only, {})) {
      out.vendor.push_back(std::move(*vendor));
      out.wanted.push_back(0);
    }
  }
  return out;
}

}  // namespace

passes::Strategies strategies_of(const cloud::Lowered& lowered) {
  std::map<NodeId, std::string_view> nodes;
  std::map<EdgeId, std::string_view> edges;
  for (const cloud::Decision& d : lowered.decisions) {
    if (d.edge) edges.try_emplace(*d.edge, d.strategy);
    else if (d.node) nodes.try_emplace(*d.node, d.strategy);
  }
  const auto look = [](const auto& in, auto id) {
    const auto found = in.find(id);
    return found == in.end() ? std::string_view{} : found->second;
  };
  return {[nodes = std::move(nodes), look](const Node& node) { return look(nodes, node.id); },
          [edges = std::move(edges), look](const Edge& edge) { return look(edges, edge.id); }};
}

architecture::Options build_options(std::string stage) {
  architecture::Options options;
  options.stage = std::move(stage);
  for (const cloud::Backend* b : cloud::all_backends()) options.clouds.emplace_back(b->catalog().cloud);
  for (const cloud::Target& t : cloud::all_targets()) options.targets.push_back(t.name());
  return options;
}

Expected<bool> front_end(const FrontEndRequest& request, FrontEnd& result, diag::Sink& sink) {
  auto loaded = load(request.load, result.project, sink);
  if (!loaded) return loaded.error();
  if (auto read = load_quotas(request, result.project, sink); !read) return read.error();
  result.allowances = allowances_of(result.project, request.as_of, sink);
  import_apps(request, result.project, sink);
  result.architecture = architecture::build(result.project.program, build_options(request.stage), sink);
  result.catalogs = catalogs_of(result.project, result.architecture, sink);
  result.as_of = request.as_of;
  result.whole = !sink.has_errors() && passes::run(result.architecture, sink);
  settle(result, sink);
  return true;
}

Catalogs catalogs_of(const Project& project, const Architecture& architecture, diag::Sink& sink) {
  return resolve_catalogs({project.quotas, &architecture.app.quotas, project.quotas_by_hand}, project.sources, sink);
}

bool asks_for_all(const FrontEnd& front, const std::vector<cloud::Target>& targets, std::string_view region) {
  const std::vector<cloud::Target> named = targets_of(front.architecture);
  return region.empty() && std::all_of(named.begin(), named.end(), [&](const cloud::Target& wanted) {
           return std::any_of(targets.begin(), targets.end(),
                              [&](const cloud::Target& t) { return t.name() == wanted.name(); });
         });
}

std::vector<cloud::Target> targets_of(const Architecture& architecture) {
  std::vector<cloud::Target> out;
  for (const Symbol& s : architecture.app.targets) out.push_back(cloud::find_target(s.name));
  return out.empty() ? cloud::all_targets() : out;
}

void check_packages(const FrontEnd& front, const Packaged& code, const BackEndRequest& request, diag::Sink& sink) {
  const catalog::Use facts(front.catalogs.laid());
  std::map<NodeId, passes::PackageSize> sizes;
  for (const auto& [node, artifact] : code.artifacts) sizes[node] = {artifact.size, artifact.unpacked};
  std::set<const cloud::Backend*> seen;
  for (const cloud::Target& target : request.targets) {
    if (!seen.insert(target.backend).second) continue;
    diag::Sink elsewhere;  // what is wrong with the regions, lowering tells
    const Regions regions = regions_of(front.architecture, target.backend->catalog(), request.region, elsewhere);
    const auto strategy_of = [&](const Node& node) { return target.backend->strategy_of(front.architecture, node); };
    std::vector<std::string> wanted;
    for (const std::size_t i : regions.wanted) wanted.push_back(regions.vendor[i]);
    passes::check_packages(front.architecture, target.backend->catalog(), sizes, wanted, strategy_of, sink);
  }
  settle(front, sink);
}

std::vector<TargetStack> back_end(const FrontEnd& front, const Packaged& code, const BackEndRequest& request,
                                  diag::Sink& sink) {
  const catalog::Use facts(front.catalogs.laid());
  std::vector<TargetStack> out;
  check_packages(front, code, request, sink);
  std::map<const cloud::Backend*, std::vector<passes::OutOfBounds>> bounded;
  for (const cloud::Target& target : request.targets) {
    const catalog::Catalog& catalog = target.backend->catalog();
    const auto [refused, first] = bounded.try_emplace(target.backend);
    if (first) {
      const auto strategy_of = [&](const Node& node) { return target.backend->strategy_of(front.architecture, node); };
      refused->second = passes::check_bounds(front.architecture, catalog, strategy_of, sink);
      if (!front.as_of.empty()) passes::check_runtimes(front.architecture, catalog, front.as_of, sink);
    }
    // A value out of bounds leaves the rest to be looked at, as if it were within; what comes of that is not emitted.
    const bool good = refused->second.empty();
    const Architecture mended = good ? Architecture{} : passes::within_bounds(front.architecture, refused->second, catalog);
    const Architecture& a = good ? front.architecture : mended;
    const Regions regions = regions_of(a, catalog, request.region, sink);
    if (!regions.good) continue;
    // All nodes stand at home.
    const bool home =
        regions.vendor.empty() || std::find(regions.wanted.begin(), regions.wanted.end(), 0u) != regions.wanted.end();
    if (home && !takes_resources(target, least_resources(a, target), "at least ", a, sink)) continue;

    const std::size_t count = regions.vendor.empty() ? 1 : regions.wanted.size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t index = regions.vendor.empty() ? 0 : regions.wanted[i];
      const std::string region = regions.vendor.empty() ? "" : regions.vendor[index];
      std::map<NodeId, cloud::CodeArtifact> artifacts = code.artifacts;
      if (!region.empty()) {
        for (auto& [node, artifact] : artifacts) artifact.path = "../" + artifact.path;  // one copy for all regions
      }
      const cloud::LowerRequest lower{a,
                                      target.format->name(),
                                      region,
                                      regions.vendor,
                                      index == 0,
                                      artifacts,
                                      target.format->has_exports(),
                                      target.format->uploads_code()};
      TargetStack made;
      made.target = target;
      made.region = region;
      diag::Sink lowering;
      made.lowered = target.backend->lower(lower, lowering);
      made.lowered.stack.name = a.app.name + "-" + a.app.stage;
      if (!lowering.has_errors()) {
        // Per region the same decisions come again; the renderers show equal findings once.
        if (good) report_decisions(a, made.lowered, target.name(), sink);
        passes::run_paths(passes::Model(a, catalog, strategies_of(made.lowered), region), sink);
        if (i == 0) check_budget(a, target, made.lowered, region, request.region, sink);
      }
      for (const diag::Diagnostic& d : lowering.all()) sink.add(d);
      if (lowering.has_errors()) continue;
      if (!takes_resources(target, made.lowered.stack.resources.size(), "", a, sink)) continue;
      if (!keeps_limits(target, made.lowered.stack, a, sink) || !good) continue;
      if (made.lowered.stack.resources.empty() && index > 0) {
        sink.report(a.app.span, codes::AppEmptyRegion, a.app.name, region)
            .help("say `placement = every` at a node that shall stand in every region, or leave the region out");
        continue;
      }
      if (made.lowered.stack.resources.empty()) {
        sink.report(a.app.span, codes::AppEmpty, a.app.name, std::string(catalog.title))
            .note("a template without resources is refused by the engine")
            .help("declare a node, such as `function hello { code = \"./code\"  runtime = python312 }`");
        continue;
      }
      if (!can_be_said(target, made.lowered.stack, a, sink)) continue;
      const std::string banner =
          "Made by Virga from the app " + a.app.name + ", stage " + a.app.stage + ". Change the .virga file, not this one.";
      const std::string prefix = region.empty() ? "" : region + "/";
      const bool json = request.json && target.format->has_json();
      for (auto& [path, bytes] :
           json ? target.format->emit_json(made.lowered.stack, banner) : target.format->emit(made.lowered.stack, banner))
        made.files[prefix + path] = std::move(bytes);
      if (!keeps_sizes(target, made.files, a, sink)) continue;
      for (const auto& [path, bytes] : code.files) made.files[path] = bytes;
      out.push_back(std::move(made));
    }
  }
  settle(front, sink);
  // With stages there is more to ask than this one.
  if (front.architecture.app.stages.empty() && asks_for_all(front, request.targets, request.region))
    report_unused(front.allowances, front.architecture, front.project.sources, !front.as_of.empty(), sink);
  return out;
}

}  // namespace virga::driver
