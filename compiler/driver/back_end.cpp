#include "compiler/adopt/engine_words.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/estimate.h"
#include "compiler/driver/parts.h"
#include "compiler/driver/regions.h"
#include "compiler/driver/template_limits.h"
#include "compiler/passes/passes.h"

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

/// One target, and what is made for it in each of its regions.
struct Work {
  const FrontEnd& front;
  const Packaged& code;
  const BackEndRequest& request;
  const cloud::Target& target;
  const Architecture& architecture;  ///< where a value was out of bounds, with the kind's default in its place
  bool good;  ///< none was: it may be emitted
  Regions regions;
};

/// From the folder of a template to that of the program; `up` leads from it to the target's.
std::string sources_of(const Work& work, const std::string& up) {
  const auto found = work.request.sources.find(work.target.name());
  return found == work.request.sources.end() ? std::string() : up + found->second;
}

/// An app that was adopted elsewhere may have outputs in the words of that engine; here they would name what is not there.
std::optional<Architecture> without_words(const Architecture& a, const cloud::Target& target, diag::Sink& sink) {
  const catalog::Catalog& catalog = target.backend->catalog();
  if (a.app.adopted.empty() || a.app.adopted.contains(catalog.cloud)) return std::nullopt;
  std::optional<Architecture> out;
  for (const Output& output : a.outputs) {
    if (!adopt::in_engine_words(output.value, a, target.format->family())) continue;
    if (!out) out = a;
    std::erase_if(out->outputs, [&](const Output& one) { return one.name == output.name; });
    sink.report(output.span, codes::AdoptWords, output.name, std::string(catalog.title))
        .help("say what a node gives, such as `orders.url`");
  }
  return out;
}

/// One target and region, lowered; `parted` says only whether the template lies a folder deeper, for the paths of the code.
TargetStack lowered(const Work& work, std::size_t index, bool parted, diag::Sink& sink) {
  const Architecture& a = work.architecture;
  const cloud::Target& target = work.target;
  TargetStack made;
  made.target = target;
  made.region = work.regions.vendor.empty() ? "" : work.regions.vendor[index];
  std::map<NodeId, cloud::CodeArtifact> artifacts = work.code.artifacts;
  const std::string up = std::string(made.region.empty() ? "" : "../") + (parted ? "../" : "");
  for (auto& [node, artifact] : artifacts) artifact.path = up + artifact.path;  // one copy for all
  const std::optional<Architecture> other = without_words(a, target, sink);
  made.lowered =
      target.backend->lower({other ? *other : a, target.format->name(), made.region, work.regions.vendor, index == 0,
                             artifacts, target.format->has_exports(), target.format->uploads_code(), sources_of(work, up)},
                            sink);
  made.lowered.stack.name = a.app.name + "-" + a.app.stage;
  return made;
}

cloud::Files emitted(const Work& work, const cloud::Stack& stack) {
  const Architecture& a = work.architecture;
  const std::string banner =
      "Made by Virga from the app " + a.app.name + ", stage " + a.app.stage + ". Change the .virga file, not this one.";
  const cloud::Format& format = *work.target.format;
  return work.request.json && format.has_json() ? format.emit_json(stack, banner) : format.emit(stack, banner);
}

/// Whether there is something in the stack, and all of it can be said; tells when not.
bool can_be_made(const Work& work, const TargetStack& made, std::size_t index, diag::Sink& sink) {
  const Architecture& a = work.architecture;
  if (!made.lowered.stack.resources.empty()) return can_be_said(work.target, made.lowered.stack, a, sink);
  if (index > 0) {
    sink.report(a.app.span, codes::AppEmptyRegion, a.app.name, made.region)
        .help("say `placement = every` at a node that shall stand in every region, or leave the region out");
    return false;
  }
  sink.report(a.app.span, codes::AppEmpty, a.app.name, std::string(work.target.backend->catalog().title))
      .note("a template without resources is refused by the engine")
      .help("declare a node, such as `function hello { code = \"./code\"  runtime = python312 }`");
  return false;
}

