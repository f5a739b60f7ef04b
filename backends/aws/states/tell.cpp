#include "backends/aws/states/tell.h"

#include "backends/aws/states/definition.h"
#include "backends/aws/states/question.h"
#include "backends/aws/states/telling.h"
#include "backends/common/workflow/structure.h"
#include "backends/common/workflow/tidy.h"
#include "backends/common/workflow/write.h"
#include "compiler/adopt/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace virga::aws::states {
namespace {

using cloud::Object;
using workflow::Block;
using workflow::Item;
using Kind = Item::Kind;

/// Words of conditions, and what a flow calls its own.
bool is_taken_by_the_language(const std::string& name) {
  static constexpr std::string_view kWords[] = {"input", "item", "error", "token", "any", "all", "not", "exists", "prefix"};
  return std::find(std::begin(kWords), std::end(kWords), name) != std::end(kWords);
}

class Teller {
 public:
  cloud::Told run(const Object& definition) {
    const Data input = place({"input"});
    try {
      workflow::Sequence flow = scope(definition, input, {input, nullptr}).flow;
      check_copies();
      workflow::drop_unused_results(flow, [&](const std::string& name) { return t_.used.contains(name); });
      told().attributes.emplace_back("flow", workflow::write_flow(flow));
    } catch (const Lacks& lacks) {
      cloud::Told nothing;
      nothing.lacks = lacks.why;
      return nothing;
    }
    if (const auto seconds = whole_number(definition, "TimeoutSeconds"); seconds && *seconds > 0)
      told().attributes.emplace_back("timeout", duration(*seconds));
    if (const std::string* comment = text(definition, "Comment"))
      told().attributes.emplace_back("description", Value{*comment, {}, {}});
    t_.change("", "degraded",
              "an execution ends with the whole document of the flow, where it ended with what the last state gave");
    return std::move(t_.told);
  }

 private:
  struct Scope {
    workflow::Sequence flow;
    Data gives;  ///< at its end
  };
  /// A state while it is read.
  struct State {
    std::string name;
    const Object& said;
    std::string step;  ///< its name in the flow
    Data input;
    std::vector<std::size_t> leads;
  };

  std::string new_name(const std::string& state) {
    std::string base = adopt::snake_case(state);
    if (!workflow::is_name(base) || is_taken_by_the_language(base)) base = "step_" + base;
    if (!workflow::is_name(base)) base = "step";
    std::string name = base;
    for (int n = 2; !t_.names.insert(name).second; ++n) name = fmt::format("{}_{}", base, n);
    return name;
  }

  cloud::Told& told() { return t_.told; }

  // ---- a scope: the machine itself, a branch, an iteration

  Scope scope(const Object& machine, const Data& input, const Around& around) {
    const cloud::Value* said = machine.find("States");
    const auto* all = said == nullptr ? nullptr : said->get<Object>();
    const std::string* start = text(machine, "StartAt");
    if (all == nullptr || start == nullptr || all->find(*start) == nullptr) throw Lacks{"it has no state to begin with"};
    if (const std::string* language = text(machine, "QueryLanguage"); language != nullptr && *language != "JSONPath")
      throw Lacks{fmt::format("its data is said in {}, of which a flow knows nothing", *language)};
    if (all->members.size() > workflow::kMostStates)
      throw Lacks{fmt::format("it has {} states side by side, more than the {} that are looked at", all->members.size(),
                              workflow::kMostStates)};
    std::vector<State> states = named(*all);
    std::map<std::string, std::size_t, std::less<>> places;
    for (std::size_t i = 0; i < states.size(); ++i) places.emplace(states[i].name, i);
    for (State& state : states) state.leads = leads(state, places);
    std::vector<std::vector<std::size_t>> ways;
    for (const State& state : states) ways.push_back(state.leads);
    const workflow::Order order = workflow::in_order(ways, places.find(*start)->second);
    if (order.back)
      lacks(states[order.back->first].name,
            fmt::format(
                "leads back to `{}`, and a flow only goes on: let a step that waits be tried again (`retries`), or let the "
                "flow start itself anew",
                states[order.back->second].name));
    states[places.find(*start)->second].input = input;
    std::vector<Block> blocks;
    Data gives;
    const auto hand_on = [&](const std::string& to, const Data& what) {
      State& next = states[places.find(to)->second];
      next.input = next.input == nullptr ? what : both(next.input, what);
    };
    for (const std::size_t at : order.places) {
      Block block;
      block.name = states[at].name;
      const Data output = read(states[at], block, blocks, around, hand_on);
      if (block.next) hand_on(*block.next, output);
      else if (block.targets.empty() && !(block.item && block.item->kind == Kind::fail))
        gives = gives == nullptr ? output : both(gives, output);
      blocks.push_back(std::move(block));
    }
    workflow::Structured made = workflow::structure(blocks, *start);
    if (!made.lacks.empty()) throw Lacks{made.lacks};
    copy_steps(made);
    workflow::splice_single_branches(made.flow);
    return {std::move(made.flow), gives == nullptr ? unknown("it has no end") : gives};
  }

