// The same order as states that lead to each other, which is how every cloud's engine wants it:
//
//     ["reserve", { if = … then = ["pay"] }]   →   reserve → Choose 1 → pay | the end
//
// The document of an execution has the same names from its first state to its last: `input`, and one for each result, `set`
// and `into`; before something stands there, it is an empty object. So no state ever refers to what is not there, and each
// can be told what to pass on by listing the names.
#pragma once

#include "backends/common/workflow/flow.h"

namespace virga::workflow {

struct Catcher {
  std::vector<std::string> errors;  ///< none: every error
  std::string next;
};

struct Machine;

struct State {
  enum class Kind : std::uint8_t {
    begin,  ///< makes the document
    step,
    choose,
    parallel,
    each,
    wait,
    set,  ///< also what a `fail` becomes that a `catch` around it takes
    collect,  ///< what an iteration leaves: its item and its results
    succeed,
    fail,
  };
  Kind kind = Kind::step;
  std::string name;
  const Item* item = nullptr;  ///< none for begin, collect, the end of a scope and the choice of who takes an error
  std::optional<std::string> next;  ///< none: the scope ends here
  std::vector<Catcher> catchers;  ///< step, parallel, each
  std::vector<Condition> questions;  ///< choose: of its branches
  std::vector<std::string> targets;  ///< choose: of its branches
  std::string otherwise;  ///< choose
  std::vector<Machine> inner;  ///< parallel: the branches; each: the iteration
  std::vector<Setting> settings;  ///< set
};

struct Machine {
  std::string start;
  std::vector<State> states;
  std::vector<std::string> names;  ///< of the document, `input` first (and `item` in an iteration)
};

/// The whole flow; its first state makes the document. Refers to the items of `flow`.
[[nodiscard]] Machine make_machine(const Sequence& flow);

/// For each name of a document after `parallel`: which branch left it there; none: it was there before.
[[nodiscard]] std::optional<std::size_t> branch_that_left(const State& parallel, std::string_view name);

}  // namespace virga::workflow
