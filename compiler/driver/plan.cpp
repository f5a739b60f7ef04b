#include "compiler/driver/plan.h"

#include "compiler/driver/close.h"
#include "compiler/driver/deploy.h"
#include "compiler/driver/estimate.h"
#include "compiler/partition/split.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

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

/// Nodes of which some unit stands already.
void find_standing(const Side& before, const Side& after, std::set<std::string>& out) {
  std::set<std::string_view> stand;
  for (const cloud::Unit& u : before.units) stand.insert(u.address);
  for (const cloud::Unit& u : after.units) {
    if (u.from.node && stand.contains(u.address)) out.insert(after.front->architecture.node(*u.from.node).identity());
  }
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

std::string one_part(std::string_view part) { return std::string(part.empty() ? partition::kFirstPart : part); }

/// The first of the app's stacks on the same target in the same region, which has the decisions; null when there is none.
const TargetStack* first_of(const std::vector<TargetStack>& stacks, const TargetStack& like) {
  const auto found = std::find_if(stacks.begin(), stacks.end(), [&](const TargetStack& s) {
    return s.target.name() == like.target.name() && s.region == like.region;
  });
  return found == stacks.end() ? nullptr : &*found;
}

}  // namespace

bool same_part(std::string_view one, std::string_view other) { return one_part(one) == one_part(other); }

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

