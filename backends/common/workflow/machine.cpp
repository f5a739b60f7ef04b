#include "backends/common/workflow/machine.h"

#include <algorithm>
#include <map>

namespace virga::workflow {
namespace {

using Kind = Item::Kind;
using Next = std::optional<std::string>;

/// One scope: the flow itself, a branch of `parallel`, or an iteration of `each`. Each ends for itself, and what fails in it
/// leaves it as a whole.
class Scope {
 public:
  Scope(std::vector<std::string> names, std::string end) : end_(std::move(end)) { made_.names = std::move(names); }

  Machine whole(const Sequence& flow) {
    made_.start = "Begin";
    State& begin = add(State::Kind::begin, made_.start);
    begin.next = entry(flow, 0, std::nullopt);
    write(flow, std::nullopt, {});
    return finish();
  }

  Machine strand(const Sequence& flow) {
    made_.start = *entry(flow, 0, std::nullopt);
    write(flow, std::nullopt, {});
    return finish();
  }

  /// With `collect`, every way through the iteration ends in that state. The first state makes the document.
  Machine iteration(const Sequence& flow, const std::string& begin, const std::string& collect) {
    made_.start = begin;
    if (!collect.empty()) collect_ = collect;
    add(State::Kind::begin, begin).next = entry(flow, 0, collect_);
    write(flow, collect_, {});
    if (collect_) add(State::Kind::collect, *collect_);
    return finish();
  }

 private:
  State& add(State::Kind kind, std::string name, const Item* item = nullptr) {
    State& state = made_.states.emplace_back();
    state.kind = kind;
    state.name = std::move(name);
    state.item = item;
    return state;
  }

  Machine finish() {
    if (needs_end_) add(State::Kind::succeed, end_);
    return std::move(made_);
  }

  /// The state with which the sequence goes on at `i`; what comes after the sequence when nothing is left.
  Next entry(const Sequence& sequence, std::size_t i, const Next& after) {
    if (i == sequence.size()) return after;
    const Item& item = sequence[i];
    if (const auto straight = straight_.find(&item); straight != straight_.end()) return straight->second;
    if (item.kind == Kind::attempt) return entry(item.body, 0, entry(sequence, i + 1, after));
    if (item.kind == Kind::succeed && collect_) return collect_;
    return item.name;
  }

  /// A branch has to lead somewhere, also where nothing is left to do.
  std::string target(const Next& next) {
    if (next) return *next;
    needs_end_ = true;
    return end_;
  }

  void write(const Sequence& sequence, const Next& after, const std::vector<Catcher>& catchers) {
    for (std::size_t i = 0; i < sequence.size(); ++i) write(sequence[i], entry(sequence, i + 1, after), catchers);
  }

  void write(const Item& item, const Next& next, const std::vector<Catcher>& catchers) {
    switch (item.kind) {
      case Kind::step: return go_on(State::Kind::step, item, next, catchers);
      case Kind::wait: return go_on(State::Kind::wait, item, next, {});
      case Kind::set: {
        go_on(State::Kind::set, item, next, {});
        made_.states.back().settings = item.settings;
        return;
      }
      case Kind::choose: return choose(item, next, catchers);
      case Kind::parallel: {
        std::vector<Machine> strands;
        for (std::size_t i = 0; i < item.strands.size(); ++i) {
          const std::string end = "Done of " + item.name + " branch " + std::to_string(i + 1);
          strands.push_back(Scope(made_.names, end).strand(item.strands[i]));
        }
        go_on(State::Kind::parallel, item, next, catchers);
        made_.states.back().inner = std::move(strands);
        return;
      }
      case Kind::each: {
        std::vector<std::string> names = {"input", "item"};
        for (std::string& name : names_left_by(item.body)) names.push_back(std::move(name));
        Machine body =
            Scope(std::move(names), "Done of " + item.name)
                .iteration(item.body, "Begin of " + item.name, item.into.empty() ? "" : "Collect of " + item.name);
        go_on(State::Kind::each, item, next, catchers);
        made_.states.back().inner.push_back(std::move(body));
        return;
      }
      case Kind::attempt: return attempt(item, next, catchers);
      case Kind::succeed:
        if (!collect_) add(State::Kind::succeed, item.name, &item);
        return;
      case Kind::fail: return fail(item, catchers);
    }
  }

  void go_on(State::Kind kind, const Item& item, const Next& next, const std::vector<Catcher>& catchers) {
    State& state = add(kind, item.name, &item);
    state.next = next;
    state.catchers = catchers;
  }

  void choose(const Item& item, const Next& next, const std::vector<Catcher>& catchers) {
    State made;
    made.kind = State::Kind::choose;
    made.name = item.name;
    made.item = &item;
    for (const Branch& branch : item.branches) {
      made.questions.push_back(branch.when);
      made.targets.push_back(target(entry(branch.body, 0, next)));
    }
    made.otherwise = target(entry(item.otherwise, 0, next));
    made_.states.push_back(std::move(made));
    for (const Branch& branch : item.branches) write(branch.body, next, catchers);
    write(item.otherwise, next, catchers);
  }

