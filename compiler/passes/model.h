// What one cloud makes of an architecture when it runs: how long somebody waits, how often something is tried again, how
// much goes through. Read from the cloud's behaviour table; the checks over whole paths ask nothing else.
#pragma once

#include "compiler/architecture/architecture.h"
#include "compiler/catalog/catalog.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace virga::passes {

/// An amount, and who says so.
struct Amount {
  double value =
      0;  ///< in the base unit of its dimension (milliseconds, bytes, thousandths of a request per second), or a count
  std::optional<Dimension> dimension;
  std::string said;  ///< "`timeout` of `sync`"; of a fact, empty
  Span span;  ///< where it is written; of a default, the node; unknown of a fact
  const catalog::Fact* fact = nullptr;
  bool given = false;  ///< the program says it; not a default and not a fact
  std::string attribute;  ///< that says it; of a fact, empty
  bool literal = false;  ///< what stands at `span` is the amount and nothing else
};

/// `30s`, `64KB`, `200rps`, `5`.
[[nodiscard]] std::string text_of(const Amount& amount);

/// The strategies by which a cloud realises nodes and edges; empty where nothing was decided.
struct Strategies {
  std::function<std::string_view(const Node&)> of_node;
  std::function<std::string_view(const Edge&)> of_edge;
};

class Model {
 public:
  /// `region` is the cloud's own name of the one that is looked at; empty: any.
  Model(const Architecture& architecture, const catalog::Catalog& catalog, Strategies strategies, std::string region = {});

  [[nodiscard]] const Architecture& architecture() const { return *architecture_; }
  [[nodiscard]] const catalog::Catalog& catalog() const { return *catalog_; }
  [[nodiscard]] const std::string& region() const { return region_; }

  /// The row that is about an edge; null when the table is silent.
  [[nodiscard]] const catalog::HopRow* hop(const Edge& edge) const { return hops_[static_cast<std::size_t>(edge.id)]; }
  [[nodiscard]] const catalog::WorkRow* work(const Node& node) const { return works_[static_cast<std::size_t>(node.id)]; }

  /// What the first term that says something says; nothing when no term does, or when its value is known only at deployment.
  [[nodiscard]] std::optional<Amount> of(const Edge& edge, std::string_view setting) const;
  [[nodiscard]] std::optional<Amount> of(const Node& node, std::string_view setting) const;
  /// What every term says: for limits that hold at the same time.
  [[nodiscard]] std::vector<Amount> all_of(const Edge& edge, std::string_view setting) const;
  [[nodiscard]] std::vector<Amount> all_of(const Node& node, std::string_view setting) const;

  /// The edges that end at a node, and those that begin there.
  [[nodiscard]] const std::vector<const Edge*>& into(const Node& node) const {
    return in_[static_cast<std::size_t>(node.id)];
  }
  [[nodiscard]] const std::vector<const Edge*>& out_of(const Node& node) const {
    return out_[static_cast<std::size_t>(node.id)];
  }
  /// Whether a port is one that gets what was given up on: `dead`, `failure`.
  [[nodiscard]] bool is_end(const Port& port) const { return ends_.contains(port.name); }

  /// The edges that leave the port to which a hop gives what it gives up on; empty when it names none, or none leaves.
  [[nodiscard]] std::vector<const Edge*> given_up(const Edge& edge) const;

 private:
  enum class Found : std::uint8_t { no, yes, late };
  [[nodiscard]] Found term(std::string_view term, const Node* node, const Edge* edge, Amount& amount) const;
  [[nodiscard]] Found attribute(const Attributes& attributes, std::string_view name, std::string whose, Span place,
                                Amount& amount) const;
  [[nodiscard]] std::optional<Amount> first(std::span<const catalog::Setting> settings, std::string_view name,
                                            const Node* node, const Edge* edge) const;
  [[nodiscard]] std::vector<Amount> all(std::span<const catalog::Setting> settings, std::string_view name, const Node* node,
                                        const Edge* edge) const;

  const Architecture* architecture_;
  const catalog::Catalog* catalog_;
  std::string region_;
  std::vector<const catalog::HopRow*> hops_;
  std::vector<const catalog::WorkRow*> works_;
  std::vector<std::vector<const Edge*>> in_, out_;
  std::set<std::string_view> ends_;
};

/// A port as the tables name it: `queue.self`, and `gateway.route` for every method.
[[nodiscard]] std::string port_key(const Architecture& architecture, const Port& port);

}  // namespace virga::passes