/// Lowers for one region, by its place among those that are wanted, and looks at what comes of it; emits what is right.
/// Several stacks when one cannot hold it all, or when the file of parts says so; `recorded` is what it says.
std::vector<TargetStack> make(const Work& work, std::size_t place, partition::Recorded& recorded, diag::Sink& sink) {
  const Architecture& a = work.architecture;
  const cloud::Target& target = work.target;
  const std::size_t index = work.regions.vendor.empty() ? 0 : work.regions.wanted[place];
  const bool can = can_part(target);
  bool parted = can && !recorded.empty();
  diag::Sink lowering;
  TargetStack made = lowered(work, index, parted, lowering);
  if (!lowering.has_errors()) {
    // Per region the same decisions come again; the renderers show equal findings once.
    if (work.good) report_decisions(a, made.lowered, target.name(), sink);
    passes::run_paths(passes::Model(a, target.backend->catalog(), strategies_of(made.lowered), made.region), sink);
    if (place == 0) check_budget(a, target, made.lowered, made.region, work.request.region, sink);
  }
  for (const diag::Diagnostic& d : lowering.all()) sink.add(d);
  if (lowering.has_errors()) return {};
  const Holder whole{a.app.span};
  const std::size_t resources = made.lowered.stack.resources.size();
  if (!can && !takes_resources(target, whole, resources, "", sink)) return {};
  if (!can && !keeps_counts(target, whole, made.lowered.stack, sink)) return {};
  if (!keeps_characters(target, made.lowered.stack, a, sink) || !work.good) return {};
  if (!can_be_made(work, made, index, sink)) return {};
  cloud::Files files = emitted(work, made.lowered.stack);
  const std::size_t bytes = largest(target, files);
  if (can && !parted && !fits(made.lowered.stack, bytes, limits_of(target))) {
    parted = true;
    diag::Sink again;  // the same findings
    made = lowered(work, index, parted, again);
  }
  std::vector<TargetStack> out;
  if (parted) out = part(work.front, a, std::move(made), bytes, recorded, work.request, sink);
  else out.push_back(std::move(made));
  for (TargetStack& one : out) {
    if (parted) files = emitted(work, one.lowered.stack);
    const Holder holder = parted ? part_holder(one, a) : whole;
    if (!keeps_sizes(target, holder, files, sink)) return {};
    const std::string prefix = one.folder();
    for (auto& [path, text] : files) one.files[prefix + path] = std::move(text);
  }
  if (!out.empty()) {
    for (const auto& [path, text] : work.code.files) out.front().files[path] = text;
  }
  return out;
}

}  // namespace

passes::Strategies strategies_of(const cloud::Lowered& lowered) {
  std::map<NodeId, std::string_view> nodes;
  std::map<EdgeId, std::string_view> edges;
  for (const cloud::Decision& d : lowered.decisions) {
    const std::string& taken = d.like.empty() ? d.strategy : d.like;
    if (d.edge) edges.try_emplace(*d.edge, taken);
    else if (d.node) nodes.try_emplace(*d.node, taken);
  }
  const auto look = [](const auto& in, auto id) {
    const auto found = in.find(id);
    return found == in.end() ? std::string_view{} : found->second;
  };
  return {[nodes = std::move(nodes), look](const Node& node) { return look(nodes, node.id); },
          [edges = std::move(edges), look](const Edge& edge) { return look(edges, edge.id); }};
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
    const Work work{front, code, request, target, a, good, regions_of(a, catalog, request.region, sink)};
    const Regions& regions = work.regions;
    if (!regions.good) continue;
    // All nodes stand at home.
    const bool home =
        regions.vendor.empty() || std::find(regions.wanted.begin(), regions.wanted.end(), 0u) != regions.wanted.end();
    if (home && !can_part(target) &&
        !takes_resources(target, Holder{a.app.span}, least_resources(a, target), "at least ", sink))
      continue;
    const auto said = front.parts.find(target.name());
    partition::Recorded recorded = said == front.parts.end() ? partition::Recorded{} : said->second;
    const std::size_t count = regions.vendor.empty() ? 1 : regions.wanted.size();
    for (std::size_t place = 0; place < count; ++place) {
      for (TargetStack& made : make(work, place, recorded, sink)) out.push_back(std::move(made));
    }
  }
  settle(front, sink);
  // With stages there is more to ask than this one.
  if (front.architecture.app.stages.empty() && asks_for_all(front, request.targets, request.region))
    report_unused(front.allowances, front.architecture, front.project.sources, !front.as_of.empty(), sink);
  return out;
}

}  // namespace virga::driver
