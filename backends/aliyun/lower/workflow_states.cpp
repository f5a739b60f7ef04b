// The states of a flow in CloudFlow's Flow Definition Language. A state's output replaces the document, so each lists all of
// its names: what stood there passes on, and a result is put under the name of its step.
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/values.h"
#include "backends/aliyun/lower/versions.h"
#include "backends/aliyun/lower/workflow.h"
#include "compiler/cloud/yaml_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace virga::aliyun {
namespace {

using cloud::Document;
using workflow::Machine;
using workflow::State;
using Names = std::vector<std::string>;

/// Stands for a reference in the text until it is whole.
std::string mark(std::size_t i) { return fmt::format("virga-reference-{}-", i); }

class States {
 public:
  explicit States(Lowering& l) : l_(l) {}

  cloud::Value whole(const Node& node, const Machine& machine) {
    Document made = Document::map();
    made.set("Type", Document("StateMachine"));
    made.set("SpecVersion", Document(std::string(catalog().fact("cloudflow.fdl.version").members.front())));
    made.set("Name", Document(plain_name(l_, "ALIYUN::FNF::Flow", "Name", node.identity())));
    made.set("StartAt", Document(machine.start));
    note_errors(machine);
    made.set("States", states(machine, true));
    return with_references(cloud::write_yaml(made));
  }

 private:
  Document text(cloud::Value value) {
    if (const std::string* plain = value.get<std::string>()) return Document(*plain);
    references_.push_back(std::move(value));
    return Document(mark(references_.size() - 1));
  }

  cloud::Value with_references(std::string_view yaml) const {
    cloud::Values parts;
    for (std::size_t i = 0; i < references_.size(); ++i) {
      // In the order in which the text was made, which is the order in which they stand in it.
      const std::string wanted = mark(i);
      const std::size_t found = yaml.find(wanted);
      parts.emplace_back(yaml.substr(0, found));
      parts.push_back(references_[i]);
      yaml.remove_prefix(found + wanted.size());
    }
    parts.emplace_back(yaml);
    return cloud::concat(std::move(parts));
  }

  Document states(const Machine& machine, bool outermost) {
    Document list = Document::list();
    for (const State& state : machine.states) one(list, state, machine.names, outermost);
    return list;
  }

  void one(Document& list, const State& state, const Names& names, bool outermost) {
    switch (state.kind) {
      case State::Kind::begin: list.append(begin(state, names, outermost)); return;
      case State::Kind::step: list.append(task(state, names)); return;
      case State::Kind::choose: list.append(choose(state)); return;
      case State::Kind::parallel: list.append(parallel(state, names)); return;
      case State::Kind::each: list.append(each(state, names)); return;
      case State::Kind::wait: return wait(list, state, names);
      case State::Kind::set: list.append(set(state, names)); return;
      case State::Kind::collect: list.append(collect(state, names)); return;
      case State::Kind::succeed: {
        Document made = named("Succeed", state.name);
        made.set("End", true);
        list.append(std::move(made));
        return;
      }
      case State::Kind::fail: {
        if (state.item->again) return fail_again(list, state.name);
        Document made = named("Fail", state.name);
        made.set("Code", state.item->error);
        made.set("Detail", state.item->cause);
        made.set("End", true);
        list.append(std::move(made));
        return;
      }
    }
  }

  void note_errors(const Machine& machine) {
    for (const State& state : machine.states) {
      for (const workflow::Catcher& catcher : state.catchers) errors_.insert(catcher.errors.begin(), catcher.errors.end());
      if (state.item != nullptr && !state.item->error.empty()) errors_.insert(state.item->error);
      for (const Machine& inner : state.inner) note_errors(inner);
    }
  }

  /// A state fails with a code that stands there, so a choice looks for the one that was taken among those that the flow
  /// knows.
  void fail_again(Document& list, const std::string& name) {
    const auto fail = [&](const std::string& as, std::string_view code, std::string_view detail) {
      Document made = named("Fail", as);
      made.set("Code", code);
      made.set("Detail", detail);
      made.set("End", true);
      list.append(std::move(made));
    };
    constexpr std::string_view kOther = "Failed";
    constexpr std::string_view kDetail = "what failed stands in `error`, which this state is given";
    l_.changes(fmt::format("what fails again with an error that the flow does not name ends as `{}`", kOther));
    if (errors_.empty()) return fail(name, kOther, kDetail);
    Document branches = Document::list();
    for (const std::string& error : errors_) {
      const workflow::Condition is{workflow::Condition::Op::equals, {{"error", "Error"}, {}}, Value{error, {}, {}}, {}};
      branches.append(Document::map({{"Condition", expression_of(is)}, {"Next", name + " as " + error}}));
    }
    Document made = named("Choice", name);
    made.set("Branches", std::move(branches));
    made.set("Default", fmt::format("{} as {}", name, kOther));
    list.append(std::move(made));
    for (const std::string& error : errors_) fail(name + " as " + error, error, kDetail);
    if (!errors_.contains(std::string(kOther))) fail(fmt::format("{} as {}", name, kOther), kOther, kDetail);
  }

