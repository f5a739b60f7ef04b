#include "backends/aliyun/lower/lowering.h"

#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/order.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/strategies.h"
#include "backends/aliyun/lower/values.h"
#include "compiler/cloud/dump.h"
#include "compiler/cloud/raw.h"
#include "compiler/cloud/references.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aliyun {

Lowering::Lowering(const cloud::LowerRequest& request, diag::Sink& sink) : request_(request), sink_(sink) {
  result_.stack.cloud = catalog().cloud;
  result_.stack.region = request.region;
  result_.stack.description = architecture().app.description;
}

cloud::Lowered Lowering::run() {
  make_parameters();
  lower_edges();
  lower_nodes();
  make_outputs();
  std::vector<cloud::Resource*> made;
  for (cloud::Resource& r : result_.stack.resources) made.push_back(&r);
  cloud::add_raw_properties(
      architecture(), catalog(), [&](const Node& node) { return stands_here(node); },
      [&](const Value& v) { return to_value(*this, v); }, made, sink_);
  finish();
  return std::move(result_);
}

bool Lowering::stands_here(const Node& node) const {
  if (request_.home) return true;
  if (of(node).text("placement") == "home") return false;
  // One rule for what stands at home alone: rules of the same queue in every region would all go off at once.
  const std::optional<NodeId> watched = node.kind == "alarm" ? of(node).node("of") : std::nullopt;
  return !watched || of(architecture().node(*watched)).text("placement") != "home";
}

std::int64_t Lowering::number(std::string_view fact) { return static_cast<std::int64_t>(catalog().fact(fact).value); }
std::int64_t Lowering::least(std::string_view fact) { return static_cast<std::int64_t>(catalog().fact(fact).min); }
std::int64_t Lowering::most(std::string_view fact) { return static_cast<std::int64_t>(catalog().fact(fact).max); }

// ---- what the edges have asked

cloud::Value Lowering::invoker(const Node& source, std::string_view service, const Node& target) {
  InvokerParts& parts = invokers_[source.id];
  parts.service = service;
  if (std::find(parts.functions.begin(), parts.functions.end(), target.id) == parts.functions.end()) {
    parts.functions.push_back(target.id);
  }
  return cloud::GetAtt{id(source, "InvokerRole"), "Arn"};
}

namespace {

/// Resources with the same actions stand in one statement.
void add_statement(std::vector<Statement>& statements, std::vector<std::string> actions,
                   std::vector<cloud::Value> resources) {
  const auto same =
      std::find_if(statements.begin(), statements.end(), [&](const Statement& s) { return s.actions == actions; });
  if (same == statements.end()) {
    statements.push_back({std::move(actions), std::move(resources)});
    return;
  }
  for (cloud::Value& resource : resources) {
    if (std::find(same->resources.begin(), same->resources.end(), resource) == same->resources.end()) {
      same->resources.push_back(std::move(resource));
    }
  }
}

}  // namespace

void Lowering::let_invoker(const Node& source, std::vector<std::string> actions, std::vector<cloud::Value> resources) {
  add_statement(invokers_[source.id].statements, std::move(actions), std::move(resources));
}

void Lowering::grant(const Edge& edge, std::vector<std::string> actions, std::vector<cloud::Value> resources) {
  for (const cloud::Value& resource : resources) result_.grants.push_back({edge.id, from(edge).name, {}, actions, resource});
  add_statement(functions_[edge.from.node].statements, std::move(actions), std::move(resources));
}

void Lowering::tell(const Edge& edge, std::string_view what, cloud::Value value) {
  functions_[edge.from.node].environment.set(cloud::environment_name(to(edge).name, what), std::move(value));
}

// ---- ids

std::string Lowering::unique(std::string wanted, const std::string& key) {
  if (const auto known = ids_.find(key); known != ids_.end()) return known->second;
  if (taken_.contains(wanted)) wanted += "X" + cloud::short_hash(key);
  taken_.insert(wanted);
  return ids_[key] = wanted;
}

std::string Lowering::id(const Node& node, std::string_view noun) {
  return unique(cloud::logical_id(node.identity()) + std::string(noun), fmt::format("node {} {}", node.identity(), noun));
}

namespace {

/// `GET "/docs/{page}"` → `get_docs_page`; of another port its name.
std::string port_words(const Port& port) {
  if (port.name == "self") return {};
  std::string out;
  for (const char c : port.name + "/" + port.argument) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter) out += c;
    else if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    else if (!out.empty() && out.back() != '_') out += '_';
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return out;
}

}  // namespace

std::string Lowering::id(const Edge& edge, std::string_view noun) {
  const std::string words = port_words(edge.from);
  // Several edges may join the same two nodes; each has its own place in the list.
  return unique(fmt::format("{}{}To{}{}", cloud::logical_id(from(edge).identity()),
                            words.empty() ? "" : cloud::logical_id(words), cloud::logical_id(to(edge).identity()), noun),
                fmt::format("edge {} {}", static_cast<std::uint32_t>(edge.id), noun));
}

std::string Lowering::shared_id(std::string_view noun) { return unique(std::string(noun), fmt::format("app {}", noun)); }

