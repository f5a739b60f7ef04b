// A name table: how resources of ROS are called and shaped in an s.yaml. Data, made of catalog/serverless_devs/*.yaml by the
// build and read in both directions; docs/design-serverless-devs.md says what each part means and shows it.
#pragma once

#include "compiler/cloud/document.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace virga::aliyun::serverless_devs {

/// A plain value as it stands in a table.
struct Literal {
  enum class Kind : std::uint8_t { text, number, boolean, empty_list } kind = Kind::text;
  std::string_view text;  ///< of a flag `true` or `false`
  double number = 0;
};

struct Pair {
  std::string_view first, second;
};
struct Always {
  std::string_view key;
  Literal value;
};

/// What a property becomes. The keyword of the row in YAML has the same name.
enum class Shape : std::uint8_t {
  value,  ///< the same value
  texts,  ///< a map of texts
  path,  ///< the path of a file, from the folder of the s.yaml; an object as `object`
  object,  ///< an object under names of its own
  objects,  ///< a list of such objects
  implied,  ///< one value only, which nobody asks for
};

struct Row {
  std::string_view property;
  Shape shape = Shape::value;
  std::string_view to;
  std::span<const Row> of;
  Literal literal;  ///< of implied
};

struct Type {
  std::string_view type;  ///< of ROS
  std::string_view component;  ///< a resource of its own, of this component; else
  std::string_view part;  ///< a key in the properties of the resource that it belongs to
  bool listed = false;  ///< there is a list of such parts
  std::string_view owner_property, owner_type;  ///< of a part: what refers to the one it belongs to, by its first attribute
  /// The logical id of a part, when nothing else is noted: `{Function}` is that of the owner without this ending,
  /// `{TriggerName}` the property, with a capital letter.
  std::string_view id;
  std::span<const Pair> attributes;  ///< of ROS → below `output` of the resource
  std::span<const Pair> attributes_if;  ///< property → the value with which there are attributes
  std::span<const Always> always;  ///< keys that stand there when no property says them
  std::span<const Row> rows;
};

struct Table {
  std::span<const Type> types;  ///< parts stand in this order

  [[nodiscard]] const Type* find(std::string_view type) const;
  [[nodiscard]] const Type* find_component(std::string_view component) const;
};

/// Made by the build.
[[nodiscard]] const Table& table();

[[nodiscard]] cloud::Document to_document(const Literal& literal);

}  // namespace virga::aliyun::serverless_devs
