// The units in which the properties of CloudFormation count.
#pragma once

#include "compiler/architecture/value.h"

#include <string_view>

namespace virga::aws {

enum class Unit : std::uint8_t {
  milliseconds,
  seconds,
  minutes,
  hours,
  days,
  bytes,
  megabytes,
  per_second,
  fraction,
  percent,
  virtual_cpus
};

/// "seconds", as descriptions of parameters and findings say it.
[[nodiscard]] std::string_view name(Unit unit);
/// How much of a quantity's base unit one `unit` is: a second is 1,000 milliseconds.
[[nodiscard]] double amount(Unit unit);
/// The unit in which a parameter is asked for when nothing says which one is needed.
[[nodiscard]] Unit usual_unit(Dimension dimension);
/// Fractions are allowed: rates and shares.
[[nodiscard]] bool divisible(Unit unit);

}  // namespace virga::aws
