// What the parts of `build` share: modules, scopes and instances. Internal to this folder.
#pragma once

#include "compiler/architecture/build.h"
#include "compiler/diagnostics/codes.h"

#include <deque>
#include <functional>
#include <map>
#include <set>

namespace virga::architecture {

struct Instance;
struct Module;

/// A name that stands for a value, a node or a pattern's use. Lets and attributes are evaluated when first asked for,
/// so the order of the text never matters.
struct Binding {
  enum class Tag : std::uint8_t { let, param, value, node, app, broken };
  Tag tag = Tag::broken;
  const syntax::Expr* expression = nullptr;  ///< let: what it stands for
  struct Scope* scope = nullptr;  ///< let: where its names are looked up
  std::optional<Type> type;  ///< let that is a pattern's attribute: its declared type
  bool busy = false;  ///< let: being evaluated now, so meeting it again is a cycle
  bool used = false;  ///< let: somebody asked for it
  std::optional<std::optional<Value>> cached;  ///< let: the result, which may be an error already reported
  std::optional<Value> value;  ///< value; param: what a stage gave it
  ParamId param{};
  Instance* instance = nullptr;  ///< node
  const Architecture* app = nullptr;  ///< another app
  const AttributeSpec* bounds = nullptr;  ///< let that is a pattern's attribute: what it must keep to
  bool absent = false;  ///< value: an optional attribute of a pattern that was not given
  Span span;  ///< where the name was declared
};

/// Names of one block. Lookup goes outwards; a kind's body sees its module, never the place of its use.
struct Scope {
  Scope* parent = nullptr;
  Module* module = nullptr;  ///< whose kinds and types are visible
  std::map<std::string, Binding, std::less<>> names;
};

struct TypeAlias {
  const syntax::TypeDecl* declaration = nullptr;
  std::optional<Type> type;
  bool busy = false;
  bool wrong = false;  ///< and that was said
};

/// A namespace of kinds, types and lets: the core, the app, or what a `use` names.
struct Module {
  std::string name;
  Module* core = nullptr;  ///< visible everywhere; null in the core itself
  Scope scope;
  std::map<std::string, Kind*, std::less<>> kinds;
  std::map<std::string, TypeAlias, std::less<>> types;
  std::map<std::string, Module*, std::less<>> used;  ///< by the name under which it is used here
  std::vector<std::string> missing;  ///< names of modules that are used here and are not there
};

/// Statements of one body together with the scope in which they stand, `for` and `if` already expanded.
struct Placed {
  const syntax::Statement* statement;
  Scope* scope;
};

/// A value given to an attribute, not yet evaluated.
struct Given {
  const syntax::Expr* expression;
  Scope* scope;
  Origin origin;
  Span name_span;
};
using GivenMap = std::map<std::string, Given, std::less<>>;

/// One node of the program, primitive or made by a kind with a body.
struct Instance {
  const syntax::NodeDecl* declaration = nullptr;
  const Kind* kind = nullptr;  ///< null for a raw resource
  Scope* scope = nullptr;  ///< where the declaration stands
  std::string name;  ///< with the names of its patterns: `console.handler`
  std::vector<Placed> body;
  std::optional<NodeId> node;  ///< primitive and raw
  std::vector<Span> expanded_from;
  std::vector<std::string> group;

  // Of a kind with a body:
  Scope* inner = nullptr;
  std::vector<Placed> inner_body;
  std::map<std::string, Instance*, std::less<>> children;
};

/// One edge of the text, with the instance in whose body it stands.
struct PendingEdge {
  const syntax::EdgeDecl* declaration;
  Scope* scope;
  Instance* within;  ///< null at top level and in a kind's body
};

/// An overlay of a stage, waiting for the instance it names.
struct PendingOverlay {
  const syntax::Overlay* declaration;
  std::string path;
  bool used = false;
};

/// A `require`, with the instance in whose kind it stands.
struct PendingRule {
  const syntax::RequireDecl* declaration;
  Scope* scope;
  Instance* within;  ///< null at top level and in a module: the rule is about everything
};

class Builder {
 public:
  Builder(const Program& program, const Options& options, diag::Sink& sink);
  [[nodiscard]] Architecture run();

