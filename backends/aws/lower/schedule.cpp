// schedule nightly { cron = "0 3 * * *"  timezone = "Asia/Shanghai" }    nightly ~> sync
//   → AWS::Scheduler::Schedule   SyncFromNightly   one for each target
//     AWS::IAM::Role             NightlyRole
// nightly.dead ~> lost                → where each of them puts what its target did not take
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/api_destination.h"
#include "backends/aws/lower/cron.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/event_name.h"
#include "backends/aws/lower/intake.h"
#include "backends/aws/lower/json.h"
#include "backends/aws/lower/kinds.h"

namespace virga::aws {
namespace {

constexpr std::string_view kScheduler = "scheduler.amazonaws.com";

cloud::Value rate(Lowering& lowering, const Node& schedule, const Value& every) {
  const Quantity* known = every.get<Quantity>();
  if (known == nullptr)
    return cloud::concat({"rate(", lowering.quantity(every, Unit::minutes, lowering.where(schedule, "every")), " minutes)"});
  for (const auto& [unit, word] : {std::pair{Unit::days, "day"}, std::pair{Unit::minutes, "minute"}}) {
    const double count = static_cast<double>(known->amount) / amount(unit);
    const bool hours = unit == Unit::minutes && known->amount % static_cast<std::int64_t>(60 * amount(unit)) == 0;
    if (unit == Unit::days && known->amount % static_cast<std::int64_t>(amount(unit)) != 0) continue;
    if (unit == Unit::minutes && !hours) {
      const cloud::Value minutes = lowering.quantity(every, Unit::minutes, lowering.where(schedule, "every"));
      const std::int64_t* n = minutes.get<std::int64_t>();
      return n == nullptr ? cloud::Value() : cloud::Value(fmt::format("rate({} {}{})", *n, word, *n == 1 ? "" : "s"));
    }
    const double number = hours ? count / 60 : count;
    return fmt::format("rate({} {}{})", to_text(number), hours ? "hour" : word, number == 1 ? "" : "s");
  }
  return {};
}

cloud::Value expression(Lowering& lowering, const Node& schedule) {
  const Attributes& asked = lowering.of(schedule);
  if (asked.has("every") && !asked.has("cron")) return rate(lowering, schedule, *asked.find("every"));
  const std::string* cron = asked.has("cron") ? asked.find("cron")->get<std::string>() : nullptr;
  const std::variant<std::string, CronProblem> made =
      cron == nullptr ? CronProblem{"it must be known when the program is compiled"} : scheduler_cron(*cron);
  if (const std::string* text = std::get_if<std::string>(&made)) return *text;
  lowering.sink.report(lowering.where(schedule, "cron"), codes::CronField, cron == nullptr ? schedule.name : *cron)
      .note(std::get<CronProblem>(made).text)
      .source(catalog::cite(catalog().fact("scheduler.expression.forms")))
      .help("five fields, for example `cron = \"0 3 * * MON-FRI\"`");
  return {};
}

const Edge* dead_edge(const Lowering& lowering, const Node& schedule) {
  const std::vector<const Edge*> edges = lowering.architecture.edges_from(schedule.id, "dead");
  return edges.empty() ? nullptr : edges.front();
}

/// The schedule itself, with `target` filled in further.
void add(Lowering& lowering, const Edge& edge, const Node& owner, std::string id, cloud::Object target) {
  const Node& schedule = lowering.from(edge);
  const Attributes& asked = lowering.of(schedule);
  const bool several = lowering.architecture.edges_from(schedule.id, "self").size() > 1;
  target.set("RoleArn", cloud::GetAtt{lowering.role(schedule, kScheduler).id, "Arn"});
  if (asked.has("input")) target.set("Input", json_text(lowering, *asked.find("input")));
  // How often a busy target is tried again; what the target does with the event afterwards is the target's own affair.
  target.set("RetryPolicy",
             cloud::object({{"MaximumRetryAttempts", static_cast<std::int64_t>(limit("scheduler.retry.attempts"))},
                            {"MaximumEventAgeInSeconds", static_cast<std::int64_t>(limit("scheduler.retry.max_age"))}}));
  if (const Edge* dead = dead_edge(lowering, schedule); dead != nullptr && lowering.stands(lowering.to(*dead)))
    target.set("DeadLetterConfig", cloud::object({{"Arn", arn_of(lowering, lowering.to(*dead))}}));
  cloud::Object properties;
  properties.set("Name",
                 lowering.name("AWS::Scheduler::Schedule", "Name", schedule, several ? lowering.to(edge).identity() : ""));
  if (asked.has("description")) properties.set("Description", lowering.value(*asked.find("description")));
  properties.set("ScheduleExpression", expression(lowering, schedule));
  properties.set("ScheduleExpressionTimezone",
                 asked.has("timezone") ? lowering.value(*asked.find("timezone")) : cloud::Value("UTC"));
  properties.set("FlexibleTimeWindow", cloud::object({{"Mode", "OFF"}}));
  properties.set("State", asked.flag("enabled", true) ? "ENABLED" : "DISABLED");
  properties.set("Target", std::move(target));
  lowering.add(owner, edge, std::move(id), "AWS::Scheduler::Schedule", std::move(properties));
}

}  // namespace

void lower_schedule(Lowering&, const Node&, cloud::Decision&) {}  // each edge from it makes a schedule

void schedule_function(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  Intake* intake = lowering.intake(edge);
  if (intake == nullptr) return;
  realise_intake(lowering, *intake);
  explain_intake(lowering, *intake, decision);
  if (intake->way != Intake::Way::own_settings) decision.change.clear();  // the schedule needs no address
  const Node& schedule = lowering.from(edge);
  RoleDraft& role = lowering.role(schedule, kScheduler);
  lowering.grant(role, edge, {std::string(intake_action(*intake))}, intake_arn(lowering, *intake));
  const Node& function = lowering.to(edge);
  add(lowering, edge, function, lowering.id(function, "From" + lowering.id(schedule)),
      cloud::object({{"Arn", intake_arn(lowering, *intake)}}));
}

void schedule_message(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& schedule = lowering.from(edge);
  const Node& queue = lowering.to(edge);
  lowering.grant(lowering.role(schedule, kScheduler), edge, {"sqs:SendMessage"}, arn_of(lowering, queue));
  cloud::Object target = cloud::object({{"Arn", arn_of(lowering, queue)}});
  if (lowering.of(queue).flag("fifo")) target.set("SqsParameters", cloud::object({{"MessageGroupId", schedule.name}}));
  add(lowering, edge, queue, lowering.id(queue, "From" + lowering.id(schedule)), std::move(target));
}

void schedule_workflow(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& schedule = lowering.from(edge);
  const Node& workflow = lowering.to(edge);
  const cloud::Value arn = arn_of(lowering, workflow);
  lowering.grant(lowering.role(schedule, kScheduler), edge, {"states:StartExecution"}, arn);
  add(lowering, edge, workflow, lowering.id(workflow, "From" + lowering.id(schedule)), cloud::object({{"Arn", arn}}));
}

namespace {

/// What an event holds is an object, so without `input` it is an empty one.
cloud::Object event_target(Lowering& lowering, const Edge& edge, cloud::Value bus, EventName name) {
  cloud::Object target = cloud::object({{"Arn", std::move(bus)}});
  target.set("EventBridgeParameters",
             cloud::object({{"Source", std::move(name.source)}, {"DetailType", std::move(name.type)}}));
  if (!lowering.of(lowering.from(edge)).has("input")) target.set("Input", "{}");
  return target;
}

}  // namespace

void schedule_event(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& schedule = lowering.from(edge);
  const Node& bus = lowering.to(edge);
  const cloud::Value arn = arn_of(lowering, bus);
  lowering.grant(lowering.role(schedule, kScheduler), edge, {"events:PutEvents"}, arn);
  add(lowering, edge, bus, lowering.id(bus, "From" + lowering.id(schedule)),
      event_target(lowering, edge, arn, event_name(lowering, edge)));
}

void schedule_record(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& schedule = lowering.from(edge);
  const Node& stream = lowering.to(edge);
  const cloud::Value arn = arn_of(lowering, stream);
  lowering.grant(lowering.role(schedule, kScheduler), edge, {"kinesis:PutRecord"}, arn);
  add(lowering, edge, stream, lowering.id(stream, "From" + lowering.id(schedule)),
      cloud::object({{"Arn", arn}, {"KinesisParameters", cloud::object({{"PartitionKey", schedule.name}})}}));
}

/// A schedule calls nobody outside. It tells the account's own bus, and a rule there calls the address.
void schedule_address(Lowering& lowering, const Edge& edge, cloud::Decision& decision) {
  if (!same_region(lowering, edge)) return;
  const Node& schedule = lowering.from(edge);
  const Node& to = lowering.to(edge);
  const std::optional<cloud::Value> destination = api_destination(lowering, edge, decision);
  if (!destination) return;
  const cloud::Value bus = Lowering::arn("events", cloud::Pseudo::region, cloud::Pseudo::account, "event-bus/default");
  const std::string app = lowering.architecture.app.name;
  const std::string name = lowering.name("AWS::Scheduler::Schedule", "Name", schedule, to.identity());
  const std::string id = lowering.id(to, "From" + lowering.id(schedule));
  lowering.grant(lowering.role(schedule, kScheduler), edge, {"events:PutEvents"}, bus);
  add(lowering, edge, to, id, event_target(lowering, edge, bus, {app, name}));
  RoleDraft& role = lowering.role(schedule, "events.amazonaws.com", "RuleRole");
  lowering.grant(role, edge, {"events:InvokeApiDestination"}, *destination);
  cloud::Object target = cloud::object(
      {{"Id", "1"}, {"Arn", *destination}, {"RoleArn", cloud::GetAtt{role.id, "Arn"}}, {"InputPath", "$.detail"}});
  target.set("RetryPolicy",
             cloud::object({{"MaximumRetryAttempts", static_cast<std::int64_t>(limit("events.retry.attempts"))},
                            {"MaximumEventAgeInSeconds", static_cast<std::int64_t>(limit("events.retry.max_age"))}}));
  lowering.add(
      to, edge, id + "Rule", "AWS::Events::Rule",
      cloud::object({{"Name", lowering.name("AWS::Events::Rule", "Name", schedule, to.identity())},
                     {"EventBusName", "default"},
                     {"EventPattern", cloud::object({{"source", cloud::Values{app}}, {"detail-type", cloud::Values{name}}})},
                     {"State", "ENABLED"},
                     {"Targets", cloud::Values{std::move(target)}}}));
}

void schedule_publication(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& schedule = lowering.from(edge);
  const Node& topic = lowering.to(edge);
  if (lowering.of(topic).flag("fifo")) {
    lowering.sink
        .report(edge.span, codes::Fifo, describe(lowering.architecture, edge),
                "a schedule cannot name the group of a message")
        .help("put a `fifo` queue in between, or leave `fifo` out at `" + topic.name + "`");
  }
  lowering.grant(lowering.role(schedule, kScheduler), edge, {"sns:Publish"}, arn_of(lowering, topic));
  add(lowering, edge, topic, lowering.id(topic, "From" + lowering.id(schedule)),
      cloud::object({{"Arn", arn_of(lowering, topic)}}));
}

/// Each schedule reads this edge for itself, and its role sends; here stands what may be wrong with it.
void give_up_strikes(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  if (!same_region(lowering, edge)) return;
  const Node& schedule = lowering.from(edge);
  const Node& queue = lowering.to(edge);
  lowering.grant(lowering.role(schedule, kScheduler), edge, {"sqs:SendMessage"}, arn_of(lowering, queue));
  if (dead_edge(lowering, schedule) != &edge) {
    lowering.sink.report(edge.span, codes::DestinationCount, schedule.name, "several")
        .help("let the dead letters go to one queue");
  }
  if (!lowering.of(queue).flag("fifo")) return;
  lowering.sink
      .report(edge.span, codes::Fifo, describe(lowering.architecture, edge),
              "a schedule puts what nobody took into a standard queue")
      .source(catalog::cite(catalog().fact("scheduler.dlq_arn.pattern")))
      .help("leave `fifo` out at `" + queue.name + "`");
}

}  // namespace virga::aws
