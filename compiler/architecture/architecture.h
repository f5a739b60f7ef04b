// The typed graph: what the program means, before any cloud is asked. Plain values, immutable once built.
#pragma once

#include "compiler/architecture/kind.h"

#include <map>
#include <string>

namespace virga {

/// A word for how a value came to be, so that explanations and plans can tell.
enum class Origin : std::uint8_t { given, fallback, stage, cloud };

struct AttributeValue {
  std::string name;
  Value value;
  Origin origin = Origin::given;
  bool literal = false;  ///< written as one number or quantity, in whose place another one may be put
};

/// Attributes in the order in which the kind declares them; of a raw resource in the order written.
class Attributes {
 public:
  std::vector<AttributeValue> all;

  /// The value, or null when it was neither given nor has a default. `none` counts as given.
  [[nodiscard]] const Value* find(std::string_view name) const;
  [[nodiscard]] const AttributeValue* entry(std::string_view name) const;
  void set(std::string name, Value value, Origin origin, bool literal = false);

  // What lowering asks most. `or` values are returned when the attribute is absent, `none` or of another type;
  // the type checker has already refused wrong types, so "another type" means deploy time.
  [[nodiscard]] bool flag(std::string_view name, bool otherwise = false) const;
  [[nodiscard]] std::optional<double> number(std::string_view name) const;
  [[nodiscard]] std::optional<Quantity> quantity(std::string_view name) const;
  /// Of a string or a symbol.
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] const Map* map(std::string_view name) const;
  /// Both ends of a range; `map` is null when one value stands alone, which is then both.
  [[nodiscard]] std::optional<std::pair<Quantity, Quantity>> quantities(std::string_view name) const;
  [[nodiscard]] std::optional<std::pair<double, double>> numbers(std::string_view name) const;
  [[nodiscard]] const Values* list(std::string_view name) const;
  [[nodiscard]] std::optional<NodeId> node(std::string_view name) const;
  /// Present and not `none`.
  [[nodiscard]] bool has(std::string_view name) const;
};

/// Attributes that say to one cloud how something stands in a template which other hands made, and the app took over.
inline constexpr std::string_view kPlaceAttributes[] = {"id", "type", "called", "more", "beside", "elsewhere"};

struct Node {
  NodeId id{};
  std::string kind;  ///< a primitive kind, or `resource`
  std::string name;  ///< as the user addresses it: `sync`, `console.handler`
  std::string doc;
  Attributes attributes;  ///< what every cloud is told
  std::map<std::string, Attributes, std::less<>> on;  ///< per cloud: the whole set, with `on <cloud>` laid over
  std::string cloud;  ///< of a raw resource: whose it is
  std::string vendor_type;  ///< of a raw resource, as the engine names it
  Attributes placed = {};  ///< of a raw resource: how it stands in its template (`id`, `more`)
  Span span;  ///< of the name
  std::vector<Span> expanded_from;  ///< outermost use first, when a kind with a body made the node
  std::vector<std::string> group;  ///< names of the enclosing patterns' nodes, outermost first

  /// The name under which it stands on the clouds, since it got its own later (`moved`); empty: under its own.
  std::string stands_as = {};
  [[nodiscard]] const std::string& identity() const { return stands_as.empty() ? name : stands_as; }
  /// What `cloud` is told: `on[cloud]` when there is one, else `attributes`.
  [[nodiscard]] const Attributes& for_cloud(std::string_view cloud_name) const;
  [[nodiscard]] bool raw() const { return !vendor_type.empty(); }
  /// Whether the template that the app took over on that cloud only names it, and something else makes it: what it is like
  /// there nobody knows.
  [[nodiscard]] bool stands_elsewhere(std::string_view cloud_name) const;
};

/// One end of an edge.
struct Port {
  NodeId node{};
  std::string name = "self";
  std::string argument;  ///< of the source: a route's path
};

enum class Delivery : std::uint8_t { call, hand_over };  ///< `->`, `~>`

struct Edge {
  EdgeId id{};
  Port from, to;
  Delivery delivery = Delivery::call;
  Attributes properties;
  std::map<std::string, Attributes, std::less<>> on;
  std::string doc;
  Span span;  ///< the whole edge
  Span arrow_span;
  [[nodiscard]] const Attributes& for_cloud(std::string_view cloud_name) const;
};

/// An output of another app, which deploys before this one.
struct Import {
  std::string app;
  std::string stage;  ///< of the other app
  std::string output;
};

struct Param {
  ParamId id{};
  std::string name;
  std::string doc;
  Type type;
  std::optional<Value> fallback;
  std::optional<Value> min, max;
  std::string pattern;
  std::vector<std::string> allowed;  ///< of an enumeration
  /// Said to one cloud: `id`, its name in the template, and `more`, what else the engine is told of it.
  std::map<std::string, Attributes, std::less<>> on = {};
  std::string engine = {};  ///< what the engine knows by itself (`region`, `account`) and nobody gives
  std::optional<Import> import = {};  ///< given by another app instead of by a person
  Span span;
  [[nodiscard]] bool secret() const { return type.tag == Type::Tag::secret; }
};

struct Output {
  std::string name;
  std::string doc;
  Value value;
  bool exported = false;  ///< `{ export = true }`: other apps may rest on it
  std::map<std::string, Attributes, std::less<>> on = {};  ///< said to one cloud: `id` and `more`
  Span span;
};

struct App {
  std::string name;
  std::string description;
  std::vector<Symbol> targets;  ///< `cloud.format` as one symbol with a dot
  std::vector<Span> target_spans;
  std::map<std::string, std::vector<Value>, std::less<>> regions;  ///< per cloud; under "" what all are told
  Map tags;
  Map budget;  ///< currency → the most that a month may cost
  Map quotas;  ///< cloud → id of a fact → the account's own number
  /// Clouds on which it stands already, made by other hands: there nothing is added to what is said. With what else its
  /// template holds, under the engine's own keys.
  std::map<std::string, Map, std::less<>> adopted = {};
  std::string stage = "default";
  std::vector<std::string> stages;  ///< all that the program declares, sorted
  Span span;
  /// The regions as one cloud is told them: its own when there are, else the common ones.
  [[nodiscard]] const std::vector<Value>& regions_for(std::string_view cloud_name) const;
};

struct Architecture {
  App app;
  std::vector<Param> params;
  std::vector<Node> nodes;  ///< in the order of declaration; NodeId is the index
  std::vector<Edge> edges;
  std::vector<Output> outputs;
  std::map<std::string, Kind, std::less<>> kinds;
  /// Nodes that patterns stand for: name → kind, so that `explain console` can answer.
  std::map<std::string, std::string, std::less<>> groups;

  [[nodiscard]] const Node& node(NodeId id) const { return nodes[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const Edge& edge(EdgeId id) const { return edges[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const Param& param(ParamId id) const { return params[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const Node* find(std::string_view name) const;
  [[nodiscard]] std::vector<const Edge*> edges_from(NodeId id, std::string_view port = {}) const;
  [[nodiscard]] std::vector<const Edge*> edges_to(NodeId id, std::string_view port = {}) const;
};

/// `webhook ~> sync`, `public GET "/x" -> reader`: an edge as a person would name it.
[[nodiscard]] std::string describe(const Architecture& architecture, const Edge& edge);

/// The stable text form: `--print=architecture` and the goldens.
[[nodiscard]] std::string dump(const Architecture& architecture);

}  // namespace virga
