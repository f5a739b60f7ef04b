// What is known of a cloud, as data: facts with their sources, the edge table, runtimes, regions, rules of names. Made
// from backends/<cloud>/catalog/*.yaml by the catalogue tool at build time; no YAML is parsed at run time.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace virga::catalog {

enum class FactKind : std::uint8_t { hard, quota, fallback, enumeration, pattern, advice };

[[nodiscard]] std::string_view word(FactKind kind);

/// The amount of a fact in one region, tier or mode.
struct FactCase {
  std::string_view name;  ///< the engine's own; `others` for all that are not named
  bool has_min = false, has_max = false, has_value = false;
  double min = 0, max = 0, value = 0;
};

/// One number (or list, or pattern) of a vendor. Ids are made of the vendor's own words: `service.field.max`.
struct Fact {
  std::string_view id;
  std::string_view service;  ///< the vendor's short name of it
  std::string_view subject;  ///< the engine's name of the field: `Vendor::Service::Type.Property`
  FactKind kind;
  std::string_view unit;  ///< as printed: "seconds", "MB"; empty for a count
  bool has_min = false, has_max = false, has_value = false;
  double min = 0, max = 0, value = 0;  ///< a range, or a number
  std::string_view text;  ///< a pattern, or a text value
  std::span<const std::string_view> members;  ///< of an enumeration or list
  bool numbers = false;  ///< the members are numbers
  std::string_view by;  ///< what `cases` are: `region`, `tier`, `mode`; empty without cases
  std::span<const FactCase> cases;  ///< instead of one amount for all
  std::string_view scope;
  std::span<const std::string_view> informs;  ///< kinds that it is about; `app` for what is about every template or account
  std::string_view note;
  std::string_view source;
  std::string_view as_of;  ///< date of the source, `2026-10-01`
  bool verified = true;
  std::string_view instead;  ///< what the user's number stands for, with its source; empty for a fact of the catalogue

  /// The case of that name, or of the others; null when there is neither.
  [[nodiscard]] const FactCase* in(std::string_view name) const;
};

/// What one unit costs. Amounts are those of the vendor's list, without tax and discount.
struct Price {
  std::string_view id;
  std::string_view service;
  std::string_view item;
  bool known = true;  ///< an unknown price is shown as unknown, never as nothing
  double price = 0;  ///< of `per` units
  std::string_view currency;  ///< ISO 4217, or the name of a vendor's own unit of account
  double per = 1;
  std::string_view unit;  ///< "request", "GB-second"
  std::string_view region;  ///< the engine's name or the vendor's words; empty: everywhere
  std::span<const std::string_view> regions;  ///< what those words mean, by the engine's names
  std::string_view site;  ///< which of the vendor's price lists; empty when there is one
  double from = 0;  ///< of a tier: units in a month from which on the price holds
  bool has_to = false;
  double to = 0;  ///< and up to which
  double free = 0;  ///< units in a month that cost nothing
  std::string_view free_note;  ///< whom the free units are shared with, or how long they last
  std::string_view free_of;  ///< id of the price whose free units these share
  bool free_ends = false;  ///< the free units last for an account's first months only
  std::string_view confidence;  ///< `high`, `medium`, `low`
  std::string_view note;
  std::string_view source;
  std::string_view as_of;
  bool verified = true;
};