// ---- the stack

cloud::Resource& Lowering::add(std::string resource_id, std::string_view type, cloud::Object properties) {
  if (decision_ != nullptr) decision_->resources.push_back(resource_id);
  cloud::Resource resource;
  resource.id = std::move(resource_id);
  resource.type = type;
  resource.properties = std::move(properties);
  resource.from = provenance_;
  result_.stack.resources.push_back(std::move(resource));
  return result_.stack.resources.back();
}

cloud::Resource& Lowering::add_shared(std::string resource_id, std::string_view type, cloud::Object properties) {
  cloud::Resource resource;
  resource.id = std::move(resource_id);
  resource.type = type;
  resource.properties = std::move(properties);
  app_resources_.push_back(std::move(resource));
  return app_resources_.back();
}

bool Lowering::first_use(const std::string& shared) { return shared_.insert(shared).second; }

cloud::Value Lowering::parameter(ParamId param) const {
  if (const std::string& known = architecture().param(param).engine; !known.empty()) return *cloud::pseudo_named(known);
  return cloud::Parameter{parameter_names_[static_cast<std::size_t>(param)]};
}

cloud::Value Lowering::own_parameter(cloud::StackParameter parameter) {
  const std::string name = unique(parameter.name, "parameter " + parameter.name);
  parameter.name = name;
  auto& all = result_.stack.parameters;
  if (std::none_of(all.begin(), all.end(), [&](const auto& p) { return p.name == name; }))
    all.push_back(std::move(parameter));
  return cloud::Parameter{name};
}

std::string Lowering::condition(cloud::Value left, cloud::Value right) {
  const std::string text = fmt::format("{} == {}", cloud::to_text(left), cloud::to_text(right));
  std::string name = "If" + cloud::short_hash(text);
  auto& all = result_.stack.conditions;
  if (std::none_of(all.begin(), all.end(), [&](const auto& c) { return c.name == name; })) {
    all.push_back({name, Box<cloud::Call>(cloud::Call{"Fn::Equals", cloud::Values{std::move(left), std::move(right)}})});
  }
  return name;
}

void Lowering::make_parameters() {
  for (const Param& param : architecture().params) {
    if (!param.engine.empty()) {
      parameter_names_.emplace_back();
      continue;
    }
    parameter_names_.push_back(unique(cloud::logical_id(param.name), "param " + param.name));
    cloud::StackParameter made = stack_parameter(*this, param);
    made.name = parameter_names_.back();
    result_.stack.parameters.push_back(std::move(made));
  }
}

// ---- decisions

namespace {

void append_sentence(std::string& text, std::string sentence) {
  if (text.find(sentence) != std::string::npos) return;
  if (!text.empty()) text += "; ";
  text += sentence;
}

}  // namespace

void Lowering::changes(std::string text) {
  if (decision_ == nullptr) return;
  decision_->fidelity = std::max(decision_->fidelity, catalog::Fidelity::degraded);
  append_sentence(decision_->change, std::move(text));
}

void Lowering::emulates(std::string text) {
  if (decision_ == nullptr) return;
  decision_->fidelity = std::max(decision_->fidelity, catalog::Fidelity::emulated);
  append_sentence(decision_->why, std::move(text));
}

// ---- edges and nodes

namespace {

/// `gateway.route` and `site.route` stand for every method.
std::string end_of(const Node& node, const Port& port) {
  const bool route = (node.kind == "gateway" || node.kind == "site") && port.name != "self";
  return node.kind + "." + (route ? "route" : port.name);
}

std::string end_for_people(const Node& node, const Port& port) {
  return port.name == "self" ? node.kind : node.kind + "." + port.name;
}

void report_impossible(Lowering& l, const Edge& edge, const catalog::EdgeRow* row) {
  const Node& from = l.from(edge);
  const Node& to = l.to(edge);
  auto reported = l.sink().report(edge.span, diag::codes::TargetEdgeImpossible, describe(l.architecture(), edge),
                                  std::string(catalog().title));
  if (row != nullptr) {
    reported.help(std::string(row->says));
    return;
  }
  // No row at all: name what the source can reach.
  std::vector<std::string> possible;
  const std::string wanted = end_of(from, edge.from);
  for (const catalog::EdgeRow& r : catalog().edges) {
    if (r.from == wanted && r.fidelity != catalog::Fidelity::impossible) {
      possible.push_back(fmt::format("`{}`", r.to.ends_with(".self") ? r.to.substr(0, r.to.size() - 5) : r.to));
    }
  }
  std::sort(possible.begin(), possible.end());
  possible.erase(std::unique(possible.begin(), possible.end()), possible.end());
  reported.note(fmt::format("a {} leads to a {} here", end_for_people(from, edge.from), end_for_people(to, edge.to)));
  if (!possible.empty())
    reported.help(fmt::format("a {} can lead to {}", end_for_people(from, edge.from), fmt::join(possible, ", ")));
}

}  // namespace

