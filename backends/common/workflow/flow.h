// The order of a workflow's steps, as the program says it: `flow = ["reserve", { if = … then = […] }, …]`, read once into a
// tree that knows no cloud. machine.h makes states of it; what each cloud calls a state stands with that cloud.
#pragma once

#include "compiler/architecture/architecture.h"
#include "compiler/diagnostics/sink.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace virga::workflow {

/// A place in the document of an execution: `pay.amount`.
struct Path {
  std::vector<std::string> parts;
  Span span;
};
[[nodiscard]] std::string to_text(const Path& path);

/// A question to the document. A field that is not there answers every question but `exists = false` and `not` with no.
struct Condition {
  enum class Op : std::uint8_t { equals, prefix, above, at_least, below, at_most, exists, all, any, inverse };
  Op op = Op::all;
  Path path;  ///< of the first seven
  Value constant;  ///< text, number or flag
  std::vector<Condition> parts;  ///< of the last three
};

struct Item;
using Sequence = std::vector<Item>;

struct Branch {
  Condition when;
  Sequence body;
};

/// What is done when something in a `try` failed. What `{ do = ["pay"]  undo = ["refund"] }` says of the rest of its list is
/// read as a `try` of that rest, whose handler undoes and fails again.
struct Handler {
  std::vector<std::string> errors;  ///< names; none: every error
  Sequence body;
};

/// A name and what stands under it from then on: a constant, or what stands elsewhere.
struct Setting {
  std::string name;
  std::optional<Path> from;
  Value constant;
};

struct Item {
  enum class Kind : std::uint8_t { step, choose, parallel, each, wait, attempt, succeed, fail, set };
  Kind kind = Kind::step;
  std::string name;  ///< of its state: the step's name, or `Choose 1`
  Span span;
  const Edge* step = nullptr;
  bool result = false;  ///< step: it waits for a result, which stands under its name afterwards
  /// step: what its target gets: fields, or all that stands at a place; neither: the whole document.
  std::optional<std::vector<Setting>> sent;
  std::optional<Path> sent_whole;
  std::vector<Branch> branches;  ///< choose
  Sequence otherwise;  ///< choose
  std::vector<Sequence> strands;  ///< parallel
  Sequence body;  ///< each, attempt
  Path items;  ///< each
  std::optional<std::int64_t> at_once;  ///< each; none: as many as the cloud lets
  std::string into;  ///< each: under which name the results stand; empty: nowhere
  std::optional<Quantity> pause;  ///< wait
  std::optional<Path> until;  ///< wait
  std::vector<Handler> handlers;  ///< attempt
  std::string error, cause;  ///< fail
  bool again = false;  ///< fail: with the error that a `catch` around it took
  std::vector<Setting> settings;  ///< set
};

/// Whether a step waits for a result: a call of what answers, or a callback.
[[nodiscard]] bool has_result(const Architecture& architecture, const Edge& step, std::string_view cloud);
/// Names under which a sequence leaves something in the document, in the order in which they come; what an iteration leaves
/// stays within it.
[[nodiscard]] std::vector<std::string> names_left_by(const Sequence& sequence);

/// Reads the attribute `flow` of a node as one cloud is told it, and checks it against the node's steps. Nothing after an
/// error.
[[nodiscard]] std::optional<Sequence> read_flow(const Architecture& architecture, const Node& node, std::string_view cloud,
                                                diag::Sink& sink);

// ---- the parts of read_flow

/// `{ pay = { status = "paid" } }` (condition.cpp).
[[nodiscard]] std::optional<Condition> read_condition(const Value& value, diag::Sink& sink);
/// `"pay.amount"`
[[nodiscard]] std::optional<Path> read_path(const Value& value, diag::Sink& sink);
/// A name that may stand in a document: letters, digits and underscores.
[[nodiscard]] bool is_name(std::string_view text);
/// That steps are there, reached and used once, that paths lead somewhere and that nothing follows an end (check.cpp).
void check_flow(const Architecture& architecture, const Node& node, const Sequence& flow, std::string_view cloud,
                diag::Sink& sink);

}  // namespace virga::workflow
