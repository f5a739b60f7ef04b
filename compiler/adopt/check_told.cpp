#include "compiler/adopt/check_told.h"

#include "compiler/adopt/path.h"
#include "compiler/adopt/ports.h"
#include "compiler/adopt/raise_part.h"
#include "compiler/adopt/statements.h"
#include "compiler/diagnostics/codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace virga::adopt {
namespace {

void otherwise(Span span, const std::string& what, diag::Sink& sink) {
  sink.report(span, diag::codes::AdoptTold, what)
      .help("say the same in both, or say it to other clouds alone: `on CLOUD { … }`; or let go of `adopted`");
}

bool is(const cloud::ToldEdge& told, const Edge& edge, const std::string& target) {
  std::vector<std::string> ids;
  collect_references(told.target, ids);
  return told.port == edge.from.name && told.argument == edge.from.argument &&
         told.hand_over == (edge.delivery == Delivery::hand_over) && std::find(ids.begin(), ids.end(), target) != ids.end();
}

class Checker {
 public:
  Checker(const TemplateValues& values, const cloud::Dialect& dialect, const cloud::Stack& stack,
          const std::function<bool(const Edge&)>& is_told, diag::Sink& sink)
      : v_(values), dialect_(dialect), stack_(stack), is_told_(is_told), sink_(sink), nodes_(stack, rows_of(values)) {
    if (dialect.statements_of == nullptr) return;
    statements_ = dialect.statements_of(stack);
    for (const cloud::Statement& statement : statements_.all) {
      for (const std::string& id : statement.whom) allowing_[id].push_back(&statement);
    }
  }

  void check(const Node& node) const {
    const cloud::Resource* owner = stack_.find(v_.id(node));
    if (owner == nullptr) return;
    const auto told = dialect_.tell == nullptr ? std::nullopt : dialect_.tell(*owner, stack_, nullptr);
    if (!told) allowed(node);
    else if (told->lacks.empty()) documents(node, *told);
  }

 private:
  static RowOf rows_of(const TemplateValues& values) {
    std::map<std::string, const Row*, std::less<>> rows;
    for (const Node& node : values.architecture().nodes) {
      if (const Row* row = values.row(node.id)) rows[values.id(node)] = row;
    }
    return [rows = std::move(rows)](std::string_view id) {
      const auto found = rows.find(id);
      return found == rows.end() ? nullptr : found->second;
    };
  }

  void documents(const Node& node, const cloud::Told& told) const {
    for (const auto& [name, value] : told.attributes) {
      const AttributeValue* said = v_.of(node).entry(name);
      if (said == nullptr || said->origin == Origin::fallback || said->value == value) continue;
      otherwise(said->value.span.known() ? said->value.span : node.span, fmt::format("`{}` of `{}`", name, node.name),
                sink_);
    }
    for (const Edge* edge : told_from(node)) {
      const std::string target = target_of(*edge);
      const bool there =
          std::any_of(told.edges.begin(), told.edges.end(), [&](const cloud::ToldEdge& e) { return is(e, *edge, target); });
      if (!there) otherwise(edge->span, "`" + describe(v_.architecture(), *edge) + "`", sink_);
    }
  }

  /// Of what a template does not tell all of, nothing is known to be missing.
  void allowed(const Node& node) const {
    const std::string id = v_.id(node);
    if (statements_.more.contains(id)) return;
    std::set<std::pair<std::string, std::string>> all;  // port and target
    const auto known = allowing_.find(id);
    for (std::size_t i = 0; known != allowing_.end() && i < known->second.size(); ++i) {
      auto& edges = edges_[{known->second[i], node.kind}];
      if (!edges) edges = allowed_by(*known->second[i]->says, v_.table(), node.kind, nodes_).edges;
      for (const AllowedEdge& e : *edges) all.emplace(e.row->to, e.target);
    }
    const Architecture& a = v_.architecture();
    for (const Edge* edge : told_from(node)) {
      if (all.contains({port_of(a.node(edge->to.node).kind, edge->to.name), target_of(*edge)})) continue;
      sink_.report(edge->span, diag::codes::AdoptAllowed, describe(a, *edge))
          .help("add a statement that does where the template has them, or let go of `adopted`");
    }
  }

  std::vector<const Edge*> told_from(const Node& node) const {
    std::vector<const Edge*> out;
    for (const Edge& edge : v_.architecture().edges) {
      if (edge.from.node == node.id && is_told_(edge)) out.push_back(&edge);
    }
    return out;
  }
  std::string target_of(const Edge& edge) const { return v_.id(v_.architecture().node(edge.to.node)); }

  const TemplateValues& v_;
  const cloud::Dialect& dialect_;
  const cloud::Stack& stack_;
  const std::function<bool(const Edge&)>& is_told_;
  diag::Sink& sink_;
  StackNodes nodes_;
  cloud::Statements statements_;
  std::map<std::string, std::vector<const cloud::Statement*>> allowing_;  ///< by id of whom
  mutable std::map<std::pair<const cloud::Statement*, std::string>, std::optional<std::vector<AllowedEdge>>> edges_;
};

}  // namespace

void check_reached(const TemplateValues& values, const cloud::Stack& stack, diag::Sink& sink) {
  for (const Node& node : values.architecture().nodes) {
    const Row* row = values.row(node.id);
    const cloud::Resource* made = row == nullptr ? nullptr : stack.find(values.id(node));
    if (made == nullptr) continue;
    for (const catalog::Said& said : row->says) {
      const virga::Value* value = said.as == kReaches ? values.of(node).find(said.attribute) : nullptr;
      const auto* target = value == nullptr ? nullptr : value->get<NodeRef>();
      if (target == nullptr) continue;
      const cloud::Value* property = find(made->properties, said.property);
      if (property == nullptr) {
        values.impossible(node.span, fmt::format("`{}`, a {} without `{}`,", node.name, node.kind, said.property),
                          "say that in the engine's own words: `raw`; or let go of `adopted`");
        continue;
      }
      std::vector<std::string> ids;
      collect_references(*property, ids);
      if (std::find(ids.begin(), ids.end(), values.id(values.architecture().node(target->node))) == ids.end())
        otherwise(value->span.known() ? value->span : node.span, fmt::format("`{}` of `{}`", said.attribute, node.name),
                  sink);
    }
  }
}

void check_told(const TemplateValues& values, const cloud::Dialect& dialect, const cloud::Stack& stack,
                const std::set<NodeId>& nodes, const std::function<bool(const Edge&)>& is_told, diag::Sink& sink) {
  if (nodes.empty()) return;
  const Checker checker(values, dialect, stack, is_told, sink);
  for (const NodeId id : nodes) checker.check(values.architecture().node(id));
}

}  // namespace virga::adopt
