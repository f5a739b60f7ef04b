// How much of something is used in a month: the expressions of the table of costs against what the graph says.
#pragma once

#include "compiler/catalog/expression.h"
#include "compiler/passes/rates.h"

#include <string>
#include <vector>

namespace virga::cost {

using passes::Between;

constexpr double kHoursInMonth = 730;  // 365 days of 24 hours in twelve parts: what vendors' calculators take
constexpr double kSecondsInHour = 3600;
constexpr double kHoursInDay = 24;

enum class Missing : std::uint8_t {
  nothing,
  load,  ///< how much comes, nobody says
  value,  ///< an attribute is not said, or known only at deployment
};

/// Durations count in seconds, sizes in GB, CPUs in virtual CPUs, rates in things per second.
struct Amount {
  Between value;
  bool whole = true;  ///< else there may be more
  bool by_load = false;  ///< it grows with what comes
  bool assumed = false;  ///< something counts as one unit, because nobody says how large it is
  Missing missing = Missing::nothing;
  std::string what;  ///< what is not said: `node.holds`
  std::vector<const catalog::Fact*> facts;  ///< on which it rests
};

/// What a row is about: an edge, or a node.
struct Subject {
  const Node* node = nullptr;  ///< null of an edge
  const Edge* edge = nullptr;
};

class Quantities {
 public:
  Quantities(const passes::Model& model, const passes::Rates& rates) : model_(&model), rates_(&rates) {}

  [[nodiscard]] Amount of(std::string_view expression, const Subject& subject) const;
  /// `node.nat`: said, and neither `false` nor 0; `node.engine=mysql`: said to be that.
  [[nodiscard]] bool holds(std::string_view condition, const Subject& subject) const;

 private:
  [[nodiscard]] Amount of(const catalog::Expression& e, const Subject& subject) const;
  [[nodiscard]] Amount word(std::string_view word, const Subject& subject) const;
  [[nodiscard]] Amount call(const catalog::Expression& e, const Subject& subject) const;
  [[nodiscard]] Amount fact(std::string_view id) const;
  [[nodiscard]] Amount takes(const Node& node) const;
  /// The largest message, declared at the edge or handed on to it as it is.
  [[nodiscard]] std::optional<double> payload(const Edge& edge, std::size_t depth = 0) const;
  [[nodiscard]] const Value* find(std::string_view term, const Subject& subject) const;

  const passes::Model* model_;
  const passes::Rates* rates_;
};

}  // namespace virga::cost
