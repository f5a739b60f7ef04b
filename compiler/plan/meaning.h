// The difference of two architectures: what the program says otherwise, whatever becomes of it on a cloud.
#pragma once

#include "compiler/architecture/architecture.h"

#include <optional>
#include <string>
#include <vector>

namespace virga::plan {

/// One attribute of a node or property of an edge, as texts of the language.
struct Said {
  std::string name;
  std::string cloud;  ///< said to one cloud alone; empty for all
  std::optional<std::string> before, after;  ///< nothing: it was not said, or is said no more
  Span span;  ///< in the later program; of what is said no more, unknown
};

struct NodeDifference {
  const Node* before = nullptr;  ///< null: it is new
  const Node* after = nullptr;  ///< null: it is gone
  std::vector<Said> said;
  [[nodiscard]] bool renamed() const { return before != nullptr && after != nullptr && before->name != after->name; }
};

struct EdgeDifference {
  const Edge* before = nullptr;
  const Edge* after = nullptr;
  std::vector<Said> said;
};

/// Refers to both architectures.
struct Meaning {
  std::vector<NodeDifference> nodes;  ///< in the order of the later program, what is gone at the end
  std::vector<EdgeDifference> edges;
  /// Names of nodes that did not change themselves and that something reaches which did, along the edges.
  std::vector<std::string> reached;
  [[nodiscard]] const NodeDifference* of(std::string_view identity) const;
  std::vector<std::string> edge_names;  ///< for each of `edges`, as the program writes it
  [[nodiscard]] bool empty() const { return nodes.empty() && edges.empty(); }
};

/// `fifo: false → true`
[[nodiscard]] std::string to_text(const Said& said);

/// Nodes are the same by what they stand as, edges by their ends.
[[nodiscard]] Meaning compare(const Architecture& before, const Architecture& after);

/// Both in one picture, in Mermaid's words: what is new, what is gone, what changed.
[[nodiscard]] std::string mermaid(const Meaning& meaning, const Architecture& before, const Architecture& after);

}  // namespace virga::plan
