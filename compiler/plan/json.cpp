// The plan as data, for other programs: docs/schema/plan.schema.json.
#include "compiler/plan/json_value.h"
#include "compiler/plan/report.h"
#include "compiler/plan/steps.h"
#include "compiler/plan/workspace.h"

namespace virga::plan {
namespace {

using Json = nlohmann::ordered_json;

Json path_of(const Path& path) {
  Json out = Json::array();
  for (const PathStep& step : path) {
    if (const auto* key = std::get_if<std::string>(&step)) out.push_back(*key);
    else out.push_back(std::get<std::size_t>(step));
  }
  return out;
}

std::string_view word(Weight weight) {
  return weight == Weight::replaces ? "replaces" : weight == Weight::may_replace ? "may_replace" : "in_place";
}

std::string_view word(Effect::Kind kind) {
  switch (kind) {
    case Effect::Kind::data_lost: return "data_lost";
    case Effect::Kind::interrupted: return "interrupted";
    case Effect::Kind::refused: return "refused";
    case Effect::Kind::unknown: return "unknown";
  }
  return "";
}

Json change_json(const Change& c) {
  Json j{{"path", path_of(c.path)}};
  if (c.before) j["before"] = to_json(*c.before);
  if (c.after && c.follows.empty()) j["after"] = to_json(*c.after);
  if (!c.follows.empty()) j["known_after_deployment"] = c.follows;
  j["effect"] = word(c.weight);
  return j;
}

Json unit_json(const UnitChange& c, const Owner& owner) {
  Json j{{"address", c.unit().address}, {"type", c.unit().type}, {"action", word(c.action)}, {"wave", c.wave}};
  if (!owner.name.empty()) j["node"] = owner.name;
  if (!owner.place.empty()) j["place"] = owner.place;
  if (c.derived) j["derived"] = true;
  if (!c.known) j["unknown_type"] = true;
  if (c.left == cloud::OnRemoval::keep || c.left == cloud::OnRemoval::snapshot) j["what_is_left"] = plan::word(c.left);
  if (c.action == Action::create) j["properties"] = to_json(cloud::Value(c.after->properties));
  for (const Change& change : c.changes) j["changes"].push_back(change_json(change));
  for (const Effect& e : c.effects) {
    Json effect{{"kind", word(e.kind)}, {"says", sentence(e)}};
    if (!e.mark.empty()) effect["mark"] = e.mark;
    if (e.kind == Effect::Kind::data_lost) effect["accepted"] = !e.accepted.empty();
    if (!e.accepted.empty()) effect["because"] = e.accepted;
    j["effects"].push_back(std::move(effect));
  }
  return j;
}

Json policy_json(const Policy& policy) {
  Json j{{"documents", Json::array()}};
  for (const auto& document : policy.documents) j["documents"].push_back(Json::parse(write_policy(document, *policy.form)));
  for (const auto& document : policy.documents) {
    Json whose = Json::array();
    for (const Statement& s : document) whose.push_back(s.whose);
    j["needed_by"].push_back(std::move(whose));
  }
  if (!policy.notes.empty()) j["notes"] = policy.notes;
  return j;
}

Json stack_json(const StackReport& s) {
  Json j{{"target", s.target}, {"name", s.name}};
  if (!s.region.empty()) j["region"] = s.region;
  if (!s.part.empty()) j["part"] = s.part;
  if (!s.moves.empty()) j["moves"] = s.moves;
  j["summary"] = {{"create", s.plan.count(Action::create)},
                  {"update", s.plan.count(Action::update)},
                  {"replace", s.plan.count(Action::replace)},
                  {"remove", s.plan.count(Action::remove)},
                  {"unchanged", s.plan.unchanged},
                  {"waves", s.plan.waves}};
  j["changes"] = Json::array();
  for (std::size_t i = 0; i < s.plan.changes.size(); ++i) {
    if (s.plan.changes[i].action != Action::none) j["changes"].push_back(unit_json(s.plan.changes[i], s.owners[i]));
  }
  for (const Permission& p : s.permissions)
    j["permissions"].push_back({{"who", p.who}, {"wider", p.wider}, {"actions", p.actions}, {"on", p.on}});
  for (const CostChange& c : s.costs)
    j["costs"].push_back({{"currency", c.currency},
                          {"before", {{"least", c.before_least}, {"most", c.before_most}}},
                          {"after", {{"least", c.after_least}, {"most", c.after_most}}}});
  for (const Close& c : s.close) {
    Json close{{"what", c.what},   {"is", c.after},       {"most", c.most},
               {"share", c.share}, {"says", sentence(c)}, {"source", c.source}};
    if (!c.before.empty()) close["was"] = c.before;
    j["close_to_limits"].push_back(std::move(close));
  }
  for (const std::size_t c : s.plan.critical) j["longest_chain"].push_back(s.plan.changes[c].unit().address);
  if (!s.archives.empty()) j["new_code"] = s.archives;
  if (!s.upload.empty()) j["upload"] = s.upload;
  if (!s.commands.empty()) j["commands"] = s.commands;
  for (const Variable& v : s.variables) {
    Json entry{{"name", v.name}, {"what", v.what}};
    if (!v.common.empty()) entry["or"] = v.common;
    j["variables"].push_back(std::move(entry));
  }
  if (!s.policy.documents.empty()) j["policy"] = policy_json(s.policy);
  return j;
}

Json steps_json(const Order& order, std::span<const Report* const> apps) {
  Json out = Json::array();
  for (const Step& step : order.steps) {
    Json j{{"does", word(step.kind)}, {"app", apps[step.app]->app}};
    if (step.kind != Step::Kind::pack) {
      const StackReport& s = apps[step.app]->stacks[step.stack];
      j["target"] = s.target;
      if (!s.region.empty()) j["region"] = s.region;
      if (!s.part.empty()) j["part"] = s.part;
    }
    j["wave"] = step.wave;
    j["after"] = step.after;
    if (!commands_of(step, apps).empty()) j["commands"] = commands_of(step, apps);
    out.push_back(std::move(j));
  }
  return out;
}

Json said_json(const Said& s) {
  Json j{{"name", s.name}};
  if (!s.cloud.empty()) j["cloud"] = s.cloud;
  if (s.before) j["before"] = *s.before;
  if (s.after) j["after"] = *s.after;
  return j;
}

template <class Difference>
std::string_view what(const Difference& d) {
  return d.before == nullptr ? "new" : d.after == nullptr ? "gone" : "changed";
}

Json meaning_json(const Meaning& m) {
  Json j{{"nodes", Json::array()}, {"edges", Json::array()}, {"reaches", m.reached}};
  for (const NodeDifference& n : m.nodes) {
    const Node& node = n.after != nullptr ? *n.after : *n.before;
    Json entry{{"name", node.name}, {"kind", node.kind}, {"change", what(n)}};
    if (n.renamed()) entry["was"] = n.before->name;
    for (const Said& s : n.said) entry["said"].push_back(said_json(s));
    j["nodes"].push_back(std::move(entry));
  }
  for (std::size_t i = 0; i < m.edges.size(); ++i) {
    Json entry{{"edge", m.edge_names[i]}, {"change", what(m.edges[i])}};
    for (const Said& s : m.edges[i].said) entry["said"].push_back(said_json(s));
    j["edges"].push_back(std::move(entry));
  }
  return j;
}

Json report_json(const Report& report) {
  Json j{{"app", report.app}, {"stage", report.stage}};
  if (!report.standing.empty()) j["compared_with"] = report.standing;
  j["changes"] = report.changes();
  j["losses_not_accepted"] = report.blocked();
  j["refused"] = report.refused();
  if (report.meaning) j["architecture"] = meaning_json(*report.meaning);
  j["stacks"] = Json::array();
  for (const StackReport& s : report.stacks) j["stacks"].push_back(stack_json(s));
  return j;
}

void add_order(Json& j, std::span<const Report* const> apps) {
  const Order order = order_of(apps);
  j["steps"] = steps_json(order, apps);
  j["longest_way"] = order.longest;
}

}  // namespace

std::string render_json(const Report& report, const TextOptions& options) {
  Json j{{"plan", 1}};
  j.update(report_json(report));
  const Report* const apps[] = {&report};
  if (options.order) add_order(j, apps);
  return j.dump(2) + "\n";
}

std::string render_json(const Workspace& workspace) {
  const std::vector<const Report*> apps = workspace.reports();
  Json j{{"plan", 1}, {"workspace", workspace.name}, {"changes", workspace.changes()}, {"apps", Json::array()}};
  for (const Report* report : apps) j["apps"].push_back(report_json(*report));
  if (!workspace.left.empty()) j["left"] = workspace.left;
  add_order(j, apps);
  return j.dump(2) + "\n";
}

}  // namespace virga::plan