/// A bound on an attribute of a kind, checked for every node when the cloud is a target. The bound is a fact; the
/// fact's value is converted to the attribute's unit.
struct Bound {
  std::string_view code;  ///< `<cloud>/<what>`
  std::string_view kind;  ///< `function`
  std::string_view attribute;  ///< `timeout`; of an edge: `batch`; inside a record: `cors.max_age`
  std::string_view edge_to;  ///< for edges: `function.self`; empty for nodes
  std::string_view strategy;  ///< of nodes that the cloud realises by this strategy alone; empty for all
  std::string_view fact;  ///< id
  std::string_view only;  ///< the case of the fact that holds; empty for a fact without cases
  enum class Test : std::uint8_t {
    at_most,  ///< an amount; of a list its length, of a map the number of its entries
    at_least,
    multiple_of,
    one_of,
    matches,  ///< a text has the form that the fact's pattern gives
    length_at_most,  ///< characters of a text
    size_at_most,  ///< bytes of a text, or of a map's keys and values together
    keys_match,  ///< every key of a map has the form that the fact's pattern gives
    keys_at_most,  ///< characters of every key of a map
    values_at_most,  ///< characters of every value of a map
  } test;
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

/// The most that a template, or something in it, may hold. Checked for each stack that is emitted.
struct TemplateLimit {
  std::string_view formats;  ///< comma-separated; empty for all of the cloud
  enum class Measure : std::uint8_t {
    resources,
    parameters,
    outputs,
    bytes,  ///< of a template's file
    characters,  ///< of a property as JSON without white space
  } measure;
  std::string_view type;  ///< of `characters`: the engine's type
  std::string_view
      property;  ///< and its property, `Policies.*.Document`; `*`: all items of a list together, `each`: every one
  std::string_view fact;  ///< id
  std::string_view says;  ///< of `characters`: what it is, "the policies of a role"
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
  std::string_view end_of_support;  ///< a date, or empty: it is mended no more from then on
  std::string_view no_new_from;  ///< from this date on no function is made of it
  std::string_view no_change_from;  ///< and from this one on none that is there can be changed
  std::string_view note;  ///< why another one is taken, when `vendor` is not the same language version
  Fidelity fidelity;
  /// Of an impossible one: the runtime that an app which moves here takes in its place, and on which its code has to run;
  /// empty where nobody could bring it along either.
  std::string_view instead;
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

/// How something behaves, as far as checks over whole paths ask: a name, and where its amount is found. The first term that
/// says something is taken. A term is `edge.timeout`, an attribute of the edge; `from.x` and `to.x`, of its ends;
/// `from:dead.after`, a property of the edge that leaves that port of that end; `node.x` in a row about a kind; `fact:id`.
struct Setting {
  std::string_view name;
  std::span<const std::string_view> terms;
};

/// What an edge does when it runs. Rows with a `strategy` are about edges that are realised by it, or whose source is,
/// and go before those without.
struct HopRow {
  std::string_view from, to;  ///< ports, as in the edge table
  bool hand_over = false;
  std::string_view strategy;
  /// Where goes what was given up on: `from.dead`, `to.failure`; empty when nobody is told.
  std::string_view gives_up;
  bool repeats = false;  ///< the same message may arrive twice
  bool blocks = false;  ///< what is tried without end holds up what comes behind it
  std::span<const Setting> settings;
};

/// What a node of a kind does when it runs.
struct WorkRow {
  std::string_view kind;
  std::string_view strategy;  ///< of nodes that the cloud realises by it alone
  bool forwards = false;  ///< what comes in goes out, as it is
  bool entry = false;  ///< what goes out comes from outside, whatever comes in
  std::span<const Setting> settings;
};

/// One thing that is paid for, and how much of it (compiler/catalog/expression.h).
struct CostItem {
  /// Ids of prices, or of their tiers without `.tierN`; of several, price lists or regions, one is chosen.
  std::span<const std::string_view> prices;
  std::string_view quantity;
};

/// What is paid for a node of a kind, or for an edge, which then stands at the node of `from`, or else at that of `to`.
/// Every row that fits counts. A row about neither is about every app.
struct CostRow {
  std::string_view kind;
  std::string_view from, to;  ///< ports, as in the edge table; empty: any
  std::string_view arrow;  ///< empty: both
  std::span<const std::string_view> strategies;  ///< of the node; of the edge, its source or its target; empty: any
  /// `node.nat`, `to.fifo`, `node.engine=mysql`: all that must be said and not be `false` or 0, and all that must not.
  std::span<const std::string_view> when, unless;
  std::span<const CostItem> items;
  std::string_view not_counted;  ///< what is paid for and not counted here
  std::string_view nothing;  ///< why nothing is paid
};

/// What a change does to a resource that stands. Of a type without a row nothing is known.
struct UpdateRow {
  std::string_view type;  ///< the engine's, or a provider's
  /// Paths of properties whose change makes a new resource of it and takes the old one away: `KeySchema`, `Index.*.Name`.
  std::span<const std::string_view> replaces;
  std::span<const std::string_view> may_replace;  ///< those whose change does so for some values
  bool derived = false;  ///< the engine doesn't say so itself; it is what another tool for it says
  std::string_view holds;  ///< what is lost with it: "its rows"
  std::string_view serves;  ///< what others know it by: "its URL"
  bool versions = false;  ///< a new one is another version under the same name, so names do not clash
  std::string_view singly;  ///< a list, or a block, of which one item at most comes or goes in one deployment
  std::string_view singly_fact;  ///< id of the fact that says so
};

/// How the engine behind a format deploys.
struct EngineRow {
  std::string_view formats;  ///< comma-separated
  enum class Named : std::uint8_t {
    refused,  ///< it does not replace what has a name of its own while that stays
    gap,  ///< it takes the old one away, then makes the new one
  } named;
  bool keeps_types = false;  ///< it refuses another type under the same address
  /// Path of what makes it refuse to take a resource away, as long as it stands in its block; empty: nothing does.
  std::string_view guard;
  std::string_view note;
  /// Commands; docs/catalogue.md lists the words in braces that they may hold.
  std::span<const std::string_view> deploy;
  std::span<const std::string_view> first;  ///< those of a first deployment, where they differ
  std::span<const std::string_view> remove;  ///< those that take the whole stack away
  std::span<const std::string_view> upload;  ///< put new code where the engine reads it; none: deploying does that too
  std::string_view template_file;  ///< what `{template}` stands for
  std::string_view uploaded_template;  ///< and what it stands for once code was uploaded; empty: the same
  std::string_view replacing;  ///< `{replacing}`, when something is replaced
  std::string_view parameters, parameter;  ///< what `{parameters}` begins with, and one of them
  std::string_view output;  ///< prints what a deployed stack gives; empty: nothing does
  std::string_view source;
  std::string_view as_of;
};

/// What whoever deploys must be allowed to do with some things.
struct Need {
  /// Patterns of the cloud's names of them, with `{region}`, `{account}`, `{stack}` and `{id}`, the unit's logical id, and
  /// `{Name}` for a property of the unit, which may be a reference to another one: then the name of that stands there.
  /// `{stack:20}-`: of a longer one the first 20 letters and `*`. `*`: nothing narrows it.
  std::span<const std::string_view> on;
  std::string_view passes;  ///< a property with a role that is handed on, instead of `on`
  std::string_view to;  ///< the service that gets it
  std::span<const std::string_view> when;  ///< properties one of which is said; empty: always
  std::span<const std::string_view> changes;  ///< properties one of which is new or another one than before; empty: always
  std::span<const std::string_view> read, create, update, remove;  ///< the cloud's names of actions
};

/// What an engine does with units of a type, on behalf of whoever deploys.
struct DeployerRow {
  std::string_view type;
  std::string_view name;  ///< the property that its name stands in; empty: the cloud makes one up
  std::string_view unnamed;  ///< pattern of the name that the engine makes up where that property is not said; empty: `*`
  std::string_view nested;  ///< a property with a template, whose resources are made on the same behalf
  std::span<const Need> needs;
  bool derived = false;  ///< no source says so; it follows from how the cloud names its actions
  std::string_view source, as_of;
};

/// What the engine behind formats needs for itself: `create` for a stack of which nothing stands, `remove` for one that
/// goes, `update` for others.
struct DeployingRow {
  std::string_view formats;  ///< comma-separated
  std::string_view note;  ///< what no policy can say
  std::span<const Need> needs;
  std::string_view source, as_of;
};

/// How a cloud writes a policy.
struct PolicyForm {
  std::string_view version;
  std::string_view pass;  ///< the action of handing a role to a service
  std::string_view passed_to;  ///< the condition that names the service
  bool labels = false;  ///< a statement may have a name of its own
  bool blanks_count = false;
  std::string_view largest;  ///< id of the fact that says how large one may be
};

/// One property of a resource in a template that was made elsewhere, and the attribute that it is.
struct Said {
  /// Path of the property: `VpcConfig.SubnetIds`, `Rules[Name=prefix].Value` for an item of a list.
  std::string_view property;
  /// Path of the attribute: `visibility`, `http.auth`; of an edge also `from.every`, an attribute of the node it leaves.
  std::string_view attribute;
  /// How one becomes the other: a unit (`seconds`), `words a=B c=D`, `runtime`, `tags`, `node`, `nodes`; empty: as it is.
  std::string_view as;
  /// The value, as the language writes it, that is meant where the property is left out.
  std::string_view unsaid;
};

/// How a node or an edge stands in a template that Virga did not make. Read one way it takes the template apart, read the
/// other way it writes it.
struct AdoptedRow {
  std::string_view kind;  ///< of a node; empty for an edge
  /// Of a resource that stands beside another, which is nothing without it: the kind of that node, `any`, or `edge`.
  std::string_view beside;
  std::string_view from, arrow, to;  ///< of an edge: `queue.self`, `~>`, `function.self`
  /// Type of the resource; of what stands within one, the type of that item. What follows a slash, `mapping/Broker`, tells
  /// rows apart whose items have the same type. Empty: nothing stands for it.
  std::string_view type;
  /// Where an edge stands within the resource of one of its ends, `to:Events`, `from:RedrivePolicy`, or an item that stands
  /// beside a node within the resource of that: `owner:Events`.
  std::string_view within;
  std::string_view owner;  ///< the only type of resource in which it stands
  std::string_view transform;  ///< only in templates that ask for this transform
  std::string_view id;  ///< the only id that it can have; then the engine makes it by itself
  std::string_view called;  ///< the property with its name on the cloud
  /// Of a node: the strategy that makes the same, by which costs and behaviours know it; empty: the cloud's backend tells.
  std::string_view strategy;
  std::string_view source, target;  ///< of an edge: the properties that name its ends, `EventSourceArn:arn`
  /// Of what stands beside: the property that names whom it belongs to; `@named`: whoever names it; `@first`: the first node
  /// of the kind. The first of them that leads somewhere counts; none: any of its properties.
  std::span<const std::string_view> by;
  /// What has to be so besides. Of a node `of=queue`: the attribute leads to a node of that kind. Of an edge `Action=read
  /// list`: each item of the property is one of those words; `RoleArn`: the engine's own words say it.
  std::span<const std::string_view> when;
  std::span<const std::string_view> implies;  ///< of an edge: targets between the same ends of which it is true as well
  /// Of a node: properties that count for nothing where another one is said, `Policies=Role`.
  std::span<const std::string_view> ignores;
  std::span<const std::string_view> outputs;  ///< of a node: `arn=Arn`; `Ref` is the engine's main value
  std::span<const std::string_view> fixed;  ///< properties that it always has: `Kind=queue`
  std::span<const std::string_view> json;  ///< of what stands within a resource: properties that hold JSON as text
  std::span<const Said> says;
  std::string_view doc, as_of;  ///< of what is said here
};

/// What becomes of something that no kind or edge says when an app leaves the cloud. One of `type` or `property`, `action`,
/// `runtime`, `pattern`, `text` and `section` is said; beside a `property`, `text` is one that its value holds.
struct LeavingRow {
  std::string_view type, property;  ///< a resource, or a property of it; without `type` what stands beside properties
  std::string_view action;  ///< what a statement allows, `logs:*`
  std::string_view runtime;  ///< what the runtimes begin with whose code has another contract with other clouds
  std::string_view pattern;  ///< a text by which code that uses the cloud is found
  std::string_view text;  ///< a text by which a value is found that means something on the cloud alone: an address, a name
  std::string_view section;  ///< of the template
  /// `renamed`, `emulated`, `degraded`, `code`, or `impossible`: without somebody's work nothing arrives. `blocking`: the
  /// same of a property, without which the app would be open, or another one.
  std::string_view fate;
  std::string_view says;
  std::string_view doc, as_of;
};

struct Catalog {
  std::string_view cloud;  ///< as the language names it
  std::string_view title;  ///< as messages name it
  std::span<const Fact> facts;
  std::span<const Bound> bounds;
  std::span<const PackageLimit> packages;
  std::span<const TemplateLimit> templates;
  std::span<const EdgeRow> edges;
  std::span<const KindRow> kinds;
  std::span<const Runtime> runtimes;
  std::span<const Region> regions;
  std::span<const NameRule> names;
  std::span<const PropertyList> properties;
  std::span<const HopRow> hops;
  std::span<const WorkRow> works;
  std::span<const Price> prices;
  std::span<const CostRow> costs;
  std::span<const UpdateRow> updates;  ///< sorted by type
  std::span<const EngineRow> engines;
  std::span<const DeployerRow> deployer;  ///< sorted by type
  std::span<const DeployingRow> deploying;
  std::span<const PolicyForm> policies;  ///< one, or none for a cloud without policies
  std::span<const AdoptedRow> adopted;  ///< of several that fit, the first
  std::span<const LeavingRow> leaving;