  std::vector<State> named(const Object& all) {
    std::vector<State> out;
    for (const cloud::Member& m : all.members) {
      const auto* said = m.value.get<Object>();
      if (said == nullptr || text(*said, "Type") == nullptr) lacks(m.key, "has no type");
      if (const std::string* language = text(*said, "QueryLanguage"); language != nullptr && *language != "JSONPath")
        lacks(m.key, fmt::format("says its data in {}, of which a flow knows nothing", *language));
      if (said->find("Assign") != nullptr) lacks(m.key, "sets variables, which a flow does not have");
      out.push_back({m.key, *said, new_name(m.key), nullptr, {}});
    }
    return out;
  }

  static std::vector<std::size_t> leads(const State& state, const std::map<std::string, std::size_t, std::less<>>& places) {
    std::vector<std::size_t> out;
    const auto add = [&](const std::string* next) {
      if (next == nullptr) return;
      const auto found = places.find(*next);
      if (found == places.end()) lacks(state.name, fmt::format("leads to `{}`, which is not there", *next));
      out.push_back(found->second);
    };
    add(text(state.said, "Next"));
    add(text(state.said, "Default"));
    for (const std::string_view list : {"Choices", "Catch"}) {
      for (const cloud::Value& value : items(state.said, list)) {
        const auto* one = value.get<Object>();
        if (one == nullptr || text(*one, "Next") == nullptr)
          lacks(state.name, fmt::format("has a `{}` that leads nowhere", list));
        add(text(*one, "Next"));
      }
    }
    return out;
  }

  /// What a flow does for a state, and what the state gives.
  template <class HandOn>
  Data read(const State& state, Block& block, std::vector<Block>& blocks, const Around& around, const HandOn& hand_on) {
    const std::string& type = *text(state.said, "Type");
    if (const std::string* next = text(state.said, "Next")) block.next = *next;
    if (type == "Choice") return choice(state, block, blocks, around, hand_on);
    const Data input = selected(state, "InputPath", state.input, around);
    Item item;
    item.name = state.step;
    Data result = input;
    bool works = false;
    if (type == "Task") {
      result = task(state, input, item, around);
      works = true;
    } else if (type == "Map") {
      result = each(state, input, item, around);
      works = true;
    } else if (type == "Parallel") {
      result = parallel(state, input, item, around);
      works = true;
    } else if (type == "Pass") {
      if (const cloud::Value* constant_one = state.said.find("Result")) result = constant(*constant_one);
      else if (const cloud::Value* shape = state.said.find("Parameters")) result = payload(*shape, input, around);
      return selected(state, "OutputPath", placed(state.said, state.input, result), around);
    } else if (type == "Wait") {
      wait(state, item, around);
    } else if (type == "Succeed") {
      item.kind = Kind::succeed;
      block.next.reset();
    } else if (type == "Fail") {
      fail(state, item, around);
      block.next.reset();
    } else {
      lacks(state.name, fmt::format("is of the type `{}`, which nobody knows", type));
    }
    if (item.kind != Kind::wait || item.pause || item.until) block.item = std::move(item);
    if (!works) return selected(state, "OutputPath", input, around);
    catches(state, block, hand_on);
    if (const cloud::Value* shape = state.said.find("ResultSelector"))
      result = payload(*shape, result, {around.input, around.item});
    return selected(state, "OutputPath", placed(state.said, state.input, result), around);
  }

  static Data selected(const State& state, std::string_view word, const Data& data, const Around& around) {
    const cloud::Value* said = state.said.find(word);
    if (said == nullptr) return data;
    const auto* path = said->get<std::string>();
    return path == nullptr ? constant(Object{}) : resolved(*path, data, around);
  }

  /// `ResultPath`
  static Data placed(const Object& said, const Data& input, const Data& result) {
    const cloud::Value* where = said.find("ResultPath");
    if (where == nullptr) return result;
    const auto* path = where->get<std::string>();
    if (path == nullptr) return input;
    const auto steps = read_path(*path);
    return steps ? with(input, *steps, result) : unknown(fmt::format("a flow computes nothing: `{}`", *path));
  }

  // ---- tasks

