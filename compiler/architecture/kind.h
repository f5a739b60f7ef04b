// Kinds and their types, as declared in the standard library and in programs.
#pragma once

#include "compiler/architecture/value.h"
#include "compiler/syntax/tree.h"

namespace virga {

struct AttributeSpec;

/// The type of an attribute, a parameter or an output.
struct Type {
  enum class Tag : std::uint8_t {
    any,
    boolean,
    string,
    integer,
    number,
    quantity,
    path,
    region,
    secret,
    list,
    map,
    record,
    range,
    enumeration,
    node,
    any_node,
  };
  Tag tag = Tag::any;
  bool optional = false;
  Dimension dimension = Dimension::duration;  ///< of a quantity
  std::string name;  ///< of a node: the kind; of a named type: its name
  std::vector<Type> arguments;  ///< list, map: the item's; range: of the value that may stand alone
  std::vector<std::string> members;  ///< enumeration
  std::vector<AttributeSpec> fields;  ///< record; range: `least` and `most`
};

struct AttributeSpec {
  std::string name;
  std::string doc;
  Type type;
  const syntax::Expr* fallback = nullptr;  ///< the default's text
  std::optional<Value> value;  ///< the default, when it is known without a node
  std::optional<Value> min, max;
  std::string pattern;
  std::string cloud;  ///< said only to one cloud; empty for all
  bool late = false;  ///< may be known only at deployment: `{ late = true }`
  bool everywhere = false;  ///< every kind has it, on every cloud
  /// Attributes of the same kind that say the same otherwise, so that exactly one is given (`{ or = every }`), or that
  /// contradict this one (`{ excludes = keys }`).
  std::vector<syntax::Name> instead, excludes;
  Span span;
  [[nodiscard]] bool required() const { return fallback == nullptr && !type.optional; }
};

/// A range of that: one value, or `least` and `most`.
[[nodiscard]] Type range_of(Type item, Span declared);

struct PortSpec {
  std::string name;  ///< `self` is the node itself
  std::string doc;
  syntax::PortSide side = syntax::PortSide::source;
  std::string argument;  ///< what the text after the port means; empty when it takes none
  bool call = false, hand_over = false;
  std::vector<AttributeSpec> properties;
  Span span;
};

struct OutputSpec {
  std::string name;
  std::string doc;
  Type type;
};

struct Kind {
  std::string name;  ///< qualified by its module: `function`, `notify.dingtalk`
  std::string module;  ///< empty for the core
  std::string doc;
  std::vector<AttributeSpec> attributes;
  std::vector<PortSpec> ports;
  std::vector<OutputSpec> outputs;
  const syntax::KindDecl* declaration = nullptr;
  bool primitive = true;  ///< no nodes of its own: a cloud lowers it
  Span span;

  [[nodiscard]] const AttributeSpec* attribute(std::string_view name) const;
  [[nodiscard]] const PortSpec* port(std::string_view name, syntax::PortSide side) const;
};

/// `list(string)?` as the language writes it.
[[nodiscard]] std::string to_text(const Type& type);

}  // namespace virga
