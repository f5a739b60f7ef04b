// What a flow means: that its steps are there, are come to, and stand once; that what it asks for is there by then.
#include "backends/common/workflow/flow.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>
#include <map>

namespace virga::workflow {

namespace codes = diag::codes;
using Kind = Item::Kind;

bool has_result(const Architecture& architecture, const Edge& step, std::string_view cloud) {
  const std::string& kind = architecture.node(step.to.node).kind;
  const bool answers = kind == "function" || kind == "workflow" || step.to.name == "read";
  return step.for_cloud(cloud).flag("callback") || (answers && step.delivery == Delivery::call);
}

namespace {

template <class Visit>
void visit_inner(const Item& item, const Visit& visit) {
  for (const Branch& branch : item.branches) visit(branch.body);
  visit(item.otherwise);
  for (const Sequence& strand : item.strands) visit(strand);
  if (item.kind != Kind::each) visit(item.body);
  for (const Handler& handler : item.handlers) visit(handler.body);
}

void add(std::vector<std::string>& names, const std::string& name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

void collect(const Sequence& sequence, std::vector<std::string>& names) {
  for (const Item& item : sequence) {
    if (item.result) add(names, item.name);
    for (const Setting& setting : item.settings) add(names, setting.name);
    visit_inner(item, [&](const Sequence& inner) { collect(inner, names); });
    if (item.kind == Kind::each) add(names, item.into);
    if (item.kind == Kind::attempt) add(names, "error");
  }
}

class Checker {
 public:
  Checker(const Node& node, diag::Sink& sink) : node_(node), sink_(sink) {}

  void scope(const Sequence& sequence, bool iteration) {
    const std::vector<std::string> left = names_left_by(sequence);
    std::set<std::string> known(left.begin(), left.end());
    known.insert("input");
    if (iteration) known.insert("item");
    walk(sequence, known);
  }

  void unused(const std::vector<const Edge*>& steps) {
    for (const Edge* step : steps) {
      if (!seen_.contains(step->from.argument)) {
        sink_.report(step->span, codes::FlowStepUnused, node_.name, step->from.argument)
            .help("name it in `flow`, or leave the edge out");
      }
    }
  }

 private:
  void walk(const Sequence& sequence, const std::set<std::string>& known) {
    for (std::size_t i = 0; i < sequence.size(); ++i) {
      const Item& item = sequence[i];
      if (item.step != nullptr) step(item);
      for (const Branch& branch : item.branches) condition(branch.when, known);
      settings(item.settings, known);
      if (item.sent) settings(*item.sent, known);
      if (item.sent_whole) path(*item.sent_whole, known);
      if (item.until) path(*item.until, known);
      if (item.again) path(Path{{"error"}, item.span}, known);
      if (item.kind == Kind::each) {
        path(item.items, known);
        scope(item.body, true);
      }
      visit_inner(item, [&](const Sequence& inner) { walk(inner, known); });
      const bool ends = item.kind == Kind::succeed || item.kind == Kind::fail;
      if (ends && i + 1 < sequence.size())
        sink_.report(sequence[i + 1].span, codes::FlowUnreachable, item.kind == Kind::fail ? "`fail`" : "`succeed`");
    }
  }

  void settings(const std::vector<Setting>& all, const std::set<std::string>& known) {
    for (const Setting& setting : all) {
      if (setting.from) path(*setting.from, known);
    }
  }

  void step(const Item& item) {
    const auto [first, is_new] = seen_.emplace(item.name, item.span);
    if (!is_new) {
      sink_.report(item.span, codes::FlowStepTwice, item.name)
          .label(first->second, "here first")
          .help("give the second one a name of its own: another `step \"…\" -> …` to the same target");
    }
  }

  void condition(const Condition& asked, const std::set<std::string>& known) {
    if (!asked.path.parts.empty()) path(asked.path, known);
    for (const Condition& part : asked.parts) condition(part, known);
  }

  void path(const Path& wanted, const std::set<std::string>& known) {
    if (known.contains(wanted.parts.front())) return;
    std::string list;
    for (const std::string& name : known) list += (list.empty() ? "`" : ", `") + name + "`";
    sink_.report(wanted.span, codes::FlowPath, to_text(wanted)).help("it begins with one of " + list);
  }

  const Node& node_;
  diag::Sink& sink_;
  std::map<std::string, Span> seen_;
};

/// What is wrong with a step by itself.
void check_step(const Architecture& architecture, const Node& node, const Edge& step, std::string_view cloud,
                std::map<std::string, Span>& named, diag::Sink& sink) {
  const std::string& name = step.from.argument;
  const bool reserved = name == "input" || name == "item" || name == "error" || name == "token";
  const auto [first, is_new] = named.emplace(name, step.span);
  if (!is_name(name) || reserved) {
    sink.report(step.span, codes::FlowName,
                reserved ? "`" + name + "` stands for something of the flow's own"
                         : "`" + name + "` is no name of a step: letters, digits and underscores")
        .help("what it gives stands under its name: take another one");
  } else if (!is_new) {
    sink.report(step.span, codes::FlowName, "`" + node.name + "` has a step `" + name + "` already")
        .label(first->second, "this one")
        .help("give each step a name of its own");
  }
  const Attributes& asked = step.for_cloud(cloud);
  if (asked.flag("callback") && !asked.has("timeout")) {
    sink.report(step.span, codes::FlowCallback, name).help("say how long it may take: `{ callback = true  timeout = 1d }`");
  }
  const std::string& kind = architecture.node(step.to.node).kind;
  const bool stored = kind == "table" || kind == "config";
  if (asked.flag("callback") && stored) {
    sink.report(step.span, codes::FlowForm, "a " + kind + " calls nobody back")
        .help("let a step hand the `token` to somebody who does: a function, a queue, a topic, a bus");
  }
  const Value* send = asked.has("send") ? asked.find("send") : nullptr;
  if (send != nullptr && send->get<std::string>() != nullptr && (asked.flag("callback") || stored)) {
    sink.report(send->span, codes::FlowForm,
                stored ? "what a " + kind + " is sent has names" : "beside all that stands at a place the `token` has none")
        .help("say it field by field: `{ order = { from = \"input.order\" } }`");
  }
  const AttributeValue* row = asked.entry("row");
  if (kind != "table" && row != nullptr && row->origin != Origin::fallback)
    sink.report(step.span, codes::FlowForm, "`row` says what becomes of a row, and `" + name + "` leads to no table");
  if (kind == "config" && asked.has("send"))
    sink.report(step.span, codes::FlowForm, "`" + name + "` reads, so it sends nothing");
}

}  // namespace

std::vector<std::string> names_left_by(const Sequence& sequence) {
  std::vector<std::string> names;
  collect(sequence, names);
  return names;
}

void check_flow(const Architecture& architecture, const Node& node, const Sequence& flow, std::string_view cloud,
                diag::Sink& sink) {
  const std::vector<const Edge*> steps = architecture.edges_from(node.id, "step");
  std::map<std::string, Span> named;
  for (const Edge* step : steps) check_step(architecture, node, *step, cloud, named, sink);
  Checker checker(node, sink);
  checker.scope(flow, false);
  checker.unused(steps);
}

}  // namespace virga::workflow