 private:
  // declare.cpp: modules, kinds, types
  void declare_modules();
  void declare_unit(Module& module, const Unit& unit);
  void declare_uses(Module& module, const Unit& unit);
  void declare_kind_shell(Module& module, const syntax::KindDecl& declaration);
  void declare_kind_contents(Module& module, const syntax::KindDecl& declaration);
  void declare_raw(Kind& kind);
  void declare_vendor_attributes(Module& module, const syntax::KindDecl& declaration);
  [[nodiscard]] AttributeSpec declare_attribute(Module& module, const syntax::AttributeDecl& declaration);
  // alternatives.cpp: attributes of which one is given, or not both
  [[nodiscard]] std::vector<syntax::Name> names_in(const syntax::Expr& e);
  void check_alternatives_declared(const Kind& kind);
  void check_alternatives(const Instance& instance, const GivenMap& given,
                          const std::map<std::string, GivenMap, std::less<>>& on);

  [[nodiscard]] std::optional<Type> resolve_range(Module& module, const syntax::TypeExpr& e);
  [[nodiscard]] std::optional<Type> resolve_type(Module& module, const syntax::TypeExpr& expression);
  [[nodiscard]] Kind* find_kind(Module& module, const std::vector<syntax::Name>& path);
  [[nodiscard]] std::vector<std::string> visible_kinds(const Module& module) const;

  // app.cpp: the app itself, params, stages, outputs
  void collect_top_level();
  void declare_param(const syntax::ParamDecl& declaration);
  void read_app(const syntax::AppDecl& declaration);
  void app_attribute(const syntax::Attribute& attribute, Scope& scope, const std::string& cloud);
  [[nodiscard]] Values each_once(const Values& regions);
  void read_targets(const syntax::Expr& expression, Scope& scope);
  void read_outputs();
  void apply_moves();
  void apply_stage_params();
  /// How a parameter or an output stands in the template of a cloud.
  void read_place(const syntax::OnBlock& block, Scope& scope, std::string_view what,
                  std::map<std::string, Attributes, std::less<>>& on);
  void report_unused_overlays();

  // imports.cpp: other apps
  void bind_import(Module& module, const syntax::UseDecl& use, const std::string& alias, const ImportedApp& app);
  void check_import_regions();
  [[nodiscard]] std::optional<Value> output_of_app(const Architecture& app, const syntax::Name& output, Span span);

  // expand.cpp: statements → instances
  void flatten(const syntax::Statements& statements, Scope& scope, std::vector<Placed>& out);
  void declare_level(const std::vector<Placed>& body, Instance* owner, Scope& level);
  void declare_node(const Placed& placed, Instance* owner, Scope& level);
  void expand_pattern(Instance& instance);
  [[nodiscard]] bool bind(Scope& scope, const syntax::Name& name, Binding binding);
  void check_name_style(const syntax::Name& name);
  void misplaced(const syntax::Statement& statement, std::string_view where);
  void unknown_cloud(const syntax::Name& cloud);
  /// The regular expression, empty when it is none.
  [[nodiscard]] std::string read_pattern(const Value& value, Span span);

  // nodes.cpp: attributes
  void evaluate_nodes();
  void evaluate_node(Instance& instance);
  void collect_given(const std::vector<Placed>& body, GivenMap& all, std::map<std::string, GivenMap, std::less<>>& on);
  void collect_overlays(const std::string& name, GivenMap& all, std::map<std::string, GivenMap, std::less<>>& on);
  [[nodiscard]] Attributes evaluate_attributes(const std::vector<AttributeSpec>& specs, const std::string& cloud,
                                               const GivenMap& given, const GivenMap* given_here, Span owner,
                                               std::string_view what, bool report_missing);
  void report_unknown_attributes(const std::vector<AttributeSpec>& specs, const std::string& cloud, const GivenMap& given,
                                 std::string_view what);

  // edges.cpp
  void build_edges();
  void build_edge(const PendingEdge& pending);
  struct End {
    Instance* instance = nullptr;
    std::string port;
    Span span;
  };
  [[nodiscard]] std::optional<End> resolve_endpoint(const syntax::Endpoint& endpoint, Scope& scope, syntax::PortSide side);
  [[nodiscard]] std::optional<End> resolve_inside(Instance& instance, std::span<const syntax::Name> rest,
                                                  syntax::PortSide side, Span span);
  [[nodiscard]] const PortSpec* check_port(const End& end, syntax::PortSide side, const syntax::EdgeDecl& declaration);