  static Document named(std::string_view type, const std::string& name) {
    return Document::map({{"Type", type}, {"Name", name}});
  }

  static void lead_on(Document& made, const std::optional<std::string>& next) {
    if (next) made.set("Next", *next);
    else made.set("End", true);
  }

  /// `input.$: $Input.input`, and so on: the document as it came, for those names that are not set in `made` already.
  static Document passed_on(const Names& names, Document made = Document::map()) {
    for (const std::string& name : names) {
      if (made.find(name) == nullptr && made.find(name + ".$") == nullptr) made.set(name + ".$", "$Input." + name);
    }
    return made;
  }

  /// An iteration is given its item and nothing else; the input of the execution is known everywhere.
  static Document begin(const State& state, const Names& names, bool outermost) {
    Document document = Document::map({{"input.$", "$Context.Execution.Input"}});
    if (!outermost) document.set("item.$", "$Input");
    for (const std::string& name : names) {
      if (document.find(name + ".$") == nullptr) document.set(name, Document::map());
    }
    Document made = named("Pass", state.name);
    made.set("OutputConstructor", std::move(document));
    lead_on(made, state.next);
    return made;
  }

  Document task(const State& state, const Names& names) {
    const Edge& edge = *state.item->step;
    const Attributes& asked = l_.of(edge);
    const Node& to = l_.to(edge);
    const bool callback = asked.flag("callback"), call = edge.delivery == Delivery::call;
    Document made = named("Task", state.name);
    std::string mode = callback ? "WaitForCustomCallback" : "RequestComplete";
    std::string_view action = "MNS:SendMessage", payload = "message";
    Document parameters = Document::map();
    if (to.kind == "function") {
      action = "FC:InvokeFunction";
      payload = "body";
      parameters.set("resourceArn", text(cloud::concat({function_arn(l_, to), "/", qualifier_of(l_, to)})));
      parameters.set("invocationType", call ? "Sync" : "Async");
    } else if (to.kind == "workflow") {
      action = "FNF:StartExecution";
      payload = "input";
      parameters.set("resourceArn", text(flow_resources(l_, to).front()));
      if (call && !callback) mode = "WaitForSystemCallback";
    } else {
      parameters.set("resourceArn", text(messages_arn(l_, to)));
    }
    if (callback || state.item->sent) {
      Document sent = Document::map();
      if (callback) sent.set("token.$", "$Context.Current.TaskToken");
      parameters.set(payload,
                     state.item->sent ? fields(*state.item->sent, std::move(sent)) : passed_on(names, std::move(sent)));
    } else {
      const auto& place = state.item->sent_whole;
      parameters.set(std::string(payload) + ".$", place ? "$Input." + workflow::to_text(*place) : "$Input");
    }
    made.set("Action", action);
    made.set("TaskMode", mode);
    made.set("Parameters", std::move(parameters));
    if (const std::optional<Quantity> timeout = asked.quantity("timeout")) made.set("Timeout", timeout->amount / kSecond);
    retry(made, edge);
    catchers(made, state, names);
    Document output = Document::map();
    if (state.item->result) output.set(state.name + ".$", "$Output");
    made.set("OutputConstructor", passed_on(names, std::move(output)));
    lead_on(made, state.next);
    return made;
  }

  /// Of a function that is handed over to, retries are the function's own: here they would be tries to hand over.
  void retry(Document& made, const Edge& edge) {
    const Attributes& asked = l_.of(edge);
    const bool own = edge.delivery == Delivery::hand_over && l_.to(edge).kind == "function";
    const std::optional<double> retries = asked.number("retries");
    if (own || !retries || *retries < 1) return;
    Document again = Document::map({{"Errors", Document::list({"FnF.ALL"})}});
    again.set("Description", "retries of " + edge.from.argument);
    again.set("MaxAttempts", static_cast<std::int64_t>(*retries));
    again.set("IntervalSeconds", asked.quantity("retry_after")->amount / kSecond);
    const double backoff = *asked.number("backoff");
    if (backoff == static_cast<double>(static_cast<std::int64_t>(backoff)))
      again.set("BackoffRate", static_cast<std::int64_t>(backoff));
    else again.set("BackoffRate", backoff);
    made.set("Retry", Document::list({std::move(again)}));
  }

  static void catchers(Document& made, const State& state, const Names& names) {
    if (state.catchers.empty()) return;
    Document list = Document::list();
    for (const workflow::Catcher& catcher : state.catchers) {
      Document errors = Document::list();
      for (const std::string& error : catcher.errors) errors.append(error);
      if (catcher.errors.empty()) errors.append("FnF.ALL");
      Document error =
          Document::map({{"Error.$", "$Context.Current.Error.Code"}, {"Cause.$", "$Context.Current.Error.Detail"}});
      Document one = Document::map({{"Errors", std::move(errors)}, {"Description", "goes on with " + catcher.next}});
      one.set("OutputConstructor", passed_on(names, Document::map({{"error", std::move(error)}})));
      one.set("Next", catcher.next);
      list.append(std::move(one));
    }
    made.set("Catch", std::move(list));
  }

