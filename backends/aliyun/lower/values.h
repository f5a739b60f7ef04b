// Values of the language → values of the template.
#pragma once

#include "backends/aliyun/lower/lowering.h"

namespace virga::aliyun {

/// In what a property counts.
enum class Unit : std::uint8_t { milliseconds, seconds, days, bytes, megabytes, vcpu, fraction };

/// Text, numbers, lists, maps and references as they stand; a quantity in the unit in which parameters count it.
[[nodiscard]] cloud::Value to_value(Lowering& l, const Value& value);
/// A quantity in the unit of a property. What is no whole number of it is rounded up, and the decision says so.
/// A parameter that counts in another unit is converted at deployment.
[[nodiscard]] cloud::Value measured(Lowering& l, const Value& value, Unit unit, std::string_view what);
/// The attribute of that name; the attribute is known to be there (it has a default).
[[nodiscard]] cloud::Value measured(Lowering& l, const Attributes& attributes, std::string_view name, Unit unit);

/// A value of the template that may hold `{Ref: X}` or `{Fn::GetAtt: …}` as maps, as raw resources do: read as what it
/// means.
[[nodiscard]] cloud::Value with_functions(Lowering& l, cloud::Value value);

/// In what a parameter of this type counts, for people: "seconds"; empty when it is no quantity.
[[nodiscard]] std::string_view unit_of_parameter(const Type& type);

/// Text for people in a property that takes only so many characters: what is too long is cut, and the decision says so.
[[nodiscard]] cloud::Value at_most(Lowering& l, cloud::Value text, std::string_view fact);

/// JSON on one line, for properties that hold a document as text. The value must be known at compile time.
[[nodiscard]] std::string json_text(const Value& value);

}  // namespace virga::aliyun
