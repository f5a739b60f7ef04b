#include "compiler/driver/plan.h"

#include "compiler/cloud/dump.h"
#include "compiler/cloud/references.h"
#include "compiler/driver/estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace virga::driver {
namespace {

/// One side of a stack's plan.
struct Side {
  const FrontEnd* front = nullptr;
  const TargetStack* stack = nullptr;
  std::span<const cloud::Unit> units;
  const plan::RecordedStack* recorded = nullptr;
};

plan::Owner owner_of(const Side& side, const cloud::Unit& unit, bool stands) {
  if (side.front == nullptr) {
    const auto at = static_cast<std::size_t>(&unit - side.units.data());
    return {side.recorded == nullptr ? "" : side.recorded->owners[at], "recorded", "", ""};
  }
  const Architecture& a = side.front->architecture;
  const SourceMap& sources = side.front->project.sources;
  if (unit.from.node) {
    const Node& node = a.node(*unit.from.node);
    return {node.name, node.raw() ? node.vendor_type : node.kind, stands ? place_of(sources, node.span) : "",
            node.identity()};
  }
  if (unit.from.edge) {
    const Edge& edge = a.edge(*unit.from.edge);
    return {describe(a, edge), "edge", stands ? place_of(sources, edge.arrow_span) : "", ""};
  }
  return {};
}

/// The node that a permission is about, by what its resource refers to.
std::string target_of(const Side& side, const cloud::Value& value) {
  std::string name;
  cloud::for_each_value(value, [&](const cloud::Value& v) {
    const auto* ref = v.get<cloud::Ref>();
    const auto* get = v.get<cloud::GetAtt>();
    if (!name.empty() || (ref == nullptr && get == nullptr)) return;
    const cloud::Resource* r = side.stack->lowered.stack.find(ref != nullptr ? ref->resource : get->resource);
    if (r != nullptr && r->from.node) name = "`" + side.front->architecture.node(*r->from.node).identity() + "`";
  });
  return name.empty() ? cloud::to_text(value) : name;
}

using Allowed = std::map<std::pair<std::string, std::string>, std::set<std::string>>;  // who, on

Allowed allowed_in(const Side& side) {
  Allowed out;
  if (side.stack == nullptr) return out;
  const Architecture& a = side.front->architecture;
  // By what nodes stand as, so that a rename is no change.
  std::map<std::string_view, std::string_view> identities;
  for (const Node& n : a.nodes) identities.emplace(n.name, n.identity());
  const auto identity = [&](const std::string& name) {
    const auto found = identities.find(name);
    return found == identities.end() ? name : std::string(found->second);
  };
  for (const cloud::Grant& g : side.stack->lowered.grants) {
    const std::string who = identity(g.who) + (g.part.empty() ? "" : " (" + g.part + ")");
    auto& actions = out[{who, target_of(side, g.resource)}];
    actions.insert(g.actions.begin(), g.actions.end());
  }
  return out;
}

void compare_permissions(const Side& before, const Side& after, std::vector<plan::Permission>& out) {
  const Allowed was = allowed_in(before), is = allowed_in(after);
  const auto more = [&](const Allowed& these, const Allowed& than, bool wider) {
    for (const auto& [key, actions] : these) {
      plan::Permission p{key.first, wider, {}, key.second};
      const auto other = than.find(key);
      for (const std::string& action : actions) {
        if (other == than.end() || !other->second.contains(action)) p.actions.push_back(action);
      }
      if (!p.actions.empty()) out.push_back(std::move(p));
    }
  };
  more(is, was, true);
  more(was, is, false);
}

bool has_load(const Architecture& a) {
  return std::any_of(a.edges.begin(), a.edges.end(),
                     [](const Edge& e) { return e.properties.has("load") || e.properties.has("peak"); });
}

/// What a month costs on a target, before and after, at its first stack.
void compare_costs(const FrontEnd& before, const std::vector<TargetStack>& old, const FrontEnd& after,
                   const std::vector<TargetStack>& now, std::vector<plan::StackReport>& stacks) {
  if (!has_load(before.architecture) || !has_load(after.architecture)) return;
  const auto was = costs(before, old, "", ""), is = costs(after, now, "", "");
  for (const TargetCost& c : is) {
    const auto other =
        std::find_if(was.begin(), was.end(), [&](const auto& w) { return w.target.name() == c.target.name(); });
    const auto place =
        std::find_if(stacks.begin(), stacks.end(), [&](const auto& s) { return s.target == c.target.name(); });
    if (other == was.end() || place == stacks.end()) continue;
    for (const auto& [currency, total] : c.estimate.totals) {
      const auto then = other->estimate.totals.find(currency);
      if (then == other->estimate.totals.end()) continue;
      const auto a = then->second.after(), b = total.after();
      const auto differs = [](double x, double y) { return std::abs(x - y) >= 0.005; };  // what two decimals show
      if (differs(a.least, b.least) || differs(a.most, b.most))
        place->costs.push_back({currency, a.least, a.most, b.least, b.most});
    }
  }
}

std::vector<std::string> commands_of(const cloud::Target& target, const plan::StackReport& s) {
  const catalog::EngineRow* engine = target.backend->catalog().engine(target.format->name());
  if (engine == nullptr || !s.plan.acts()) return {};
  const std::string folder = "out/" + s.target + (s.region.empty() ? "" : "/" + s.region);
  const bool replaces = s.plan.count(plan::Action::replace) > 0;
  std::vector<std::string> out;
  for (const std::string_view command : s.first && !engine->first.empty() ? engine->first : engine->deploy) {
    std::string text(command);
    const auto put = [&](std::string_view word, const std::string& what) {
      for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += what.size())
        text.replace(at, word.size(), what);
    };
    put("{folder}", folder);
    put("{stack}", s.name);
    put("{region}", s.region.empty() ? "$REGION" : s.region);
    put("{replacing}", replaces ? std::string(engine->replacing) : "");
    out.push_back(std::move(text));
  }
  return out;
}

}  // namespace

