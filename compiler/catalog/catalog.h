// What is known of a cloud, as data: facts with their sources, the edge table, runtimes, regions, rules of names. Made
// from backends/<cloud>/catalog/*.yaml by the catalogue tool at build time; no YAML is parsed at run time.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace virga::catalog {

enum class FactKind : std::uint8_t { hard, quota, fallback, enumeration, pattern, advice };

/// One number (or list, or pattern) of a vendor. Ids are made of the vendor's own words: `service.field.max`.
struct Fact {
  std::string_view id;
  std::string_view subject;  ///< the engine's name of the field: `Vendor::Service::Type.Property`
  FactKind kind;
  std::string_view unit;  ///< as printed: "seconds", "MB"; empty for a count
  bool has_min = false, has_max = false, has_value = false;
  double min = 0, max = 0, value = 0;  ///< a range, or a number
  std::string_view text;  ///< a pattern, or a text value
  std::span<const std::string_view> members;  ///< of an enumeration or list
  std::string_view scope;
  std::string_view note;
  std::string_view source;
  std::string_view as_of;  ///< date of the source, `2026-10-01`
  bool verified = true;
};

/// A bound on an attribute of a kind, checked for every node when the cloud is a target. The bound is a fact; the
/// fact's value is converted to the attribute's unit.
struct Bound {
  std::string_view code;  ///< `<cloud>/<what>`
  std::string_view kind;  ///< `function`
  std::string_view attribute;  ///< `timeout`; of an edge: `batch`
  std::string_view edge_to;  ///< for edges: `function.self`; empty for nodes
  std::string_view strategy;  ///< of nodes that the cloud realises by this strategy alone; empty for all
  std::string_view fact;  ///< id
  /// `keys_match`: every key of a map has the form that the fact's pattern gives.
  enum class Test : std::uint8_t { at_most, at_least, multiple_of, one_of, keys_match } test;
  std::string_view message;  ///< what goes wrong, after the value: "but the service stops a function after {limit}"
  std::string_view help;
};

/// The most that packed code may measure. Checked for every node with code when the cloud is a target.
struct PackageLimit {
  std::string_view code;  ///< `<cloud>/<what>`
  std::string_view kind;  ///< `function`
  std::string_view strategy;  ///< of nodes that the cloud realises by this strategy alone; empty for all
  enum class Measure : std::uint8_t { packed, unpacked } measure;
  std::string_view fact;  ///< id
  /// Ids of facts that list regions: the limit holds in those alone, or in all but those; empty for everywhere.
  std::string_view regions, except;
  std::string_view message;  ///< after the size: "but the service takes at most {limit}"
  std::string_view help;
};

/// What a resource type of the engine can be told: for raw properties.
struct PropertyList {
  std::string_view type;
  std::span<const std::string_view> properties;
};

/// How well a target does what is asked.
enum class Fidelity : std::uint8_t { exact, emulated, degraded, impossible };
[[nodiscard]] std::string_view word(Fidelity fidelity);

/// One row of the edge table. Ports are `kind.port`.
struct EdgeRow {
  std::string_view from;  ///< `queue.self`; `gateway.route` stands for all methods
  bool hand_over = false;  ///< `~>`
  std::string_view to;
  Fidelity fidelity;
  std::span<const std::string_view> strategies;  ///< names, tried in order
  std::string_view says;  ///< what it becomes, or why not and what instead
  std::string_view formats;  ///< empty for all; else comma-separated formats that the row is about
};

/// One row of the kind table: what a kind becomes.
struct KindRow {
  std::string_view kind;
  Fidelity fidelity;
  std::span<const std::string_view> strategies;
  std::string_view says;
  std::string_view formats;
  std::string_view unsaid;  ///< comma-separated formats that have no words yet for what it becomes
  std::uint32_t least = 1;  ///< so many resources at least are made of a node
};

struct Runtime {
  std::string_view name;  ///< of the language: `nodejs20`
  std::string_view vendor;  ///< of the engine: `nodejs20.x`
  std::string_view end_of_support;  ///< a date, or empty
  std::string_view note;  ///< why another one is taken, when `vendor` is not the same language version
  Fidelity fidelity;
  std::string_view source;
};

struct Region {
  std::string_view name;  ///< of the language: `cn_hangzhou`
  std::string_view vendor;  ///< of the engine: `cn-hangzhou`
  std::string_view place;  ///< for people: "Hangzhou"
};

/// The rule of one name property.
struct NameRule {
  std::string_view type;  ///< of the engine: `Vendor::Service::Type`
  std::string_view property;  ///< of the engine
  std::uint32_t min = 1, max = 64;
  bool underscore = true;  ///< `_` is allowed
  bool hyphen = true;
  bool upper = true;  ///< upper case is allowed
  bool letter_first = false;  ///< must begin with a letter
  bool global = false;  ///< unique over all accounts: the account's id is added at deployment
  std::string_view suffix;  ///< always at the end: `.fifo`
  std::string_view fact;  ///< id of the fact that says so
};

struct Catalog {
  std::string_view cloud;  ///< as the language names it
  std::string_view title;  ///< as messages name it
  std::span<const Fact> facts;
  std::span<const Bound> bounds;
  std::span<const PackageLimit> packages;
  std::span<const EdgeRow> edges;
  std::span<const KindRow> kinds;
  std::span<const Runtime> runtimes;
  std::span<const Region> regions;
  std::span<const NameRule> names;
  std::span<const PropertyList> properties;

  [[nodiscard]] const Fact* find_fact(std::string_view id) const;
  /// A fact that the backend's code relies on; that it is there is checked by a test and, at run time, is our bug.
  [[nodiscard]] const Fact& fact(std::string_view id) const;
  [[nodiscard]] const EdgeRow* edge(std::string_view from, bool hand_over, std::string_view to,
                                    std::string_view format) const;
  [[nodiscard]] const KindRow* kind(std::string_view kind, std::string_view format) const;
  [[nodiscard]] const Runtime* runtime(std::string_view name) const;
  [[nodiscard]] const Region* region(std::string_view name) const;
  /// Null for a type that nothing is known of.
  [[nodiscard]] const PropertyList* properties_of(std::string_view type) const;
  [[nodiscard]] const NameRule* name_rule(std::string_view type, std::string_view property) const;
};

/// "Function quotas, read 2026-11": what a finding shows as its source.
[[nodiscard]] std::string cite(const Fact& fact);

}  // namespace virga::catalog