Planned make_plan(const FrontEnd& front, const std::vector<TargetStack>& stacks, const Standing& standing, bool all,
                  const Output& output) {
  const catalog::Use facts(front.catalogs.laid());
  Planned out;
  out.report.app = front.architecture.app.name;
  out.report.stage = front.architecture.app.stage;
  std::set<std::string> needs;
  for (const Param& p : front.architecture.params) {
    if (p.import) needs.insert(p.import->app);
  }
  out.report.needs.assign(needs.begin(), needs.end());
  out.report.after = &front.architecture;
  if (standing.earlier) {
    out.report.standing = standing.earlier->name;
    out.report.before = &standing.earlier->front->architecture;
    out.report.meaning = plan::compare(standing.earlier->front->architecture, front.architecture);
    out.report.picture = plan::mermaid(*out.report.meaning, standing.earlier->front->architecture, front.architecture);
  } else if (standing.record) {
    out.report.standing = standing.name;
  }
  std::vector<MovedStack> moved;
  std::set<std::pair<std::string, std::string>> told;
  const auto add = [&](const cloud::Target& target, const std::string& region, const std::string& name, Side before,
                       Side after) {
    plan::StackReport s;
    s.target = target.name();
    s.title = target.format->title();
    s.region = region;
    s.name = name;
    for (const Side* side : {&before, &after}) {
      if (side->stack != nullptr) s.part = side->stack->part;
      else if (side->recorded != nullptr) s.part = side->recorded->part;
    }
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
    find_standing(before, after, out.report.stand);
    for (const plan::UnitChange& c : s.plan.changes)
      s.owners.push_back(c.after != nullptr ? owner_of(after, *c.after, true) : owner_of(before, *c.before, false));
    // Of what was written down only its units are known, and can be compared.
    const bool recorded = before.recorded != nullptr;
    std::vector<passes::Use> was = stack_uses(target, before.stack, before.units);
    std::vector<passes::Use> is = stack_uses(target, recorded ? nullptr : after.stack, after.units);
    // What is said of the app stands at the first of its stacks in a region.
    if (after.stack != nullptr && told.emplace(s.target, region).second && !recorded) {
      const TargetStack* then = standing.earlier ? first_of(*standing.earlier->stacks, *after.stack) : nullptr;
      const TargetStack& now = *first_of(stacks, *after.stack);
      const auto add_app = [](const FrontEnd& of, const TargetStack& stack, std::vector<passes::Use>& uses) {
        for (passes::Use& u : app_uses(of, stack)) uses.push_back(std::move(u));
      };
      add_app(front, now, is);
      if (then != nullptr) {
        add_app(*standing.earlier->front, *then, was);
        s.permissions = compare_permissions(*standing.earlier->front, *standing.earlier->stacks, front, stacks, now);
      }
    }
    if (after.stack != nullptr) s.close = newly_close(was, is);
    if (const catalog::EngineRow* engine = catalog.engine(target.format->name());
        engine != nullptr && !engine->note.empty() && s.plan.count(plan::Action::replace) > 0)
      s.notes.emplace_back(engine->note);
    const auto elsewhere = [&](const TargetStack& t) { return t.target.name() == s.target && t.region != region; };
    add_commands(s, front, target, after.stack != nullptr ? after.stack : before.stack,
                 std::any_of(stacks.begin(), stacks.end(), elsewhere), output);
    plan::add_policy(s, before.units, after.units, target.format->name(), catalog);
    out.report.stacks.push_back(std::move(s));
    moved.push_back({before.stack, after.stack, before.units});
  };
  std::set<std::tuple<std::string, std::string, std::string>> wanted;
  for (const TargetStack& stack : stacks) {
    wanted.emplace(stack.target.name(), stack.region, one_part(stack.part));
    Side before, after{&front, &stack, {}, nullptr};
    if (standing.earlier) {
      for (const TargetStack& old : *standing.earlier->stacks) {
        if (old.target.name() == stack.target.name() && old.region == stack.region && same_part(old.part, stack.part))
          before = {standing.earlier->front, &old, {}, nullptr};
      }
    } else if (standing.record) {
      for (const plan::RecordedStack& old : standing.record->stacks) {
        if (old.target == stack.target.name() && old.region == stack.region && same_part(old.part, stack.part))
          before.recorded = &old;
      }
    }
    add(stack.target, stack.region, stack.lowered.stack.name, before, after);
  }
  if (standing.earlier) compare_costs(*standing.earlier->front, *standing.earlier->stacks, front, stacks, out.report.stacks);
  // A stack of a target and region that is looked at goes as well when it is a part that nothing stands in any more.
  const auto goes = [&](const std::string& target, const std::string& region, const std::string& part) {
    if (wanted.contains({target, region, one_part(part)})) return false;
    const auto at = wanted.lower_bound({target, region, ""});
    return all || (at != wanted.end() && std::get<0>(*at) == target && std::get<1>(*at) == region);
  };
  if (standing.earlier) {
    for (const TargetStack& old : *standing.earlier->stacks) {
      if (goes(old.target.name(), old.region, old.part))
        add(old.target, old.region, old.lowered.stack.name, {standing.earlier->front, &old, {}, nullptr}, {});
    }
  } else if (standing.record) {
    for (const plan::RecordedStack& old : standing.record->stacks) {
      const cloud::Target target = cloud::find_target(old.target);
      if (target.format == nullptr || !goes(old.target, old.region, old.part)) continue;
      Side before;
      before.recorded = &old;
      add(target, old.region, partition::stack_name(standing.record->app + "-" + standing.record->stage, one_part(old.part)),
          before, {});
    }
  }
  find_moves(out.report, moved);
  return out;
}

StandingIds standing_ids(const Standing& standing) {
  StandingIds out;
  if (standing.earlier) {
    for (const TargetStack& s : *standing.earlier->stacks) {
      if (!s.part.empty()) continue;
      for (const cloud::Resource& r : s.lowered.stack.resources) out[s.target.name()].insert(r.id);
    }
  } else if (standing.record) {
    for (const plan::RecordedStack& s : standing.record->stacks) {
      if (!s.part.empty()) continue;
      for (const cloud::Unit& u : s.units) out[s.target].insert(u.address);
    }
  }
  return out;
}

plan::Record record_of(const FrontEnd& front, const std::vector<TargetStack>& stacks) {
  plan::Record out{front.architecture.app.name, front.architecture.app.stage, {}};
  for (const TargetStack& s : stacks) {
    plan::RecordedStack recorded{s.target.name(), s.region, s.target.format->units(s.lowered.stack), {}, s.part};
    for (const cloud::Unit& u : recorded.units)
      recorded.owners.push_back(u.from.node ? front.architecture.node(*u.from.node).name : "");
    out.stacks.push_back(std::move(recorded));
  }
  return out;
}

}  // namespace virga::driver
