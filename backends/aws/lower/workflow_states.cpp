// The states of a flow in the Amazon States Language. Each state passes the whole document on: a result is put under the
// name of its step, and nothing else changes.
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/workflow.h"

#include <algorithm>

namespace virga::aws {
namespace {

using workflow::Condition;
using workflow::Machine;
using workflow::Path;
using workflow::State;

std::string at(const Path& path) { return "$." + workflow::to_text(path); }

std::int64_t seconds_of(const Quantity& quantity) {
  return static_cast<std::int64_t>(static_cast<double>(quantity.amount) / amount(Unit::seconds));
}

class States {
 public:
  States(Lowering& lowering, const Node& node) : lowering_(lowering), node_(node) {}

  cloud::Object whole(const Machine& machine) {
    cloud::Object made;
    if (lowering_.of(node_).has("description"))
      made.set("Comment", lowering_.value(*lowering_.of(node_).find("description")));
    made.set("StartAt", machine.start);
    if (lowering_.of(node_).has("timeout")) made.set("TimeoutSeconds", lowering_.quantity(node_, "timeout", Unit::seconds));
    made.set("States", states(machine));
    return made;
  }

 private:
  cloud::Object states(const Machine& machine) {
    cloud::Object made;
    for (const State& state : machine.states) made.set(state.name, one(state, machine.names));
    return made;
  }

  using Names = std::vector<std::string>;

  cloud::Object one(const State& state, const Names& names) {
    switch (state.kind) {
      case State::Kind::begin: return begin(state, names);
      case State::Kind::step: return task(state, names);
      case State::Kind::choose: return choose(state);
      case State::Kind::parallel: return parallel(state, names);
      case State::Kind::each: return each(state);
      case State::Kind::wait: return wait(state);
      case State::Kind::set: return set(state, names);
      case State::Kind::collect: return collect(state, names);
      case State::Kind::succeed: return cloud::object({{"Type", "Succeed"}});
      case State::Kind::fail:
        if (state.item->again)
          return cloud::object({{"Type", "Fail"}, {"ErrorPath", "$.error.Error"}, {"CausePath", "$.error.Cause"}});
        return cloud::object({{"Type", "Fail"}, {"Error", state.item->error}, {"Cause", state.item->cause}});
    }
    return {};
  }

  static void lead_on(cloud::Object& made, const State& state) {
    if (state.next) made.set("Next", *state.next);
    else made.set("End", true);
  }

  /// `{"input": …, "pay": {}}`: every name that the document will ever have.
  static cloud::Object empty_document(const Names& names, cloud::Object made) {
    for (const std::string& name : names) {
      if (made.find(name + ".$") == nullptr) made.set(name, cloud::Object{});
    }
    return made;
  }

  static cloud::Object begin(const State& state, const Names& names) {
    cloud::Object made = cloud::object({{"Type", "Pass"}});
    made.set("Parameters", empty_document(names, cloud::object({{"input.$", "$"}})));
    lead_on(made, state);
    return made;
  }

  cloud::Object task(const State& state, const Names& names) {
    const Edge& edge = *state.item->step;
    const Attributes& asked = lowering_.of(edge);
    const bool callback = asked.flag("callback");
    if (lowering_.to(edge).kind == "table") return finished(row_task(lowering_, state), state, true);
    StepTarget target = target_of(lowering_, edge);
    cloud::Object made = cloud::object({{"Type", "Task"}});
    if (edge.delivery == Delivery::call && target.resource == "lambda:invoke" && !callback) {
      // By its own ARN: then the answer is the result, where `lambda:invoke` would wrap it.
      made.set("Resource", target.arn);
      if (state.item->sent_whole) made.set("InputPath", at(*state.item->sent_whole));
      if (state.item->sent) made.set("Parameters", fields(*state.item->sent));
    } else {
      made.set("Resource", service(target.resource + (callback ? ".waitForTaskToken" : "")));
      if (callback || state.item->sent) {
        cloud::Object sent;
        if (callback) sent.set("token.$", "$$.Task.Token");
        if (state.item->sent) {
          for (cloud::Member& member : fields(*state.item->sent).members) sent.set(member.key, std::move(member.value));
        } else {
          for (const std::string& name : names) sent.set(name + ".$", "$." + name);
        }
        target.parameters.set(target.payload, std::move(sent));
      } else if (!target.payload.empty()) {
        target.parameters.set(target.payload + ".$", state.item->sent_whole ? at(*state.item->sent_whole) : "$");
      }
      if (!target.wrapped_in.empty())
        target.parameters = cloud::object({{target.wrapped_in, cloud::Values{std::move(target.parameters)}}});
      made.set("Parameters", std::move(target.parameters));
    }
    if (!target.selected.members.empty()) made.set("ResultSelector", std::move(target.selected));
    made.set("ResultPath", state.item->result ? cloud::Value("$." + state.name) : cloud::Value());
    return finished(std::move(made), state, false);
  }

