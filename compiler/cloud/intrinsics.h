// Values of a stack ↔ values of a template, for the family of template engines that write references as
// `{Ref: X}`, `{Fn::GetAtt: [X, Y]}` and `{Fn::Sub: "…${X}…"}`. Mechanical in both directions: what one writes, the
// other reads as the same value. What differs between the engines of the family is a Dialect.
#pragma once

#include "compiler/cloud/document.h"
#include "compiler/cloud/stack.h"
#include "compiler/cloud/statements.h"
#include "compiler/cloud/told.h"

#include <set>
#include <span>
#include <string>
#include <string_view>

namespace virga::cloud {

/// How one engine spells what all of the family have. The defaults are the common spelling; a backend sets the rest.
struct Dialect {
  struct PseudoName {
    Pseudo pseudo;
    std::string_view name;
  };

  std::string_view cloud;  ///< of the stacks that are read
  std::string_view version_key, version;  ///< the first line of a template
  std::span<const PseudoName> pseudos;
  /// `!Ref X` instead of `Ref: X`.
  bool short_tags = false;
  /// `Fn::Sub` writes a literal `${` as `${!`. Where it does not, text that holds one is joined instead.
  bool sub_escapes = false;
  /// Whether a number or a boolean is another value than its text to the engine: `true` is not `"true"`, and 2.0 is 2.
  bool typed = false;

  std::string_view ref = "Ref", get_att = "Fn::GetAtt", sub = "Fn::Sub", join = "Fn::Join", choose = "Fn::If";
  std::string_view condition = "Condition";  ///< a condition inside another one; also a key of resources and outputs

  std::string_view description = "Description", parameters = "Parameters", conditions = "Conditions",
                   resources = "Resources", outputs = "Outputs";
  /// Sections that the backend reads and writes by itself.
  std::span<const std::string_view> own_sections;

  /// The type of a parameter that is true or false; empty where texts stand for it.
  std::string_view boolean;
  std::string_view type = "Type", fallback = "Default", allowed = "AllowedValues", pattern = "AllowedPattern",
                   min = "MinValue", max = "MaxValue", min_length = "MinLength", max_length = "MaxLength", secret = "NoEcho";

  std::string_view properties = "Properties", depends_on = "DependsOn", metadata = "Metadata";
  /// Keys and words of what happens to a resource that leaves the stack or is replaced; empty where there is none.
  std::string_view on_removal = "DeletionPolicy", on_replace;
  std::string_view keep = "Retain", remove = "Delete", snapshot;

  std::string_view value = "Value", export_key, export_name = "Name";

  /// Reads documents in languages of the vendor's own; null where it has none.
  Tell tell = nullptr;
  /// Finds the statements that allow resources something; null where no template has any.
  StatementsOf statements_of = nullptr;
  /// Types that stand for a template of its own, and the properties that name its file and give its parameters.
  struct Nested {
    std::string_view type, file, parameters;
  };
  std::span<const Nested> nested;

  [[nodiscard]] std::string_view name_of(Pseudo pseudo) const;
  [[nodiscard]] const PseudoName* find_pseudo(std::string_view name) const;
};

/// Names that `Ref` takes for parameters; every other name is a resource.
using ParameterNames = std::set<std::string, std::less<>>;

[[nodiscard]] Document to_document(const Value& value, const Dialect& dialect);
[[nodiscard]] Document to_document(const Object& object, const Dialect& dialect);

enum class Place : std::uint8_t { property, condition };
/// Total: a function that is not understood, or has not the arguments it should have, is kept as a Call. `Place` tells
/// whether `{Condition: X}` is a reference to a condition or a plain map.
[[nodiscard]] Value from_document(const Document& document, const Dialect& dialect, const ParameterNames& parameters,
                                  Place place = Place::property);

/// Whether the engines of the family take a map with this one key for a function.
[[nodiscard]] bool names_function(std::string_view key);

}  // namespace virga::cloud