std::string place_of(const SourceMap& sources, Span span) {
  if (!span.known()) return {};
  return fmt::format("{}:{}", sources.file(span.file).path, sources.locate(span.file, span.begin).line);
}

std::map<std::string, std::string> accepted_losses(const FrontEnd& front) {
  constexpr std::string_view kCode = "plan/data-lost@";
  std::map<std::string, std::string> out;
  for (const Allowance& a : front.allowances) {
    if (a.own && a.code.starts_with(kCode)) out[a.code.substr(kCode.size())] = a.because;
  }
  return out;
}

Planned make_plan(const FrontEnd& front, const std::vector<TargetStack>& stacks, const Standing& standing, bool all) {
  const catalog::Use facts(front.catalogs.laid());
  Planned out;
  out.report.app = front.architecture.app.name;
  out.report.stage = front.architecture.app.stage;
  if (standing.earlier) {
    out.report.standing = standing.earlier->name;
    out.report.meaning = plan::compare(standing.earlier->front->architecture, front.architecture);
    out.report.picture = plan::mermaid(*out.report.meaning, standing.earlier->front->architecture, front.architecture);
  } else if (standing.record) {
    out.report.standing = standing.name;
  }
  const auto add = [&](const cloud::Target& target, const std::string& region, const std::string& name, Side before,
                       Side after) {
    plan::StackReport s;
    s.target = target.name();
    s.title = target.format->title();
    s.region = region;
    s.name = name;
    s.first = before.stack == nullptr && before.recorded == nullptr;
    s.gone = after.stack == nullptr;
    for (Side* side : {&before, &after}) {
      if (side->stack != nullptr) side->units = out.units.emplace_back(target.format->units(side->stack->lowered.stack));
    }
    if (before.recorded != nullptr) before.units = before.recorded->units;
    const catalog::Catalog& catalog = target.backend->catalog();
    s.plan = plan::diff(before.units, after.units, catalog);
    plan::find_effects(s.plan, catalog, target.format->name());
    plan::find_waves(s.plan);
    for (const plan::UnitChange& c : s.plan.changes)
      s.owners.push_back(c.after != nullptr ? owner_of(after, *c.after, true) : owner_of(before, *c.before, false));
    if (before.stack != nullptr && after.stack != nullptr) compare_permissions(before, after, s.permissions);
    if (const catalog::EngineRow* engine = catalog.engine(target.format->name());
        engine != nullptr && !engine->note.empty() && s.plan.count(plan::Action::replace) > 0)
      s.notes.emplace_back(engine->note);
    s.commands = commands_of(target, s);
    plan::add_policy(s, before.units, after.units, target.format->name(), catalog);
    out.report.stacks.push_back(std::move(s));
  };
  std::set<std::pair<std::string, std::string>> wanted;
  for (const TargetStack& stack : stacks) {
    wanted.emplace(stack.target.name(), stack.region);
    Side before, after{&front, &stack, {}, nullptr};
    if (standing.earlier) {
      for (const TargetStack& old : *standing.earlier->stacks) {
        if (old.target.name() == stack.target.name() && old.region == stack.region)
          before = {standing.earlier->front, &old, {}, nullptr};
      }
    } else if (standing.record) {
      for (const plan::RecordedStack& old : standing.record->stacks) {
        if (old.target == stack.target.name() && old.region == stack.region) before.recorded = &old;
      }
    }
    add(stack.target, stack.region, stack.lowered.stack.name, before, after);
  }
  if (standing.earlier) compare_costs(*standing.earlier->front, *standing.earlier->stacks, front, stacks, out.report.stacks);
  if (!all) return out;
  if (standing.earlier) {
    for (const TargetStack& old : *standing.earlier->stacks) {
      if (!wanted.contains({old.target.name(), old.region}))
        add(old.target, old.region, old.lowered.stack.name, {standing.earlier->front, &old, {}, nullptr}, {});
    }
  } else if (standing.record) {
    for (const plan::RecordedStack& old : standing.record->stacks) {
      const cloud::Target target = cloud::find_target(old.target);
      if (target.format == nullptr || wanted.contains({old.target, old.region})) continue;
      Side before;
      before.recorded = &old;
      add(target, old.region, standing.record->app + "-" + standing.record->stage, before, {});
    }
  }
  return out;
}

plan::Record record_of(const FrontEnd& front, const std::vector<TargetStack>& stacks) {
  plan::Record out{front.architecture.app.name, front.architecture.app.stage, {}};
  for (const TargetStack& s : stacks) {
    plan::RecordedStack recorded{s.target.name(), s.region, s.target.format->units(s.lowered.stack), {}};
    for (const cloud::Unit& u : recorded.units)
      recorded.owners.push_back(u.from.node ? front.architecture.node(*u.from.node).name : "");
    out.stacks.push_back(std::move(recorded));
  }
  return out;
}

}  // namespace virga::driver