  /// What every task has besides what it does. In JSONata, what is caught goes on by an expression.
  cloud::Object finished(cloud::Object made, const State& state, bool jsonata) {
    const Edge& edge = *state.item->step;
    const Attributes& asked = lowering_.of(edge);
    if (const Value* timeout = asked.find("timeout"); timeout != nullptr && !timeout->is_none())
      made.set("TimeoutSeconds", lowering_.quantity(*timeout, Unit::seconds, lowering_.where(edge, "timeout")));
    retry(made, edge);
    catchers(made, state, jsonata);
    lead_on(made, state);
    return made;
  }

  /// `{ order = { from = "input.order" }  status = "paid" }` → `{"order.$": "$.input.order", "status": "paid"}`
  cloud::Object fields(const std::vector<workflow::Setting>& settings) {
    cloud::Object made;
    for (const workflow::Setting& setting : settings) {
      if (setting.from) made.set(setting.name + ".$", at(*setting.from));
      else made.set(setting.name, lowering_.value(setting.constant));
    }
    return made;
  }

  /// Of a function that is handed over to, retries are the function's own: here they would be tries to hand over.
  void retry(cloud::Object& made, const Edge& edge) {
    const Attributes& asked = lowering_.of(edge);
    const bool own = edge.delivery == Delivery::hand_over && lowering_.to(edge).kind == "function";
    if (own || asked.number("retries").value_or(0) < 1) return;
    cloud::Object again = cloud::object({{"ErrorEquals", cloud::Values{"States.ALL"}}});
    again.set("IntervalSeconds",
              lowering_.quantity(*asked.find("retry_after"), Unit::seconds, lowering_.where(edge, "retry_after")));
    again.set("MaxAttempts", lowering_.value(*asked.find("retries")));
    again.set("BackoffRate", lowering_.value(*asked.find("backoff")));
    made.set("Retry", cloud::Values{std::move(again)});
  }

  static void catchers(cloud::Object& made, const State& state, bool jsonata = false) {
    cloud::Values list;
    for (const workflow::Catcher& catcher : state.catchers) {
      cloud::Values errors(catcher.errors.begin(), catcher.errors.end());
      if (errors.empty()) errors.emplace_back("States.ALL");
      cloud::Object taken = cloud::object({{"ErrorEquals", std::move(errors)}});
      if (jsonata) taken.set("Output", with_error());
      else taken.set("ResultPath", "$.error");
      taken.set("Next", catcher.next);
      list.emplace_back(std::move(taken));
    }
    if (!list.empty()) made.set("Catch", std::move(list));
  }

  cloud::Object choose(const State& state) {
    cloud::Values choices;
    for (std::size_t i = 0; i < state.targets.size(); ++i) {
      cloud::Object choice = question(state.questions[i]);
      choice.set("Next", state.targets[i]);
      choices.emplace_back(std::move(choice));
    }
    return cloud::object({{"Type", "Choice"}, {"Choices", std::move(choices)}, {"Default", state.otherwise}});
  }

  /// A comparison with what is not there would fail the execution, so each asks for that first.
  cloud::Object question(const Condition& asked) {
    using Op = Condition::Op;
    if (asked.op == Op::inverse) return cloud::object({{"Not", question(asked.parts.front())}});
    if (asked.op == Op::all || asked.op == Op::any) {
      cloud::Values parts;
      for (const Condition& part : asked.parts) parts.emplace_back(question(part));
      return cloud::object({{asked.op == Op::all ? "And" : "Or", std::move(parts)}});
    }
    const std::string where = at(asked.path);
    cloud::Object there = cloud::object({{"Variable", where}, {"IsPresent", true}});
    if (asked.op == Op::exists) return there;
    cloud::Object compared = cloud::object({{"Variable", where}, {comparison(asked), constant(asked)}});
    return cloud::object({{"And", cloud::Values{std::move(there), std::move(compared)}}});
  }

