#include "backends/aws/lower/intake.h"

#include "backends/aws/lower/address.h"
#include "backends/aws/lower/build.h"

namespace virga::aws {
namespace {

/// What an edge asks: its own word, else the function's.
Value asked_of(const Lowering& lowering, const Edge& edge, const Node& function, std::string_view name) {
  const Value* own = lowering.of(edge).find(name);
  if (own != nullptr && !own->is_none()) return *own;
  const Value* general = lowering.of(function).find(name);
  return general != nullptr ? *general : Value{};
}

bool invokes_asynchronously(const Lowering& lowering, const Edge& edge) {
  if (edge.delivery != Delivery::hand_over || edge.to.name != "self") return false;
  const Node& from = lowering.from(edge);
  // Queues and streams are read by mappings and pipes, which wait for the answer; who stands outside is not ours to wire.
  for (const char* kind : {"queue", "table", "stream", "pipe", "external"})
    if (from.kind == kind) return false;
  return lowering.to(edge).kind == "function";
}

/// Who can start a state machine.
bool starts_state_machines(const Lowering& lowering, const Edge& edge) {
  const Node& from = lowering.from(edge);
  return (from.kind == "function" && edge.from.name == "self") || from.kind == "schedule" || from.kind == "gateway" ||
         from.kind == "websocket" || from.kind == "workflow";
}

/// Who can put a message into a queue.
bool sends_messages(const Lowering& lowering, const Edge& edge) {
  const Node& from = lowering.from(edge);
  return from.kind != "alarm" && from.kind != "log";
}

double seconds(const Value& value) {
  const Quantity* known = value.get<Quantity>();
  return known == nullptr ? 0 : static_cast<double>(known->amount) / amount(Unit::seconds);
}

/// What Lambda can be told itself; what is known only at deployment gets the bound as a constraint.
bool fits_own_settings(const Lowering& lowering, const Edge& edge, const Value& retries, const Value& max_age) {
  if (lowering.from(edge).kind == "gateway") return false;
  const double* count = retries.get<double>();
  if (count != nullptr && *count > limit("lambda.async.retries")) return false;
  return max_age.get<Quantity>() == nullptr || seconds(max_age) <= limit("lambda.async.max_event_age");
}

struct Outcomes {
  std::vector<const Edge*> success, failure;
};

Outcomes outcomes_of(const Lowering& lowering, const Node& function) {
  return {lowering.architecture.edges_from(function.id, "success"),
          lowering.architecture.edges_from(function.id, "failure")};
}

bool is_plain_queue(const Lowering& lowering, const Edge& edge) {
  const Node& to = lowering.to(edge);
  return to.kind == "queue" && !lowering.of(to).flag("fifo");
}

/// The dead letters of a queue in between can go to a queue or be read by a function; of a success nobody hears.
bool queue_tells_outcomes(const Lowering& lowering, const Outcomes& outcomes) {
  if (!outcomes.success.empty() || outcomes.failure.size() > 1) return false;
  return outcomes.failure.empty() || is_plain_queue(lowering, *outcomes.failure.front()) ||
         lowering.to(*outcomes.failure.front()).kind == "function";
}

/// A state machine sends the record that Lambda would have sent; a queue hands on the event alone.
bool wants_record(const Lowering& lowering, const Outcomes& outcomes) {
  return !outcomes.success.empty() || outcomes.failure.size() > 1 ||
         (!outcomes.failure.empty() && !is_plain_queue(lowering, *outcomes.failure.front()));
}

std::optional<Intake::Way> in_between(const Lowering& lowering, const Edge& edge, const Node& function,
                                      const Value& max_age) {
  const Outcomes outcomes = outcomes_of(lowering, function);
  const bool machine =
      starts_state_machines(lowering, edge) && std::none_of(outcomes.failure.begin(), outcomes.failure.end(),
                                                            [&](const Edge* e) { return lowering.to(*e).kind == "bucket"; });
  const bool queue = sends_messages(lowering, edge) && queue_tells_outcomes(lowering, outcomes) &&
                     seconds(max_age) <= limit("sqs.retention");
  // A route hands over its body; a state machine passes it on unchanged, a queue would wrap it.
  if (machine && (wants_record(lowering, outcomes) || lowering.from(edge).kind == "gateway" || !queue))
    return Intake::Way::state_machine;
  if (queue) return Intake::Way::queue;
  return std::nullopt;
}

std::string reason(const Lowering& lowering, const Edge& edge, const Value& retries, const Value& max_age) {
  const Node& function = lowering.to(edge);
  if (runs_as_build(lowering.architecture, function)) {
    return fmt::format("`{}` may run for {}, longer than AWS Lambda lets a function", function.name,
                       to_text(*lowering.of(function).quantity("timeout")));
  }
  if (lowering.from(edge).kind == "gateway") return "an HTTP API waits for the functions that it calls";
  const double* count = retries.get<double>();
  if (count != nullptr && *count > limit("lambda.async.retries")) {
    return fmt::format("{} retries are more than the {} of AWS Lambda itself", to_text(*count),
                       to_text(limit("lambda.async.retries")));
  }
  if (seconds(max_age) > limit("lambda.async.max_event_age")) {
    return fmt::format("{} is longer than AWS Lambda itself keeps an event", to_text(max_age));
  }
  return "another edge already has the function's own settings";
}

void report_impossible(Lowering& lowering, const Edge& edge, const Node& function, const Value& retries) {
  const double* count = retries.get<double>();
  const catalog::Fact& fact = catalog().fact("lambda.async.retries");
  lowering.sink
      .report(lowering.where(edge, "retries"), codes::AsyncImpossible, function.name,
              count != nullptr ? to_text(*count) : "so")
      .note(fmt::format(
          "AWS Lambda itself retries {} times; a state machine in between can be started only by a function, a route "
          "or a schedule, and a queue in between tells nobody of a success",
          to_text(fact.max)))
      .source(catalog::cite(fact))
      .help(fmt::format("put a `queue` between `{}` and `{}`, or say `retries = {}`", lowering.from(edge).name,
                        function.name, to_text(fact.max)));
}

bool same_settings(const Intake& intake, Intake::Way way, const Value& retries, const Value& max_age) {
  return intake.way == way && intake.retries == retries && intake.max_age == max_age;
}

class Planner {
 public:
  Planner(Lowering& lowering, const Node& function) : lowering_(lowering), function_(function) {}