  [[nodiscard]] const Fact* find_fact(std::string_view id) const;
  /// The tiers of a price, by what they begin at: the one of that id, or all of `id.tierN`.
  [[nodiscard]] std::vector<const Price*> tiers(std::string_view id) const;
  /// A fact that the backend's code relies on; that it is there is checked by a test and, at run time, is our bug.
  [[nodiscard]] const Fact& fact(std::string_view id) const;
  [[nodiscard]] const EdgeRow* edge(std::string_view from, bool hand_over, std::string_view to,
                                    std::string_view format) const;
  [[nodiscard]] const KindRow* kind(std::string_view kind, std::string_view format) const;
  [[nodiscard]] const Runtime* runtime(std::string_view name) const;
  [[nodiscard]] const Region* region(std::string_view name) const;
  /// Null for a type that nothing is known of.
  [[nodiscard]] const PropertyList* properties_of(std::string_view type) const;
  /// Null for a type of which nothing is known.
  [[nodiscard]] const UpdateRow* update(std::string_view type) const;
  /// Null for a type of which nobody knows what it needs.
  [[nodiscard]] const DeployerRow* deployer_of(std::string_view type) const;
  [[nodiscard]] const DeployingRow* deploying_with(std::string_view format) const;
  /// Null where nothing is known of the engine behind a format.
  [[nodiscard]] const EngineRow* engine(std::string_view format) const;
  [[nodiscard]] const NameRule* name_rule(std::string_view type, std::string_view property) const;
};

/// "Function quotas, read 2026-11": what a finding shows as its source.
[[nodiscard]] std::string cite(const Fact& fact);

/// The catalogue that stands for `own` on this thread: `own` itself, or what a living `Use` has put in its place.
[[nodiscard]] const Catalog& in_use(const Catalog& own);

/// While it lives, these catalogues stand for the clouds' own on this thread: how the numbers of a user's account reach
/// whatever looks at facts, in passes and in lowering alike. Only the driver opens one, around what it does for one program.
class Use {
 public:
  explicit Use(std::span<const Catalog* const> catalogs);
  ~Use();
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;

 private:
  std::span<const Catalog* const> outer_;
};

/// The amount as people read it: `900 seconds`, `60 to 21600 seconds`, `us-east-1: 1000, others: 500`.
[[nodiscard]] std::string amount_text(const Fact& fact);

}  // namespace virga::catalog