  static std::string comparison(const Condition& asked) {
    using Op = Condition::Op;
    if (asked.op == Op::prefix) return "StringMatches";
    if (asked.constant.get<bool>() != nullptr) return "BooleanEquals";
    std::string word = asked.constant.get<double>() != nullptr ? "Numeric" : "String";
    switch (asked.op) {
      case Op::above: return word + "GreaterThan";
      case Op::at_least: return word + "GreaterThanEquals";
      case Op::below: return word + "LessThan";
      case Op::at_most: return word + "LessThanEquals";
      default: return word + "Equals";
    }
  }

  cloud::Value constant(const Condition& asked) {
    if (asked.op != Condition::Op::prefix) return lowering_.value(asked.constant);
    std::string pattern;
    for (const char c : *asked.constant.get<std::string>())
      pattern += c == '*' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return pattern + "*";
  }

  cloud::Object parallel(const State& state, const Names& names) {
    cloud::Values branches;
    for (const Machine& inner : state.inner)
      branches.emplace_back(cloud::object({{"StartAt", inner.start}, {"States", states(inner)}}));
    cloud::Object made = cloud::object({{"Type", "Parallel"}, {"Branches", std::move(branches)}});
    // Each branch gives the document as it left it: what it has put there is taken from it, all else from the first.
    cloud::Object selected;
    for (const std::string& name : names) {
      const std::size_t branch = workflow::branch_that_left(state, name).value_or(0);
      selected.set(name + ".$", "$[" + std::to_string(branch) + "]." + name);
    }
    made.set("ResultSelector", std::move(selected));
    catchers(made, state);
    lead_on(made, state);
    return made;
  }

  cloud::Object each(const State& state) {
    const Machine& inner = state.inner.front();
    // The document of an iteration is made here, so its first state has nothing to do.
    const State& begin = inner.states.front();
    Machine rest = inner;
    rest.start = *begin.next;
    rest.states.erase(rest.states.begin());
    cloud::Object made = cloud::object({{"Type", "Map"}, {"ItemsPath", at(state.item->items)}});
    if (state.item->at_once) made.set("MaxConcurrency", *state.item->at_once);
    made.set("ItemSelector",
             empty_document(inner.names, cloud::object({{"input.$", "$.input"}, {"item.$", "$$.Map.Item.Value"}})));
    made.set("ItemProcessor", cloud::object({{"ProcessorConfig", cloud::object({{"Mode", "INLINE"}})},
                                             {"StartAt", rest.start},
                                             {"States", states(rest)}}));
    made.set("ResultPath", state.item->into.empty() ? cloud::Value() : cloud::Value("$." + state.item->into));
    catchers(made, state);
    lead_on(made, state);
    return made;
  }

  static cloud::Object wait(const State& state) {
    cloud::Object made = cloud::object({{"Type", "Wait"}});
    if (state.item->pause) made.set("Seconds", seconds_of(*state.item->pause));
    else made.set("TimestampPath", at(*state.item->until));
    lead_on(made, state);
    return made;
  }

  cloud::Object set(const State& state, const Names& names) {
    cloud::Object document;
    for (const std::string& name : names) {
      const auto found = std::find_if(state.settings.begin(), state.settings.end(),
                                      [&](const workflow::Setting& setting) { return setting.name == name; });
      if (found == state.settings.end()) document.set(name + ".$", "$." + name);
      else if (found->from) document.set(name + ".$", at(*found->from));
      else document.set(name, lowering_.value(found->constant));
    }
    cloud::Object made = cloud::object({{"Type", "Pass"}, {"Parameters", std::move(document)}});
    lead_on(made, state);
    return made;
  }

  static cloud::Object collect(const State& state, const Names& names) {
    cloud::Object left;
    for (const std::string& name : names) {
      if (name != "input") left.set(name + ".$", "$." + name);
    }
    cloud::Object made = cloud::object({{"Type", "Pass"}, {"Parameters", std::move(left)}});
    lead_on(made, state);
    return made;
  }

  static cloud::Value service(const std::string& integration) {
    return cloud::concat({"arn:", cloud::Pseudo::partition, ":states:::" + integration});
  }

  Lowering& lowering_;
  const Node& node_;
};

}  // namespace

cloud::Object definition_of(Lowering& lowering, const Node& node, const workflow::Machine& machine) {
  return States(lowering, node).whole(machine);
}

}  // namespace virga::aws