  Data task(const State& state, const Data& input, Item& item, const Around& around) {
    Task made = read_task(state.said, input, around, state.step);
    if (!made.lacks.empty()) lacks(state.name, made.lacks);
    item.kind = Kind::step;
    cloud::ToldEdge edge{state.name, "step", state.step, made.hand_over, made.target, made.kind, made.to_port, {}};
    say_step(t_, state.name, state.said, made, edge);
    told().edges.push_back(std::move(edge));
    return made.result;
  }

  template <class HandOn>
  void catches(const State& state, Block& block, const HandOn& hand_on) {
    if (block.item->kind != Kind::step && state.said.find("Retry") != nullptr)
      t_.change(state.name, "degraded", "it is not tried again as a whole: say `retries` at its steps");
    for (const cloud::Value& value : items(state.said, "Catch")) {
      const Object& one = *value.get<Object>();
      Block::Catch made{errors_of(one), *text(one, "Next")};
      const bool any = std::any_of(made.errors.begin(), made.errors.end(),
                                   [](const std::string& e) { return e == "States.ALL" || e == "States.TaskFailed"; });
      if (any) made.errors.clear();
      for (const std::string& error : made.errors) {
        if (error.starts_with("States."))
          t_.change(state.name, "degraded",
                    fmt::format("`{}` is a name of this engine's own: say what the other one calls it", error));
      }
      hand_on(made.next, placed(one, state.input, place({"error"})));
      block.catches.push_back(std::move(made));
      if (any) break;
    }
  }

  // ---- what comes after what

  template <class HandOn>
  Data choice(const State& state, Block& block, std::vector<Block>& blocks, const Around& around, const HandOn& hand_on) {
    const Data input = selected(state, "InputPath", state.input, around);
    const Data output = selected(state, "OutputPath", input, around);
    Item item;
    item.kind = Kind::choose;
    item.name = state.step;
    const cloud::Values& choices = items(state.said, "Choices");
    if (choices.empty()) lacks(state.name, "has nothing to choose from");
    for (const cloud::Value& one : choices) {
      const Object& rule = *one.get<Object>();
      std::vector<workflow::Path> asked;
      std::string why;
      auto when = read_question(rule, input, around, asked, why);
      if (!when) lacks(state.name, why);
      for (const workflow::Path& path : asked) t_.use(path);
      item.branches.push_back({std::move(*when), {}});
      block.targets.push_back(*text(rule, "Next"));
      hand_on(block.targets.back(), output);
    }
    if (const std::string* otherwise = text(state.said, "Default")) {
      block.targets.push_back(*otherwise);
      hand_on(*otherwise, output);
    } else {
      Block none;
      none.name = "nothing of " + state.name;
      none.item.emplace();
      none.item->kind = Kind::fail;
      none.item->error = "States.NoChoiceMatched";
      block.targets.push_back(none.name);
      blocks.push_back(std::move(none));
    }
    t_.change(state.name, "degraded", "a field that is not there answers no, where the execution failed");
    block.item = std::move(item);
    return output;
  }

  void wait(const State& state, Item& item, const Around& around) {
    item.kind = Kind::wait;
    if (const auto seconds = whole_number(state.said, "Seconds")) {
      if (*seconds > 0) item.pause = *duration(*seconds).get<Quantity>();
      return;
    }
    const std::string* path = text(state.said, "TimestampPath");
    const Data until = path == nullptr ? nullptr : resolved(*path, state.input, around);
    if (until == nullptr || until->kind != Datum::Kind::place) lacks(state.name, "waits for a time that no flow can name");
    item.until = workflow::Path{until->path, {}};
    t_.use(*item.until);
  }

  static void fail(const State& state, Item& item, const Around& around) {
    item.kind = Kind::fail;
    if (const std::string* path = text(state.said, "ErrorPath")) {
      const Data error = resolved(*path, state.input, around);
      if (error->kind != Datum::Kind::place || error->path != std::vector<std::string>{"error", "Error"})
        lacks(state.name, "fails with an error that only the execution knows");
      item.again = true;
      return;
    }
    const std::string* error = text(state.said, "Error");
    const std::string* cause = text(state.said, "Cause");
    item.error = error == nullptr || error->empty() ? "Failed" : *error;
    if (cause != nullptr) item.cause = *cause;
  }

  Data parallel(const State& state, const Data& input, Item& item, const Around& around) {
    item.kind = Kind::parallel;
    const cloud::Value* shape = state.said.find("Parameters");
    const Data given = shape == nullptr ? input : payload(*shape, input, around);
    std::vector<Data> results;
    for (const cloud::Value& branch : items(state.said, "Branches")) {
      const auto* machine = branch.get<Object>();
      if (machine == nullptr) lacks(state.name, "has a branch without states");
      Scope made = scope(*machine, given, around);
      item.strands.push_back(std::move(made.flow));
      results.push_back(std::move(made.gives));
    }
    if (item.strands.empty()) lacks(state.name, "has no branches");
    if (item.strands.size() == 1 && workflow::has_succeed(item.strands.front()))
      lacks(state.name, "has one branch alone, which ends before its end");
    return list(std::move(results));
  }

