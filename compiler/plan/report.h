// A whole plan: the program's own difference and what happens to each stack, ready to be shown. The renderers know nothing
// else.
#pragma once

#include "compiler/plan/meaning.h"
#include "compiler/plan/plan.h"
#include "compiler/plan/policy.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace virga::plan {

/// The node, or the two ends of the edge, that a unit was made for.
struct Owner {
  std::string name;  ///< as the program calls it; empty for what belongs to the whole app
  std::string kind;
  std::string place;  ///< `shop.virga:4`; empty when it is gone
  std::string identity;  ///< of the node; see Node::identity
  friend auto operator<=>(const Owner&, const Owner&) = default;
};

/// What somebody's code may do afterwards and could not before, or the other way.
struct Permission {
  std::string who;
  bool wider = true;
  std::vector<std::string> actions;
  std::string on;
};

/// What a month costs at the least and at the most, before and after.
struct CostChange {
  std::string currency;
  double before_least = 0, before_most = 0, after_least = 0, after_most = 0;
};

/// What whoever deploys says by a variable of the shell.
struct Variable {
  std::string name;
  std::string what;  ///< for people
  std::string common;  ///< the variable that stands in for it where several regions may share one value; empty: none
  friend auto operator<=>(const Variable&, const Variable&) = default;
};

/// A limit that the change comes close to, or closer, or goes beyond.
struct Close {
  std::string what;  ///< "resources in the template"
  std::string before, after, most;  ///< as they read; `before` is empty when nothing of it stood
  double share_before = 0, share = 0;  ///< of the most
  std::string source;  ///< of the limit
};

struct StackReport {
  std::string target, title, region;  ///< region: the engine's own name; empty when the template fits every one
  std::string name;  ///< of the stack
  std::string part = {};  ///< which of the app's stacks, when it is parted into several
  std::vector<std::string> moves = {};  ///< what comes from another stack of the app, or goes to one, as sentences
  bool first = false;  ///< nothing of it stands
  bool gone = false;  ///< nothing of it is wanted
  StackPlan plan;
  std::vector<Owner> owners;  ///< for each change of the plan
  std::vector<Permission> permissions;
  std::vector<CostChange> costs;
  std::vector<Close> close;
  std::vector<std::string> notes;  ///< of the engine
  std::vector<std::string> archives;  ///< packed code that it did not have before: `code/worker-1a2b3c4d5e6f.zip`
  std::vector<std::string> upload;  ///< commands that put them where the engine reads them; none where `commands` do that
  std::vector<std::string> commands;
  std::vector<Variable> variables;  ///< that the commands ask for
  Policy policy;  ///< that whoever runs these needs
};

struct Report {
  std::string app, stage;
  std::string standing;  ///< what it is compared with, for people: "main (1a2b3c4d5e6f)"; empty: nothing stands
  std::optional<Meaning> meaning;  ///< when there is a program to compare with
  std::string picture;  ///< of the meaning, in Mermaid's words
  const Architecture* before = nullptr;  ///< when there is a program to compare with
  const Architecture* after = nullptr;
  std::set<std::string> stand;  ///< identities of nodes of which something stands, as far as the stacks tell
  std::vector<StackReport> stacks;
  std::vector<std::string> needs;  ///< other apps, whose outputs it uses
  std::vector<std::string> make;  ///< the commands that make the templates and pack the code
  [[nodiscard]] bool changes() const;
  /// Losses that nobody accepts.
  [[nodiscard]] std::size_t blocked() const;
  /// What an engine will refuse.
  [[nodiscard]] std::size_t refused() const;
};

/// Marks losses as accepted: mark → why. Returns marks that stand for nothing here.
std::vector<std::string> accept_losses(Report& report, const std::map<std::string, std::string>& accepted);

struct TextOptions {
  bool all = false;  ///< the properties of what is created too
  bool stacks_alone = false;  ///< the program's own difference is told elsewhere
  /// Where a place of the later program is, for people.
  std::function<std::string(Span)> place;
  bool order = true;  ///< also the steps, where all is shown
};
[[nodiscard]] std::string render_text(const Report& report, const TextOptions& options);
/// For drift: what is said and what stands.
[[nodiscard]] std::string render_drift(const Report& report, const TextOptions& options);
/// For a comment on a change: quiet when nothing changes, details folded.
[[nodiscard]] std::string render_markdown(const Report& report, const TextOptions& options);
/// docs/schema/plan.schema.json
[[nodiscard]] std::string render_json(const Report& report, const TextOptions& options);

/// What whoever deploys the stack needs, into it; `format` names the engine.
void add_policy(StackReport& stack, std::span<const cloud::Unit> standing, std::span<const cloud::Unit> wanted,
                std::string_view format, const catalog::Catalog& catalog);
/// The policies of all stacks as files of a folder: name → bytes.
[[nodiscard]] std::map<std::string, std::string> policy_files(const Report& report);
/// `12 statements in 2 policies`; empty where there is none.
[[nodiscard]] std::string summary(const Policy& policy);
/// Before and after in one picture. Without a program to compare with: the program, and what the stacks say of its nodes.
/// `id`: what its own ids begin with.
[[nodiscard]] std::string render_svg(const Report& report, const std::string& id = "virga");
/// A page that needs nothing else: dangers first, the picture, everything else folded.
[[nodiscard]] std::string render_html(const Report& report, const TextOptions& options);

/// `resources in the template: 478 of 500 (was 390)`
[[nodiscard]] std::string sentence(const Close& close);
/// `cloud.format in eu-central-1, stack shop-prod-2`
[[nodiscard]] std::string title_of(const StackReport& stack);
/// `206.88`, or `100.01 to 206.88`.
[[nodiscard]] std::string money_text(double least, double most);
/// What is said of a change beside its unit's type: ", and what stood stays, managed by nobody".
[[nodiscard]] std::string remarks(const UnitChange& change);

/// What is done to one node, an edge, or what belongs to the whole app.
struct OwnedChanges {
  Owner owner;
  std::vector<std::size_t> changes;  ///< places in the plan
};
/// In the order in which the first of each comes.
[[nodiscard]] std::vector<OwnedChanges> by_owner(const StackReport& stack);

/// `2 to create, 1 to replace; 14 stay as they are`
[[nodiscard]] std::string summary(const StackPlan& plan);
/// The lines of one change, without indentation: `FifoQueue: false → true`, and the items of lists that differ.
[[nodiscard]] std::vector<std::string> lines(const Change& change);
/// The program's own difference at nodes that own no resource that changes, which therefore stand nowhere else: "`nightly`:
/// cron: … → …". `owning`: the identities of the others.
[[nodiscard]] std::vector<std::string> node_lines(const Meaning& meaning, const std::set<std::string>& owning,
                                                  const TextOptions& options);
/// The program's own difference along its edges: "`orders ~> billing` is new".
[[nodiscard]] std::vector<std::string> edge_lines(const Meaning& meaning, const TextOptions& options);
/// What an effect means, as a sentence.
[[nodiscard]] std::string sentence(const Effect& effect);

}  // namespace virga::plan