  void plan() {
    std::vector<const Edge*> edges;
    for (const Edge* edge : lowering_.architecture.edges_to(function_.id, "self")) {
      if (invokes_asynchronously(lowering_, *edge)) edges.push_back(edge);
    }
    // The function's own settings belong first to the edges that ask for nothing else.
    for (const bool plain : {true, false}) {
      for (const Edge* edge : edges) {
        const Attributes& asked = lowering_.of(*edge);
        if (plain == (!asked.has("retries") && !asked.has("max_age"))) place(*edge);
      }
    }
  }

 private:
  void place(const Edge& edge) {
    const Value retries = asked_of(lowering_, edge, function_, "retries");
    const Value max_age = asked_of(lowering_, edge, function_, "max_age");
    if (runs_as_build(lowering_.architecture, function_)) return place(edge, Intake::Way::state_machine, retries, max_age);
    if (fits_own_settings(lowering_, edge, retries, max_age)) {
      Intake* own = find(Intake::Way::own_settings);
      if (own == nullptr) return make(edge, Intake::Way::own_settings, retries, max_age, {});
      if (own->retries == retries && own->max_age == max_age) return lowering_.join(*own, edge);
    }
    const std::optional<Intake::Way> way = in_between(lowering_, edge, function_, max_age);
    if (!way) return report_impossible(lowering_, edge, function_, retries);
    place(edge, *way, retries, max_age);
  }

  void place(const Edge& edge, Intake::Way way, const Value& retries, const Value& max_age) {
    for (Intake* intake : made_) {
      if (same_settings(*intake, way, retries, max_age)) return lowering_.join(*intake, edge);
    }
    make(edge, way, retries, max_age, reason(lowering_, edge, retries, max_age));
  }

  Intake* find(Intake::Way way) {
    const auto found = std::find_if(made_.begin(), made_.end(), [&](const Intake* intake) { return intake->way == way; });
    return found == made_.end() ? nullptr : *found;
  }

  void make(const Edge& edge, Intake::Way way, const Value& retries, const Value& max_age, std::string why) {
    const bool first = find(way) == nullptr;
    const std::string& from = lowering_.from(edge).identity();
    made_.push_back(&lowering_.intakes.emplace_back(Intake{way,
                                                           &function_,
                                                           {},
                                                           retries,
                                                           max_age,
                                                           first ? "" : "From" + cloud::logical_id(from),
                                                           first ? "" : "." + from,
                                                           std::move(why),
                                                           false}));
    lowering_.join(*made_.back(), edge);
  }

  Lowering& lowering_;
  const Node& function_;
  std::vector<Intake*> made_;
};

}  // namespace

void plan_intakes(Lowering& lowering) {
  for (const Node& node : lowering.architecture.nodes) {
    if (node.kind == "function") Planner(lowering, node).plan();
  }
}

void realise_intake(Lowering& lowering, Intake& intake) {
  if (intake.realised || !lowering.stands(*intake.function)) return;
  intake.realised = true;
  switch (intake.way) {
    case Intake::Way::own_settings: return realise_own_settings(lowering, intake);
    case Intake::Way::state_machine: return realise_state_machine(lowering, intake);
    case Intake::Way::queue: return realise_queue(lowering, intake);
  }
}

}  // namespace virga::aws