  // evaluate*.cpp: expressions → values. Nothing means: an error was reported, here or earlier.
  [[nodiscard]] std::optional<Value> evaluate(const syntax::Expr& e, Scope& scope, const Type& type,
                                              const AttributeSpec* spec = nullptr);
  [[nodiscard]] std::optional<Value> raw(const syntax::Expr& e, Scope& scope, const Type* hint);
  [[nodiscard]] std::optional<Value> raw_number(const syntax::NumberExpr& n, Span span);
  /// The items are of type `item` where it is known; `spec` holds for each of them.
  [[nodiscard]] std::optional<Value> raw_list(const syntax::ListExpr& l, Span span, Scope& scope, const Type* item,
                                              const AttributeSpec* spec);
  [[nodiscard]] std::optional<Value> raw_map(const syntax::MapExpr& m, Span span, Scope& scope, const Type* item,
                                             const AttributeSpec* spec);
  [[nodiscard]] std::optional<Value> raw_string(const syntax::StringExpr& s, Span span, Scope& scope);
  [[nodiscard]] std::optional<Value> raw_name(const std::string& name, Span span, Scope& scope, const Type* hint);
  /// `engine.region`: what the engine knows by itself.
  [[nodiscard]] std::optional<Value> engine_value(const syntax::Name& name);
  [[nodiscard]] std::optional<Value> raw_member(const syntax::MemberExpr& m, Span span, Scope& scope);
  [[nodiscard]] std::optional<Value> raw_index(const syntax::IndexExpr& x, Span span, Scope& scope);
  [[nodiscard]] std::optional<Value> raw_call(const syntax::CallExpr& c, Span span, Scope& scope);
  [[nodiscard]] std::optional<Value> raw_if(const syntax::IfExpr& i, Span span, Scope& scope, const Type* hint);
  [[nodiscard]] std::optional<Value> raw_for(const syntax::ForExpr& f, Span span, Scope& scope, const Type* hint);
  [[nodiscard]] std::optional<Value> raw_chain(const syntax::ChainExpr& c, Span span, Scope& scope);
  [[nodiscard]] std::optional<Value> raw_unary(const syntax::UnaryExpr& u, Span span, Scope& scope);
  [[nodiscard]] std::optional<Value> from_binding(Binding& binding, const std::string& name, Span span, const Type* hint);
  /// `let a = b` where `b` is a name of the program, not a member of what is wanted: what `b` is does not depend on that.
  [[nodiscard]] bool stands_for_another(const Binding& binding, const Type& hint);
  [[nodiscard]] std::optional<bool> compile_time_bool(const syntax::Expr& e, Scope& scope, std::string_view what);
  /// What nobody uses is held to the same as what somebody does.
  void evaluate_unused_lets();
  [[nodiscard]] Binding* lookup(Scope& scope, std::string_view name);
  [[nodiscard]] std::vector<std::string> visible_names(const Scope& scope) const;
  [[nodiscard]] std::optional<Value> output_of(Instance& instance, const syntax::Name& output);
  /// Whether anything refers to a round's scope when the round is over: statements do, of an expression only its value
  /// stays.
  enum class Rounds : std::uint8_t { kept, forgotten };
  /// Calls `each` with the scope of every round of a `for`. False when the iterable is wrong.
  bool for_each(const std::vector<syntax::Name>& variables, const syntax::Expr& iterable, Scope& scope, Rounds rounds,
                const std::function<bool(Scope&)>& each);
  /// Counts work, so that evaluation ends for every input. False (and one error) when there is too much.
  [[nodiscard]] bool spend(Span span, std::size_t steps = 1);

  // requirements.cpp, requirement_paths.cpp: what `require` says of the finished graph
  void check_rules();
  void check_rule(const PendingRule& rule);
  void check_every(const PendingRule& rule, bool some, bool negated);
  void check_path(const PendingRule& rule, bool negated, std::size_t from);
  std::nullopt_t ill_formed(const syntax::RequireDecl& rule, Span span, std::string_view why);
  /// A subject of a rule: a node, a pattern or an edge.
  struct Subject {
    Instance* instance = nullptr;
    const Edge* edge = nullptr;  ///< one of the two
  };
  [[nodiscard]] std::optional<std::vector<Subject>> subjects(const PendingRule& rule, const std::vector<syntax::Name>& kind);
  /// Whether `e` holds of the subject; nothing when that cannot be said, which was reported.
  [[nodiscard]] std::optional<bool> holds(const PendingRule& rule, const syntax::Expr& e, const syntax::Name& variable,
                                          const Subject& subject);
  [[nodiscard]] Value edge_as_value(const Edge& edge) const;
  /// The nodes that a word of a path stands for: one node, the nodes of a pattern, or all of a kind.
  [[nodiscard]] std::optional<std::vector<NodeId>> ends_of(const PendingRule& rule, const std::vector<syntax::Name>& word);
  [[nodiscard]] bool concerns(const PendingRule& rule, const Instance& instance) const;
  /// `f.timeout` in a rule: what the node was given, its kind, its name, or an output.
  [[nodiscard]] std::optional<Value> member_in_rule(Instance& instance, const syntax::Name& member);

