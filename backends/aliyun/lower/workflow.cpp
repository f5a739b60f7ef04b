// workflow orders { flow = ["reserve", "pay"]  step "reserve" -> stock  … }
//   → ALIYUN::FNF::Flow   OrdersFlow   the flow as states, in the Flow Definition Language
//     ALIYUN::RAM::Role   OrdersRole   one allowance for each step
// nightly ~> orders                    → ALIYUN::FNF::Schedule
#include "backends/aliyun/lower/workflow.h"

#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/event_rule.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/parts.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::aliyun {
namespace {

/// Our own choice: more states than this that do nothing but wait make a flow that nobody can read.
constexpr std::int64_t kMostWaits = 48;

class Limits {
 public:
  Limits(Lowering& l, const Node& node) : l_(l), express_(l.of(node).flag("express")) {}

  void check(const workflow::Sequence& sequence) {
    for (const workflow::Item& item : sequence) {
      one(item);
      for (const workflow::Branch& branch : item.branches) check(branch.body);
      check(item.otherwise);
      for (const workflow::Sequence& strand : item.strands) check(strand);
      check(item.body);
      for (const workflow::Handler& handler : item.handlers) check(handler.body);
    }
  }

 private:
  void refuse(Span span, const std::string& what, std::string_view fact, const std::string& help) {
    l_.sink().report(span, codes::WorkflowLimit, what).source(catalog::cite(catalog().fact(fact))).help(help);
  }

  void one(const workflow::Item& item) {
    const std::int64_t at_once = Lowering::number("cloudflow.map.concurrency.max");
    if (item.at_once && *item.at_once > at_once) {
      refuse(item.span, fmt::format("runs at most {} iterations side by side, not {}", at_once, *item.at_once),
             "cloudflow.map.concurrency.max", "say less; or let a step put the items into a queue that a function works on");
    }
    const std::int64_t branches = Lowering::number("cloudflow.parallel.branches.max");
    if (static_cast<std::int64_t>(item.strands.size()) > branches) {
      refuse(item.span, fmt::format("runs at most {} branches side by side, not {}", branches, item.strands.size()),
             "cloudflow.parallel.branches.max", "put some of them into a branch of their own, one after the other");
    }
    if (item.until) {
      refuse(item.span, "waits for a while, and not until a time", "cloudflow.wait.seconds",
             "let a step wait for a callback, and a `schedule` or the one who knows the time call back");
    }
    if (!item.pause) return;
    const std::int64_t seconds = item.pause->amount / 1000;
    const std::string_view fact = express_ ? "cloudflow.express.wait.seconds" : "cloudflow.wait.seconds";
    const std::int64_t longest = express_ ? Lowering::most(fact) : Lowering::most(fact) * kMostWaits;
    if (seconds > longest) {
      refuse(item.span,
             fmt::format("waits at most {} here, not {}", to_text(Quantity{longest * 1000, Dimension::duration}),
                         to_text(*item.pause)),
             fact, "let a step wait for a callback: `{ callback = true  timeout = … }`");
    } else if (seconds > Lowering::most(fact)) {
      l_.changes(fmt::format("a wait of {} is made of several, since one state waits at most {}", to_text(*item.pause),
                             to_text(Quantity{Lowering::most(fact) * 1000, Dimension::duration})));
    }
  }