  static Document choose(const State& state) {
    Document branches = Document::list();
    for (std::size_t i = 0; i < state.targets.size(); ++i) {
      branches.append(Document::map({{"Condition", expression_of(state.questions[i])}, {"Next", state.targets[i]}}));
    }
    Document made = named("Choice", state.name);
    made.set("Branches", std::move(branches));
    made.set("Default", state.otherwise);
    return made;
  }

  Document parallel(const State& state, const Names& names) {
    Document branches = Document::list();
    for (const Machine& inner : state.inner)
      branches.append(Document::map({{"StartAt", inner.start}, {"States", states(inner, false)}}));
    Document made = named("Parallel", state.name);
    made.set("Branches", std::move(branches));
    catchers(made, state, names);
    Document output = Document::map();
    for (const std::string& name : names) {
      if (const auto branch = workflow::branch_that_left(state, name))
        output.set(name + ".$", fmt::format("$Output.Branch{}.{}", *branch, name));
    }
    made.set("OutputConstructor", passed_on(names, std::move(output)));
    lead_on(made, state.next);
    return made;
  }

  Document each(const State& state, const Names& names) {
    const Machine& inner = state.inner.front();
    Document made = named("Map", state.name);
    made.set("ItemsPath", "$Input." + workflow::to_text(state.item->items));
    // Spelt as the vendor's documentation spells it.
    if (state.item->at_once)
      made.set(std::string(catalog().fact("cloudflow.map.concurrency.field").members.front()), *state.item->at_once);
    made.set("Processor", Document::map({{"StartAt", inner.start}, {"States", states(inner, false)}}));
    catchers(made, state, names);
    Document output = Document::map();
    if (!state.item->into.empty()) output.set(state.item->into + ".$", "$Output.Items");
    made.set("OutputConstructor", passed_on(names, std::move(output)));
    lead_on(made, state.next);
    return made;
  }

  /// One state waits only so long; a longer wait is several, one after the other.
  static void wait(Document& list, const State& state, const Names& names) {
    const std::int64_t most = Lowering::most("cloudflow.wait.seconds");
    std::int64_t left = state.item->pause ? state.item->pause->amount / kSecond : most;
    std::string name = state.name;
    for (int part = 2; left > 0; ++part) {
      Document made = named("Wait", name);
      made.set("Seconds", std::min(left, most));
      made.set("OutputConstructor", passed_on(names));
      left -= most;
      name = fmt::format("{} part {}", state.name, part);
      lead_on(made, left > 0 ? std::optional(name) : state.next);
      list.append(std::move(made));
    }
  }

  static Document fields(const std::vector<workflow::Setting>& settings, Document made) {
    for (const workflow::Setting& setting : settings) {
      if (setting.from) made.set(setting.name + ".$", "$Input." + workflow::to_text(*setting.from));
      else made.set(setting.name, constant(setting.constant));
    }
    return made;
  }

  Document set(const State& state, const Names& names) {
    Document made = named("Pass", state.name);
    made.set("OutputConstructor", passed_on(names, fields(state.settings, Document::map())));
    lead_on(made, state.next);
    return made;
  }

  static Document collect(const State& state, Names names) {
    std::erase(names, "input");
    Document made = named("Pass", state.name);
    made.set("OutputConstructor", passed_on(names));
    lead_on(made, state.next);
    return made;
  }

  static Document constant(const Value& value) {
    if (const Values* items = value.get<Values>()) {
      Document list = Document::list();
      for (const Value& item : *items) list.append(constant(item));
      return list;
    }
    if (const Map* map = value.get<Map>()) {
      Document made = Document::map();
      for (const MapEntry& entry : map->entries) made.set(entry.key, constant(entry.value));
      return made;
    }
    if (const bool* flag = value.get<bool>()) return *flag;
    if (const double* n = value.get<double>()) {
      if (*n == static_cast<double>(static_cast<std::int64_t>(*n))) return static_cast<std::int64_t>(*n);
      return *n;
    }
    if (const std::string* said = value.get<std::string>()) return *said;
    if (value.is_none()) return nullptr;
    return virga::to_text(value);
  }

  static constexpr std::int64_t kSecond = 1000;  // quantities of time are in milliseconds

  Lowering& l_;
  cloud::Values references_;
  std::set<std::string> errors_;  ///< names that the flow knows
};

}  // namespace

cloud::Value definition_of(Lowering& l, const Node& node, const Machine& machine) { return States(l).whole(node, machine); }

}  // namespace virga::aliyun