  // fit.cpp: values → types
  [[nodiscard]] std::optional<Value> fit(Value value, const Type& type, Span span, const AttributeSpec* spec);
  /// `least` of a range is not above its `most`; says so when it is.
  [[nodiscard]] bool in_order(const Value& range);
  [[nodiscard]] std::optional<Value> fit_record(const syntax::MapExpr& m, Span span, Scope& scope, const Type& type,
                                                const AttributeSpec* spec);
  [[nodiscard]] bool check_bounds(const Value& value, const AttributeSpec& spec);
  [[nodiscard]] bool has_secret(const Value& value) const;
  [[nodiscard]] std::string describe_value(const Value& value) const;
  std::nullopt_t wrong_type(Span span, const Type& wanted, const Value& found);
  /// `what` must be known at compile time, and the value is not.
  std::nullopt_t too_late(Span span, const Value& value, std::string_view what);

  Scope& new_scope(Scope* parent, Module* module);

  const Program& program_;
  const Options& options_;
  diag::Sink& sink_;
  Architecture out_;
  std::deque<Module> modules_;
  std::map<std::string, Module*, std::less<>> module_by_name_;
  Module* core_ = nullptr;
  Module* app_ = nullptr;
  std::deque<Scope> scopes_;
  std::deque<Instance> instances_;
  std::map<std::string, Instance*, std::less<>> by_name_;
  std::map<std::string, Instance*, std::less<>> flat_names_;  ///< with `_` for `.`: what names are made of
  std::vector<Placed> top_level_;
  std::vector<PendingEdge> pending_edges_;
  std::vector<PendingRule> rules_;
  std::vector<const syntax::MovedDecl*> moved_;
  struct UsedApp {
    Span span;
    const Architecture* app;
  };
  std::vector<UsedApp> used_apps_;
  std::map<std::pair<std::string, std::string>, ParamId> imported_;  ///< app and output → the parameter that brings it
  std::deque<PendingOverlay> overlays_;
  std::vector<const syntax::StageDecl*> stages_;
  std::vector<std::pair<const syntax::OutputDecl*, Scope*>> outputs_;
  const syntax::AppDecl* app_declaration_ = nullptr;
  std::map<std::string, std::pair<Span, bool>, std::less<>> stage_names_;
  std::vector<std::pair<Binding*, std::string>> pending_values_;
  std::size_t steps_ = 0;
  bool out_of_steps_ = false;
  bool incomplete_ = false;  ///< a `for` or an `if` could not be gone through: nodes may be missing that follow from it
  /// A bare name may be a member of what the place wants, and there is no place: unknown names stay silent.
  bool no_place_ = false;
  /// What a rule read of its subjects while it was evaluated: `sync.timeout` and its value. Null outside of rules.
  struct Read {
    std::string path;
    Value value;
    bool given = false;
  };
  std::vector<Read>* reads_ = nullptr;
  int depth_ = 0;
};

/// A value that is written at `span`.
inline Value at(Value::Data data, Span span) { return Value{std::move(data), span, span}; }

/// The pure functions; functions.cpp. Nothing when the name is unknown.
struct Function {
  std::string_view name;
  std::string_view signature;  ///< for messages and the reference: "join(list, separator)"
  int least, most;
  /// Arguments are known at compile time. An empty result means the arguments do not fit; `why` says how.
  std::optional<Value> (*apply)(const Values& arguments, std::string& why);
};
[[nodiscard]] const Function* find_function(std::string_view name);
[[nodiscard]] std::vector<std::string> function_names();

/// "the node `orders`", "a `param`": a statement as messages name it, and the first word or so of it, which is enough to
/// see which is meant.
[[nodiscard]] std::string name_statement(const syntax::Statement& s);
[[nodiscard]] Span head_of(const syntax::Statement& s);

/// Whether one of the names that are given and do not exist was probably meant to be this one.
[[nodiscard]] bool misspelt(const std::vector<AttributeSpec>& specs, const GivenMap& given, const std::string& name);

/// "a duration", "text": a type as messages name it.
[[nodiscard]] std::string name_of(const Type& type);

/// The way out that every kind has on every cloud, as `raw`.
[[nodiscard]] AttributeSpec raw_attribute(const std::string& cloud);
/// How something stands in the template of a cloud on which the app was adopted: `id`, `type`, `more`.
[[nodiscard]] std::vector<AttributeSpec> place_attributes(const std::string& cloud);
/// What stands in the template beside a node or an edge and is nothing without it.
[[nodiscard]] AttributeSpec beside_attribute(const std::string& cloud);

}  // namespace virga::architecture