  Lowering& l_;
  bool express_;
};

void check_express(Lowering& l, const Node& node) {
  if (!l.of(node).flag("express")) return;
  for (const Edge* step : l.architecture().edges_from(node.id, "step")) {
    const bool nested = l.to(*step).kind == "workflow" && step->delivery == Delivery::call;
    if (!nested && !l.of(*step).flag("callback")) continue;
    l.sink()
        .report(step->span, codes::WorkflowExpress, node.name, nested ? "the end of another workflow" : "a callback")
        .source(catalog::cite(catalog().fact("cloudflow.express.modes")))
        .help("leave `express` out at `" + node.name + "`");
  }
}

std::vector<Statement> allowances(Lowering& l, const Node& node) {
  std::vector<Statement> out;
  for (const Edge* step : l.architecture().edges_from(node.id, "step")) {
    const Node& to = l.to(*step);
    if (to.kind == "function") out.push_back({{"fc:InvokeFunction"}, {function_arn(l, to)}});
    else if (to.kind == "workflow") out.push_back({{"fnf:StartExecution"}, flow_resources(l, to)});
    else out.push_back({{to.kind == "topic" ? "mns:PublishMessage" : "mns:SendMessage"}, {messages_arn(l, to)}});
  }
  // What stands twice is said once.
  std::vector<Statement> once;
  for (Statement& statement : out) {
    const bool known = std::any_of(once.begin(), once.end(), [&](const Statement& other) {
      return other.actions == statement.actions && other.resources == statement.resources;
    });
    if (!known) once.push_back(std::move(statement));
  }
  return once;
}

}  // namespace

cloud::Values flow_resources(Lowering& l, const Node& workflow) {
  cloud::Values out;
  for (const std::string_view form : catalog().fact("cloudflow.ram.resources").members) {
    const std::size_t name = form.find("{name}");
    out.push_back(cloud::concat({"acs:fnf:", region_of(l, workflow), ":", account(), ":", form.substr(0, name),
                                 name_text(l, workflow), form.substr(name + 6)}));
  }
  return out;
}

void lower_workflow(Lowering& l, const Node& node) {
  const Attributes& a = l.of(node);
  const std::optional<workflow::Sequence> flow = workflow::read_flow(l.architecture(), node, catalog().cloud, l.sink());
  if (!flow) return;
  const Quantity most{Lowering::number("cloudflow.event.data.max") * 1024, Dimension::size};
  l.changes(
      fmt::format("a step may run more than once, the document holds at most {}, and what a function answers and what a "
                  "list for `each` holds must be JSON objects",
                  to_text(most)));
  check_express(l, node);
  Limits(l, node).check(*flow);
  if (l.sink().has_errors()) return;
  add_role(l, l.id(node, "Role"), node, "", "fnf.aliyuncs.com", allowances(l, node));
  cloud::Object p;
  p.set("Name", name_text(l, node));
  if (a.has("description")) p.set("Description", to_value(l, *a.find("description")));
  p.set("ExecutionMode", a.flag("express") ? "Express" : "Standard");
  p.set("RoleArn", cloud::GetAtt{l.id(node, "Role"), "Arn"});
  p.set("Definition", definition_of(l, node, workflow::make_machine(*flow)));
  l.add(l.id(node, "Flow"), "ALIYUN::FNF::Flow", std::move(p));
  if (const std::optional<Quantity> timeout = a.quantity("timeout"))
    l.changes(
        fmt::format("an execution is not ended after {}: a flow has no time limit of its own here", to_text(*timeout)));
  if (a.flag("trace")) l.changes("executions do not appear in traces");
  if (a.text("log_level") != "off")
    l.changes("executions are not logged, since ROS cannot give a flow a log: CloudFlow shows their history itself");
}

void run_step(Lowering& l, const Edge& edge) {
  if (!same_region(l, edge)) return;
  const Node& to = l.to(edge);
  if (to.kind != "function") return;
  if (edge.delivery == Delivery::hand_over) l.function(to.id).handed_events = true;
}

void start_workflow(Lowering& l, const Edge& edge) {
  const Node& to = l.to(edge);
  const bool waits = edge.delivery == Delivery::call;
  if (waits != l.of(to).flag("express")) {
    auto reported = l.sink().report(edge.span, codes::WorkflowStart, to.name, waits ? "standard" : "express",
                                    waits ? "waited for" : "handed over to");
    reported.source(catalog::cite(catalog().fact("cloudflow.start.modes")));
    reported.help(waits ? "hand over to it with `~>`, or say `express = true` at `" + to.name + "`"
                        : "wait for it with `->`, or leave `express` out at `" + to.name + "`");
    return;
  }
  l.grant(edge, {waits ? "fnf:StartSyncExecution" : "fnf:StartExecution"}, flow_resources(l, to));
  l.tell(edge, "WORKFLOW_NAME", name_text(l, to));
  tell_region(l, edge);
}

