// One property ↔ one attribute: units, words, clocks. What `as` of a row says, in both directions.
#pragma once

#include "compiler/architecture/kind.h"
#include "compiler/catalog/catalog.h"
#include "compiler/cloud/stack.h"

#include <functional>

namespace virga::adopt {

/// What a conversion asks of the stack that is written.
struct Writing {
  const catalog::Catalog& catalog;
  std::function<cloud::Value(const virga::Value&)> value;  ///< any value, as it is
  std::function<std::optional<cloud::Value>(NodeId, std::string_view output)> node;  ///< what stands for a node
  std::function<std::string(const std::string&)> path;  ///< a path of the program, as the template has it
};
/// The property that says an attribute; nothing when no value of the property does.
[[nodiscard]] std::optional<cloud::Value> to_property(const virga::Value& attribute, std::string_view as,
                                                      const Writing& how);

/// And of the program that is made of a stack.
struct Reading {
  const catalog::Catalog& catalog;
  /// An expression of the language for any value; nothing when it has none that may stand where text is wanted.
  std::function<std::optional<std::string>(const cloud::Value&)> text;
  std::function<std::string(const cloud::Value&)> any;  ///< the same where everything is taken
  /// The name of the node of that kind that a value refers to by that output; empty when it refers to none.
  std::function<std::string(const cloud::Value&, std::string_view kind, std::string_view output)> node;
  /// A path of the template, as the program has it; none: the same.
  std::function<std::string(const std::string&)> path = {};
};
/// The attribute of that type that a property says, as an expression of the language; nothing when none does.
[[nodiscard]] std::optional<std::string> to_attribute(const cloud::Value& property, std::string_view as, const Type& type,
                                                      const Reading& how);

/// A text, a flag or a number as text; nothing for anything else. 1.0 is `1.0`, and no `1`.
[[nodiscard]] std::optional<std::string> scalar_text(const cloud::Value& value);

/// A value that a row writes out: `true` and `false` are flags.
[[nodiscard]] cloud::Value constant(std::string_view text);

/// `also Path=value` in `as`: what stands there besides; taken out of `as`.
struct Besides {
  std::string_view property, value;
};
[[nodiscard]] std::optional<Besides> besides(std::string_view& as);
/// The constant of `absent VALUE`, which stands where the attribute is left out; empty when `as` says something else.
[[nodiscard]] std::string_view when_absent(std::string_view as);
/// The path with what attributes say in place of `@attribute` in it; nothing when one of them says nothing.
[[nodiscard]] std::optional<std::string> resolved(std::string_view path,
                                                  const std::function<std::string(std::string_view attribute)>& text);

/// A path that is relative to one folder, relative to another: `way` leads there, with a slash at its end. What names no
/// file of this disk stays as it is.
[[nodiscard]] std::string moved_path(const std::string& path, const std::string& way);

}  // namespace virga::adopt
