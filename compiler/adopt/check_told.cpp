#include "compiler/adopt/check_told.h"

#include "compiler/adopt/raise_part.h"
#include "compiler/diagnostics/codes.h"

#include <fmt/format.h>

#include <algorithm>

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

}  // namespace

void check_told(const TemplateValues& values, const cloud::Dialect& dialect, const cloud::Stack& stack, const Node& node,
                const std::function<bool(const Edge&)>& is_told, diag::Sink& sink) {
  const cloud::Resource* owner = stack.find(values.id(node));
  const auto told = owner == nullptr || dialect.tell == nullptr ? std::nullopt : dialect.tell(*owner, nullptr);
  if (!told || !told->lacks.empty()) return;
  for (const auto& [name, value] : told->attributes) {
    const AttributeValue* said = values.of(node).entry(name);
    if (said == nullptr || said->origin == Origin::fallback || said->value == value) continue;
    otherwise(said->value.span.known() ? said->value.span : node.span, fmt::format("`{}` of `{}`", name, node.name), sink);
  }
  const Architecture& all = values.architecture();
  for (const Edge& edge : all.edges) {
    if (edge.from.node != node.id || !is_told(edge)) continue;
    const std::string target = values.id(all.node(edge.to.node));
    const bool there =
        std::any_of(told->edges.begin(), told->edges.end(), [&](const cloud::ToldEdge& e) { return is(e, edge, target); });
    if (!there) otherwise(edge.span, "`" + describe(all, edge) + "`", sink);
  }
}

}  // namespace virga::adopt