bool starts_by_itself(Lowering& l, const Edge& edge, const std::string& how) {
  if (!l.of(l.to(edge)).flag("express")) return true;
  l.sink()
      .report(edge.span, codes::WorkflowStart, l.to(edge).name, "express", how)
      .source(catalog::cite(catalog().fact("cloudflow.start.modes")))
      .help("leave `express` out, or put a function in between that starts it");
  return false;
}

cloud::Object flow_target(Lowering& l, const Edge& edge, bool raw) {
  if (!raw) l.changes("an execution gets the data of the event alone, without the event around it");
  const Node& to = l.to(edge);
  const std::string role = l.id(to, "EventsRole");
  if (l.first_use(role))
    add_role(l, role, to, "events", "eventbridge.aliyuncs.com", {{{"fnf:StartExecution"}, flow_resources(l, to)}});
  cloud::Object target;
  target.set("Type", "acs.fnf");
  target.set("Endpoint", cloud::concat({"acs:fnf:", region_of(l, to), ":", account(), ":flow/", name_text(l, to)}));
  target.set("ParamList", cloud::Values{rule_parameter("FlowName", "CONSTANT", cloud::GetAtt{l.id(to, "Flow"), "Name"}),
                                        rule_parameter("Input", "JSONPATH", "$.data"),
                                        rule_parameter("RoleName", "CONSTANT", cloud::GetAtt{role, "RoleName"})});
  return target;
}

void call_back(Lowering& l, const Edge& edge) {
  // The two operations know a token and no flow, so they can be allowed on everything only.
  l.grant(edge, {"fnf:ReportTaskFailed", "fnf:ReportTaskSucceeded"}, {"*"});
  l.tell(edge, "WORKFLOW_NAME", name_text(l, l.to(edge)));
  tell_region(l, edge);
}

void schedule_workflow(Lowering& l, const Edge& edge) {
  if (!same_region(l, edge)) return;
  const Node& schedule = l.from(edge);
  const Attributes& a = l.of(schedule);
  if (!starts_by_itself(l, edge, "started by a clock")) return;
  const std::optional<Quantity> every = a.quantity("every");
  constexpr std::int64_t kMinute = 60'000;
  const auto place = [&](std::string_view attribute) {
    const Value* v = a.find(attribute);
    return v != nullptr && v->span.known() ? v->span : schedule.span;
  };
  if (a.has("cron")) {
    l.sink()
        .report(place("cron"), codes::Cron, a.text("cron"), "CloudFlow does not document the time zone of its clocks")
        .help("say `every = 1d`, or put a function in between that starts the workflow");
    return;
  }
  if (!every || every->amount < kMinute || every->amount % kMinute != 0) {
    l.sink()
        .report(place("every"), codes::Every, every ? to_text(*every) : std::string("this"))
        .source(catalog::cite(catalog().fact("cloudflow.schedule.every")))
        .help("say whole minutes, such as `every = 5m`");
    return;
  }
  cloud::Object p;
  p.set("ScheduleName",
        plain_name(l, "ALIYUN::FNF::Schedule", "ScheduleName", schedule.identity() + "." + l.to(edge).identity()));
  p.set("FlowName", cloud::GetAtt{l.id(l.to(edge), "Flow"), "Name"});
  p.set("CronExpression", fmt::format("@every {}m", every->amount / kMinute));
  p.set("Enable", a.flag("enabled", true));
  if (a.has("description")) p.set("Description", to_value(l, *a.find("description")));
  if (a.has("input")) {
    const Value& input = *a.find("input");
    const bool text = input.get<std::string>() != nullptr || !known_at_compile_time(input);
    p.set("Payload", text ? to_value(l, input) : cloud::Value(json_text(input)));
  }
  l.add(l.id(edge, "Schedule"), "ALIYUN::FNF::Schedule", std::move(p));
}

}  // namespace virga::aliyun
