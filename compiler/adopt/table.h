// The rows of a catalogue that say how nodes and edges stand in templates that were made elsewhere, as one template can use
// them.
#pragma once

#include "compiler/catalog/catalog.h"
#include "compiler/cloud/stack.h"

#include <functional>
#include <set>

namespace virga::adopt {

using Row = catalog::AdoptedRow;

/// `Queue:arn`: the property that names an end, and the output by which it does; `Api:id,@id` and `Function:name,arn` where
/// the engine takes the id of a resource in the template, or another output, for it as well.
struct End {
  std::string_view property, output, other;
};
[[nodiscard]] End end_of(std::string_view said);

/// The type of an edge that stands nowhere by itself, because what stands for another one between the same ends allows it as
/// well: that one's row `implies` it.
inline constexpr std::string_view kImplied = "implied";

/// The type of an edge of which a document in the vendor's own language tells, which the node that it leaves holds or names:
/// it stands nowhere else. In a row of such a node the same word stands before the attribute that says where the document
/// is.
inline constexpr std::string_view kTold = "told";

/// The words of a row by which an attribute is the only node of its kind that a property refers to, where that property
/// stays in the engine's words.
inline constexpr std::string_view kReaches = "reaches";

/// The type that is written in a template, of `mapping/Broker` the part before the slash.
[[nodiscard]] std::string_view written_type(const Row& row);

/// Where an edge stands in the resource of one of its ends, or an item beside a node in the resource of that.
struct Within {
  bool from = false;  ///< of its source; else of its target, or of the node
  std::string_view path;
  enum class Shape : std::uint8_t {
    property,  ///< the property itself: `from:RedrivePolicy`
    items,  ///< a map of items `{Type, Properties}` by id: `to:Events{}`
    list,  ///< a list of items that are `{<type>: <properties>}`: `from:Policies[]`
    typed,  ///< a list of items whose members tell type and id: `to:triggers[triggerType,triggerName]`
    references,  ///< a list of what the targets give: `from:AlarmActions[*]`
  } shape = Shape::property;
  std::string_view type, id;  ///< those members
};
[[nodiscard]] Within within_of(const Row& row);

/// What the engine gives for an output of a node: `Ref`, an attribute, or nothing.
[[nodiscard]] std::string_view attribute_of(const Row& row, std::string_view output);
/// The output that an attribute, or `Ref`, is; empty when it is none.
[[nodiscard]] std::string_view output_of(const Row& row, std::string_view attribute);

/// Whether a resource says a property in one way, whatever a deployment chooses.
using SaidBy = std::function<bool(std::string_view property)>;
[[nodiscard]] SaidBy said_by(const cloud::Object& properties);
/// Whether what stands at that path in a resource counts for nothing, because of another property.
[[nodiscard]] bool is_ignored(const Row& row, std::string_view path, const SaidBy& says);

class Table {
 public:
  /// Of a template with these other sections; `key` is where it asks for transforms. A row's `section=*` asks for a section.
  Table(const catalog::Catalog& catalog, const cloud::Object& sections, std::string_view key = "Transform");

  [[nodiscard]] const std::vector<const Row*>& rows() const { return rows_; }
  /// Of what stands beside nodes and edges.
  [[nodiscard]] const std::vector<const Row*>& beside() const { return beside_; }
  /// The row of a kind: of the type, or without one the first whose transform the template asks for, if it needs one.
  /// `counts` tells of a row that is about some nodes of the kind alone whether this is one; left out, all count.
  [[nodiscard]] const Row* node(std::string_view kind, std::string_view type,
                                const std::function<bool(const Row&)>& counts = {}) const;
  /// The same of an edge between two ports: `queue.self`, `gateway.route`. Without a type the one that is named as the
  /// source is, before the first. The rows of the nodes at its ends may be null.
  struct Ends {
    const Row* source = nullptr;
    const Row* target = nullptr;
    SaidBy source_says = {};  ///< left out: nothing that would keep an edge from standing in it
  };
  [[nodiscard]] const Row* edge(std::string_view from, bool hand_over, std::string_view to, std::string_view type,
                                Ends ends) const;
  /// What things are called in the template unless they say so: their names, or ids that are made of these.
  [[nodiscard]] std::string default_id(const std::string& name) const;

 private:
  [[nodiscard]] bool usual(const Row& row) const { return row.transform.empty() || asked_.contains(row.transform); }

  std::vector<const Row*> rows_, beside_;
  std::set<std::string_view> asked_;  ///< transforms
};

}  // namespace virga::adopt
