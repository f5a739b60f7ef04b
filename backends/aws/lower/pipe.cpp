// pipe trim { }    orders ~> trim { where = … }    trim -> prices    trim ~> ledger
//   → AWS::Pipes::Pipe      TrimFromOrders   one for each source
//     AWS::IAM::Role        TrimRole         reads the sources, asks, and hands on: nothing else
//     AWS::Logs::LogGroup   TrimLogs
// orders ~> archive         → AWS::Pipes::Pipe   ArchiveFromOrders, with a role of its own: hands on what was sent, and no
// more
#include "backends/aws/lower/pipe.h"

#include "backends/aws/lower/address.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/kinds.h"

#include <cctype>

namespace virga::aws {
namespace {

constexpr std::string_view kService = "pipes.amazonaws.com";

struct Ends {
  std::vector<const Edge*> in, enrich, out, dead;
};

Ends ends_of(const Lowering& lowering, const Node& pipe) {
  Ends ends{lowering.architecture.edges_to(pipe.id, "self"), {}, {}, lowering.architecture.edges_from(pipe.id, "dead")};
  for (const Edge* edge : lowering.architecture.edges_from(pipe.id, "self"))
    (edge->delivery == Delivery::call ? ends.enrich : ends.out).push_back(edge);
  return ends;
}

bool reads_in_order(const Node& source) { return source.kind == "stream" || source.kind == "table"; }

void check_ends(Lowering& lowering, const Node& pipe, const Ends& ends) {
  const auto refuse = [&](Span place, const std::string& what, const std::string& help) {
    lowering.sink.report(place, codes::PipeEnds, pipe.name, what).help(help);
  };
  if (ends.in.empty())
    refuse(pipe.span, "nothing that leads into it",
           "draw an edge from a queue, a stream or a table: `orders ~> " + pipe.name + "`");
  if (ends.out.empty()) refuse(pipe.span, "no target", "draw an edge to one: `" + pipe.name + " ~> …`");
  if (ends.out.size() > 1)
    refuse(ends.out[1]->span, "two targets", "let it hand on to a `topic` or a `bus`, and let both hang on that");
  if (ends.enrich.size() > 1)
    refuse(ends.enrich[1]->span, "two nodes to ask", "ask a `workflow` with `express = true` that asks both");
  if (ends.dead.empty()) return;
  if (ends.dead.size() > 1)
    refuse(ends.dead[1]->span, "two ways for dead letters", "let them go to one queue, or to a topic");
  for (const Edge* in : ends.in) {
    const Node& source = lowering.from(*in);
    if (reads_in_order(source)) continue;
    refuse(ends.dead.front()->span, "dead letters of its own, and `" + source.name + "` puts them aside itself",
           "say `" + source.name + ".dead ~> …`");
  }
}

/// `source.dead` of a stream or a table, when the pipe says nothing itself.
const Edge* dead_of(const Lowering& lowering, const Node& source, const std::vector<const Edge*>& own) {
  if (!own.empty()) return own.front();
  if (!reads_in_order(source)) return nullptr;
  const std::vector<const Edge*> edges = lowering.architecture.edges_from(source.id, "dead");
  return edges.empty() ? nullptr : edges.front();
}

std::string log_level(const std::string& word) {
  std::string out;
  for (const char c : word) out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

void allow(Lowering& lowering, RoleDraft& role, const Edge& edge, const PipeEnd& end) {
  lowering.grant(role, edge, end.actions, end.resource);
}

void add_change(cloud::Decision& decision, const std::string& note) {
  if (!note.empty()) decision.change += (decision.change.empty() ? "" : "; ") + note;
}

}  // namespace

cloud::Resource* add_pipe(Lowering& lowering, const PipePlan& plan, cloud::Decision& decision) {
  const Node& source = lowering.from(plan.in);
  const bool drawn = &plan.in != &plan.out;
  cloud::Object parameters = pipe_source(lowering, plan);
  std::optional<PipeEnd> target = pipe_target(lowering, plan.out, source, plan.enrich != nullptr, decision);
  if (!target) return nullptr;
  cloud::Object properties = cloud::object({{"Name", plan.name},
                                            {"RoleArn", cloud::GetAtt{plan.role.id, "Arn"}},
                                            {"Source", pipe_source_arn(lowering, plan.in)},
                                            {"SourceParameters", std::move(parameters)}});
  if (plan.enrich != nullptr) {
    cloud::Decision said;
    std::optional<PipeEnd> asked = pipe_enrichment(lowering, *plan.enrich, said);
    if (!asked) return nullptr;
    properties.set("Enrichment", asked->arn);
    if (lowering.of(*plan.enrich).flag("raw") && !pipe_payload(source).empty())
      properties.set("EnrichmentParameters", cloud::object({{"InputTemplate", pipe_payload(source)}}));
  }
  properties.set("Target", target->arn);
  // What a node in between answers has no envelope; a pipe that nobody drew hands on what was sent.
  const bool raw = plan.enrich == nullptr && (!drawn || lowering.of(plan.out).flag("raw"));
  if (raw && !pipe_payload(source).empty()) target->parameters.set("InputTemplate", pipe_payload(source));
  if (!target->parameters.members.empty()) properties.set("TargetParameters", std::move(target->parameters));
  properties.set("Tags", lowering.tag_map(plan.owner));
  return &lowering.add(plan.owner, plan.in, plan.id, "AWS::Pipes::Pipe", std::move(properties));
}

void lower_pipe(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  check_ends(lowering, node, ends_of(lowering, node));
  (void)lowering.role(node, kService);
  if (asked.text("log_level") == "off") return;
  const cloud::Value days = retention_days(lowering, node, "log_retention", decision);
  // Logs that AWS delivers share one policy of the account when their names begin so.
  const std::string name =
      std::string(catalog().fact("logs.vended.prefix").text) + "pipes/" + lowering.name("AWS::Pipes::Pipe", "Name", node);
  add_log_group(lowering, node, "Logs", name, days);
}

/// The pipe itself: one for each source, so that another one leaves those that are there in place.
void read_into_pipe(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  if (!same_region(lowering, edge)) return;
  const Node& pipe = lowering.to(edge);
  const Node& source = lowering.from(edge);
  const Attributes& asked = lowering.of(pipe);
  const Ends ends = ends_of(lowering, pipe);
  const PipePlan plan{pipe,
                      lowering.id(pipe, "From" + lowering.id(source)),
                      lowering.name("AWS::Pipes::Pipe", "Name", pipe, source.identity()),
                      edge,
                      ends.enrich.empty() ? nullptr : ends.enrich.front(),
                      *ends.out.front(),
                      dead_of(lowering, source, ends.dead),
                      lowering.role(pipe, kService)};
  cloud::Decision said;
  cloud::Resource* made = add_pipe(lowering, plan, said);
  if (made == nullptr) return;
  if (asked.has("description")) made->properties.set("Description", lowering.value(*asked.find("description")));
  made->properties.set("DesiredState", asked.flag("enabled", true) ? "RUNNING" : "STOPPED");
  const std::string level = asked.text("log_level");
  cloud::Object log = cloud::object({{"Level", log_level(level)}});
  if (level != "off") {
    log.set("CloudwatchLogsLogDestination",
            cloud::object(
                {{"LogGroupArn", Lowering::arn("logs", cloud::Pseudo::region, cloud::Pseudo::account,
                                               cloud::concat({"log-group:", cloud::Ref{lowering.id(pipe, "Logs")}}))}}));
  }
  made->properties.set("LogConfiguration", std::move(log));
  if (lowering.of(edge).has("where"))
    decision.change = "what does not fit `where` is taken out of `" + source.name + "` and passed over";
  add_change(decision, pipe_batch_note(lowering, plan));
}

void hand_on_from_pipe(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  if (!same_region(lowering, edge)) return;
  const Node& pipe = lowering.from(edge);
  const Ends ends = ends_of(lowering, pipe);
  const Node& source = lowering.from(*ends.in.front());
  const std::optional<PipeEnd> end = pipe_target(lowering, edge, source, !ends.enrich.empty(), decision);
  if (end) allow(lowering, lowering.role(pipe, kService), edge, *end);
  for (const char* name : {"retries", "max_age"}) {
    if (!lowering.of(edge).has(name)) continue;
    lowering.sink.report(lowering.where(edge, name), codes::PipeSetting, name, describe(lowering.architecture, edge))
        .source(catalog::cite(catalog().fact("pipes.source.settings")))
        .help("say it at the edge that leads into `" + pipe.name +
              "`, from a stream or a table; a queue says how often at its `dead`");
  }
  const std::string& kind = lowering.to(edge).kind;
  if (kind == "function" || kind == "workflow")
    decision.change = "`" + lowering.to(edge).name + "` gets a list of those that came together, also of one";
  if (lowering.of(edge).flag("raw") && !ends.enrich.empty())
    decision.change =
        "`raw` says nothing here: what `" + lowering.to(*ends.enrich.front()).name + "` answers has no envelope";
}

void ask_from_pipe(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  if (!same_region(lowering, edge)) return;
  const std::optional<PipeEnd> end = pipe_enrichment(lowering, edge, decision);
  if (end) allow(lowering, lowering.role(lowering.from(edge), kService), edge, *end);
}

void give_up_from_pipe(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  if (!same_region(lowering, edge)) return;
  const Node& to = lowering.to(edge);
  decision.change = "it gets a record that says which part of the source was given up on, not the records themselves";
  lowering.grant(lowering.role(lowering.from(edge), kService), edge,
                 {to.kind == "queue" ? "sqs:SendMessage" : "sns:Publish"}, arn_of(lowering, to));
  if (!lowering.of(to).flag("fifo")) return;
  lowering.sink
      .report(edge.span, codes::Fifo, describe(lowering.architecture, edge),
              "a pipe gives dead letters to standard queues and topics only")
      .help("leave `fifo` out at `" + to.name + "`");
}

void forward(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  if (!same_region(lowering, edge)) return;
  const Node& source = lowering.from(edge);
  const Node& to = lowering.to(edge);
  const std::string port = edge.from.name == "self" || edge.from.name == "changes" ? "" : cloud::logical_id(edge.from.name);
  const std::string id = lowering.id(to, "From" + lowering.id(source) + port);
  RoleDraft& role = lowering.role(to, kService, "From" + lowering.id(source) + "Role");
  const Edge* dead = dead_of(lowering, source, {});
  const PipePlan plan{to,   id,  lowering.name("AWS::Pipes::Pipe", "Name", source, to.identity()), edge, nullptr, edge,
                      dead, role};
  const std::optional<PipeEnd> end = pipe_target(lowering, edge, source, false, decision);
  if (!end) return;
  cloud::Decision said;
  if (add_pipe(lowering, plan, said) == nullptr) return;
  allow(lowering, role, edge, *end);
  const std::string what = source.kind == "queue" ? "the body of the message" : "the data of the record";
  if (decision.change.empty() && to.kind == "workflow")
    decision.change =
        "an execution of `" + to.name + "` gets a list of those that came together: say `batch = 1` for a list of one";
  else if (decision.change.empty() && source.kind != "table")
    decision.change = "`" + to.name + "` gets " + what + ", which must be JSON, and no more of it";
  add_change(decision, pipe_batch_note(lowering, plan));
}

}  // namespace virga::aws
