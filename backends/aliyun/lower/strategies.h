// The strategies by name. Which of them may realise a kind or an edge, and in which order, the catalogue says
// (catalog/kinds.yaml, catalog/edges.yaml); a test holds the two together.
#pragma once

#include "backends/aliyun/lower/lowering.h"

#include <span>
#include <string_view>

namespace virga::aliyun {

struct KindStrategy {
  std::string_view name;
  bool (*when)(const Lowering&, const Node&);  ///< null: always
  std::string_view why;
  void (*realise)(Lowering&, const Node&);
};

struct EdgeStrategy {
  std::string_view name;
  std::string_view why;
  void (*realise)(Lowering&, const Edge&);
  bool (*when)(const Lowering&, const Edge&) = nullptr;  ///< null: always
};

[[nodiscard]] std::span<const KindStrategy> kind_strategies();
[[nodiscard]] std::span<const EdgeStrategy> edge_strategies();
[[nodiscard]] const KindStrategy* find_kind_strategy(std::string_view name);
[[nodiscard]] const EdgeStrategy* find_edge_strategy(std::string_view name);

/// The strategy that an edge is realised by: the first of its row that fits, else the last, which then says why not.
[[nodiscard]] const EdgeStrategy* strategy_of(const Lowering& l, const Edge& edge, const catalog::EdgeRow& row);
/// The strategy that a node is realised by: the first of its row that fits. Null when the row has none.
[[nodiscard]] const KindStrategy* strategy_of(const Lowering& l, const Node& node);

/// The format that is lowered for, as messages name it.
[[nodiscard]] std::string format_title(const Lowering& l);
/// "`aliyun.terraform`": the targets of this cloud whose row of the kind has the strategy.
[[nodiscard]] std::string targets_with(std::string_view kind, std::string_view strategy);

}  // namespace virga::aliyun