  void attempt(const Item& item, const Next& next, const std::vector<Catcher>& outer) {
    std::vector<Catcher> catchers;
    // A handler that ends by failing again leads straight to the one that takes every error.
    for (const Handler& handler : item.handlers) {
      if (!handler.body.empty() && handler.body.back().again && !outer.empty() && outer.front().errors.empty())
        straight_.emplace(&handler.body.back(), outer.front().next);
    }
    for (const Handler& handler : item.handlers) catchers.push_back({handler.errors, target(entry(handler.body, 0, next))});
    // Nothing comes to what stands behind a handler of every error.
    if (catchers.back().errors.empty() == false) catchers.insert(catchers.end(), outer.begin(), outer.end());
    write(item.body, next, catchers);
    for (const Handler& handler : item.handlers) write(handler.body, next, outer);
  }

  /// An engine's own failing state ends the scope, whatever stands around it; a `catch` of the program takes it all the
  /// same, so the state leads there instead.
  void fail(const Item& item, const std::vector<Catcher>& catchers) {
    if (item.again) return fail_again(item, catchers);
    const auto taken = std::find_if(catchers.begin(), catchers.end(), [&](const Catcher& catcher) {
      return catcher.errors.empty() ||
             std::find(catcher.errors.begin(), catcher.errors.end(), item.error) != catcher.errors.end();
    });
    if (taken == catchers.end()) {
      add(State::Kind::fail, item.name, &item);
      return;
    }
    State& state = add(State::Kind::set, item.name, &item);
    state.next = taken->next;
    Map error;
    error.entries.push_back({"Error", Value{item.error, {}, {}}, {}});
    error.entries.push_back({"Cause", Value{item.cause, {}, {}}, {}});
    state.settings.push_back({"error", std::nullopt, Value{std::move(error), {}, {}}});
  }

  /// Which error it is, only the execution knows: a choice looks for the `catch` that names it.
  void fail_again(const Item& item, const std::vector<Catcher>& catchers) {
    if (straight_.contains(&item)) return;
    const auto all = std::find_if(catchers.begin(), catchers.end(), [](const Catcher& c) { return c.errors.empty(); });
    if (catchers.empty()) {
      add(State::Kind::fail, item.name, &item);
      return;
    }
    State made;
    made.kind = State::Kind::choose;
    made.name = item.name;
    for (auto catcher = catchers.begin(); catcher != all; ++catcher) {
      Condition named{Condition::Op::any, {}, {}, {}};
      for (const std::string& error : catcher->errors)
        named.parts.push_back({Condition::Op::equals, Path{{"error", "Error"}, {}}, Value{error, {}, {}}, {}});
      made.questions.push_back(named.parts.size() == 1 ? named.parts.front() : named);
      made.targets.push_back(catcher->next);
    }
    if (all != catchers.end()) {
      made.otherwise = all->next;
      if (made.questions.empty()) {
        // A state that leads on and does nothing: there is nothing to choose.
        State& state = add(State::Kind::set, item.name, &item);
        state.next = all->next;
        return;
      }
      made_.states.push_back(std::move(made));
      return;
    }
    made.otherwise = item.name + " for good";
    const std::string last = made.otherwise;
    made_.states.push_back(std::move(made));
    add(State::Kind::fail, last, &item);
  }

  std::string end_;
  Next collect_;
  std::map<const Item*, std::string> straight_;  ///< a `fail` without a state of its own → where it leads
  bool needs_end_ = false;
  Machine made_;
};

void names_of(const Machine& machine, std::vector<std::string>& out) {
  for (const State& state : machine.states) {
    if (state.kind == State::Kind::step && state.item->result) out.push_back(state.name);
    for (const Setting& setting : state.settings) out.push_back(setting.name);
    if (!state.catchers.empty()) out.emplace_back("error");
    if (state.kind == State::Kind::each) out.push_back(state.item->into);
    if (state.kind != State::Kind::parallel) continue;
    for (const Machine& inner : state.inner) names_of(inner, out);
  }
}

}  // namespace

Machine make_machine(const Sequence& flow) {
  std::vector<std::string> names = {"input"};
  for (std::string& name : names_left_by(flow)) names.push_back(std::move(name));
  return Scope(std::move(names), "Done").whole(flow);
}

std::optional<std::size_t> branch_that_left(const State& parallel, std::string_view name) {
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < parallel.inner.size(); ++i) {
    std::vector<std::string> names;
    names_of(parallel.inner[i], names);
    if (std::find(names.begin(), names.end(), name) != names.end()) last = i;
  }
  return last;
}

}  // namespace virga::workflow