  /// An iteration knows its item and the input of the execution, and nothing else.
  static Data from_outside(const Data& data) {
    const std::string why = "an iteration knows its item and what the execution was started with";
    switch (data->kind) {
      case Datum::Kind::place: return data->path.front() == "input" ? data : unknown(why);
      case Datum::Kind::object: {
        std::vector<std::pair<std::string, Data>> members;
        for (const auto& [name, one] : data->members) members.emplace_back(name, from_outside(one));
        return object(std::move(members), data->base == nullptr ? nullptr : from_outside(data->base));
      }
      case Datum::Kind::list: return unknown(why);
      case Datum::Kind::constant:
      case Datum::Kind::unknown: return data;
    }
    return data;
  }

  Data each(const State& state, const Data& input, Item& item, const Around& around) {
    item.kind = Kind::each;
    for (const std::string_view word : {"ItemReader", "ItemBatcher", "ResultWriter"}) {
      if (state.said.find(word) != nullptr)
        lacks(state.name, fmt::format("goes over more than one execution holds (`{}`)", word));
    }
    const cloud::Value* said = state.said.find("ItemProcessor");
    if (said == nullptr) said = state.said.find("Iterator");
    const auto* machine = said == nullptr ? nullptr : said->get<Object>();
    if (machine == nullptr) lacks(state.name, "has no states for its items");
    const cloud::Value* config = machine->find("ProcessorConfig");
    const auto* settings_said = config == nullptr ? nullptr : config->get<Object>();
    const std::string* mode = settings_said == nullptr ? nullptr : text(*settings_said, "Mode");
    if (mode != nullptr && *mode != "INLINE") lacks(state.name, "goes over its items in executions of their own");
    const std::string* path = text(state.said, "ItemsPath");
    const Data items = path == nullptr ? input : resolved(*path, input, around);
    if (items->kind != Datum::Kind::place)
      lacks(state.name, fmt::format("goes over a list that no flow can name: {}", in_words(items)));
    item.items = workflow::Path{items->path, {}};
    t_.use(item.items);
    if (!items->why.empty()) t_.change(state.name, "code", fmt::format("an item is another thing: {}", items->why));
    if (const auto most = whole_number(state.said, "MaxConcurrency"); most && *most > 0) item.at_once = *most;
    const Data one = place({"item"});
    const Around inside{around.input, one};
    const cloud::Value* shape = state.said.find("ItemSelector");
    if (shape == nullptr) shape = state.said.find("Parameters");
    Scope made = scope(*machine, shape == nullptr ? one : payload(*shape, from_outside(input), inside), inside);
    item.body = std::move(made.flow);
    const cloud::Value* where = state.said.find("ResultPath");
    if (where == nullptr || where->get<cloud::Null>() == nullptr) item.into = state.step;
    return place({state.step}, "an entry holds `item` and what each step gave, where it was what the last state gave");
  }

  // ---- when all is read

  /// Neither of two steps that were one gives what somebody asks that one for.
  void check_copies() const {
    for (const std::string& step : copied_) {
      if (t_.used.contains(step))
        throw Lacks{
            fmt::format("ways that do not come together lead to the step `{}`, and others ask for what it gave", step)};
    }
  }

  /// A step that stands twice is two steps of the flow.
  void copy_steps(const workflow::Structured& made) {
    for (const auto& [step, copy] : made.copies) {
      copied_.insert(step);
      auto& edges = told().edges;
      const auto found = std::find_if(edges.begin(), edges.end(),
                                      [&, wanted = step](const cloud::ToldEdge& e) { return e.argument == wanted; });
      cloud::ToldEdge other = *found;
      other.argument = copy;
      if (!t_.names.insert(copy).second) throw Lacks{fmt::format("two steps would be called `{}`", copy)};
      edges.push_back(std::move(other));
    }
  }

  Telling t_;
  std::set<std::string> copied_;
};

}  // namespace

std::optional<cloud::Told> tell(const cloud::Resource& resource, const cloud::NamedText& files) {
  const std::optional<Definition> definition = definition_of(resource, files);
  if (!definition) return std::nullopt;
  if (definition->said) return Teller().run(*definition->said);
  cloud::Told nothing;
  nothing.lacks = definition->lacks;
  nothing.missing = definition->missing;
  return nothing;
}

}  // namespace virga::aws::states