void Lowering::lower_edges() {
  for (const Edge& edge : architecture().edges) {
    if (!stands_here(from(edge))) continue;
    // What would be wrong with an edge at a node that cannot be made follows from that.
    if (strategy_of(*this, from(edge)) == nullptr || strategy_of(*this, to(edge)) == nullptr) continue;
    const catalog::EdgeRow* row = catalog().edge(end_of(from(edge), edge.from), edge.delivery == Delivery::hand_over,
                                                 end_of(to(edge), edge.to), request_.format);
    if (row == nullptr || row->fidelity == catalog::Fidelity::impossible) {
      report_impossible(*this, edge, row);
      continue;
    }
    if (refuses_order(*this, edge)) continue;
    const EdgeStrategy* strategy = strategy_of(*this, edge, *row);
    cloud::Decision decision;
    decision.edge = edge.id;
    decision.fidelity = row->fidelity;
    decision.strategy = strategy->name;
    decision.why = strategy->why;
    if (row->fidelity == catalog::Fidelity::degraded) decision.change = row->says;
    if (row->fidelity == catalog::Fidelity::emulated && decision.why.empty()) decision.why = row->says;
    decision_ = &decision;
    provenance_ = {.node = std::nullopt, .edge = edge.id, .strategy = std::string(strategy->name)};
    strategy->realise(*this, edge);
    // What hands events over has no settings of its own, but a function, a table and a stream, whose edges say what they do.
    const bool handed = edge.delivery == Delivery::hand_over && to(edge).kind == "function";
    const bool own = from(edge).kind == "function" || from(edge).kind == "table" || from(edge).kind == "stream";
    if (handed && !own) refuse_own_settings(*this, edge);
    decision_ = nullptr;
    result_.decisions.push_back(std::move(decision));
  }
}

void Lowering::lower_nodes() {
  for (const Node& node : architecture().nodes) {
    if (!stands_here(node)) continue;
    const catalog::KindRow* row = catalog().kind(node.raw() ? "resource" : node.kind, request_.format);
    const KindStrategy* strategy = strategy_of(*this, node);
    if (strategy == nullptr) {
      auto reported = sink_.report(node.span, diag::codes::TargetKindImpossible,
                                   fmt::format("`{}`, a {},", node.name, node.kind), std::string(catalog().title));
      if (row != nullptr) reported.help(std::string(row->says));
      continue;
    }
    cloud::Decision decision;
    decision.node = node.id;
    decision.fidelity = row->fidelity;
    decision.strategy = strategy->name;
    decision.why = strategy->why;
    decision_ = &decision;
    provenance_ = {.node = node.id, .edge = std::nullopt, .strategy = std::string(strategy->name)};
    strategy->realise(*this, node);
    if (const auto invoker = invokers_.find(node.id); invoker != invokers_.end())
      add_invoker_role(*this, node, invoker->second);
    decision_ = nullptr;
    if (decision.fidelity == catalog::Fidelity::degraded && decision.change.empty()) decision.change = row->says;
    result_.decisions.push_back(std::move(decision));
  }
}

void Lowering::make_outputs() {
  for (const Output& output : architecture().outputs) {
    if (!can_be_said_here(*this, output.value)) continue;
    cloud::StackOutput made;
    made.name = unique(cloud::logical_id(output.name), "output " + output.name);
    made.description = output.doc;
    made.value = to_value(*this, output.value);
    result_.stack.outputs.push_back(std::move(made));
  }
}

// ---- the end

void Lowering::finish() {
  auto& resources = result_.stack.resources;
  // What the app shares first; then each node, followed by what its edges became.
  const auto place = [&](const cloud::Resource& r) {
    if (r.from.node) return 2 * static_cast<std::size_t>(*r.from.node);
    return 2 * static_cast<std::size_t>(architecture().edge(*r.from.edge).from.node) + 1;
  };
  std::stable_sort(resources.begin(), resources.end(),
                   [&](const cloud::Resource& a, const cloud::Resource& b) { return place(a) < place(b); });
  resources.insert(resources.begin(), std::make_move_iterator(app_resources_.begin()),
                   std::make_move_iterator(app_resources_.end()));
  for (cloud::Resource& r : resources) {
    std::sort(r.depends_on.begin(), r.depends_on.end());
    r.depends_on.erase(std::unique(r.depends_on.begin(), r.depends_on.end()), r.depends_on.end());
  }

  const std::set<std::string> used = cloud::used_parameters(result_.stack);
  std::erase_if(result_.stack.parameters, [&](const cloud::StackParameter& p) { return !used.contains(p.name); });

  if (sink_.has_errors()) return;
  if (const std::vector<std::string> circle = cloud::find_circle(result_.stack); !circle.empty()) {
    const cloud::Provenance& from = result_.stack.find(circle.front())->from;
    const Span span = from.node   ? architecture().node(*from.node).span
                      : from.edge ? architecture().edge(*from.edge).span
                                  : Span();
    sink_.report(span, codes::ReferenceCircle, fmt::format("{}", fmt::join(circle, ", ")))
        .help("take the reference out of one of them, or pass a name that is known beforehand");
  }
}

}  // namespace virga::aliyun
