// A name table: how the resources of one cloud's own engine are called and shaped for a Terraform provider. Data, made of
// backends/<cloud>/catalog/terraform/*.yaml by the build and read in both directions; docs/design-terraform.md says what
// each part means and shows it.
#pragma once

#include "compiler/cloud/stack.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace virga::terraform {

/// A plain value as it stands in a table.
struct Literal {
  enum class Kind : std::uint8_t { text, number, boolean, block } kind = Kind::text;
  std::string_view text;  ///< of a flag `true` or `false`; `{id}` in a text is the logical id of the resource
  double number = 0;
};

struct Pair {
  std::string_view first, second;
};
/// A word of the engine and the provider's for the same.
struct Word {
  Literal ours, theirs;
};
/// An argument that has this value unless a property says otherwise, or a path that leads to it; of kind `block` an empty
/// block that has to be there.
struct Always {
  std::string_view argument;
  Literal value;
};

/// What a property becomes. The keyword of the row in YAML has the same name.
enum class Shape : std::uint8_t {
  value,  ///< an argument
  json,  ///< an argument that holds JSON as text; with `of` under other names
  block,  ///< an object: one block
  blocks,  ///< a list of objects: a block for each
  parsed,  ///< such a list as a text of JSON
  keyed,  ///< an object of objects: a block for each, its key in the argument `key`
  object,  ///< an object: an argument of the same form with names of its own
  objects,  ///< a list of objects: an argument that holds a list of such objects
  flat,  ///< an object: its members stand where it would stand
  only,  ///< a list of exactly one: the value in it, or with `of` the members of the object in it
  single,  ///< a value: a list of one
  pairs,  ///< a list of objects of a key and a value: a map
  pivot,  ///< such a list whose keys name arguments, or paths that lead to them
  each,  ///< a list of a few values: an argument for each, in their order
  joined,  ///< several properties: one text, with `separator` between
  reference,  ///< as value; a reference to a resource of certain types is several arguments
  source,  ///< a value or an object: a data source or an ephemeral resource asked for what the argument needs
  implied,  ///< one value only, which the provider does not ask for
  follows,  ///< what the resource has that the property `to` refers to: the provider finds out by itself
  tagged,  ///< a value that the provider has no argument for: noted in the map `to` under `key`
  noted,  ///< a list of objects of a key and a value that it has no argument for: the text `a=b, c=d`
  file,  ///< the path of a packed file: argument, and a second one for its hash
  resource,  ///< an object or a value: a resource of its own
  resources,  ///< a list: a resource for each item
};

struct Row;
/// A reference that is said in several arguments: `type` as the engine calls it, argument → attribute.
struct Split {
  std::string_view type;
  std::span<const Pair> arguments;
};

/// A resource that belongs to another one.
struct Satellite {
  std::string_view type;  ///< the provider's
  /// argument → attribute of the resource it hangs from; `main.x` for one of the first resource.
  std::span<const Pair> link;
  std::span<const Always> always;
  std::span<const std::string_view> after;  ///< types of satellites of the same resource that must stand before
  /// Types that wait for this one too when they refer to the resource; `all` for every type.
  std::span<const std::string_view> awaited;
  std::span<const Satellite> companions;  ///< made with it; they say nothing of their own
};

struct Row {
  std::string_view property;  ///< empty for the whole of what a resource is made of
  Shape shape = Shape::value;
  std::string_view to;  ///< the argument or block; dots lead into blocks around it
  std::span<const Row> of;
  std::span<const Word> words;
  double times = 1;  ///< their number is ours times this
  std::string_view key, value;  ///< of pairs, noted and pivot; the key argument of keyed
  std::span<const Pair> names;  ///< of pivot: word → argument; of implied: a property beside it → the value that it implies
  std::span<const std::string_view> properties;  ///< of joined; of resource, when it is made of several
  std::span<const std::string_view> arguments;  ///< of each
  std::string_view separator, drop;  ///< of joined; what the text begins with and is left out
  std::span<const Split> splits;  ///< of reference
  std::span<const Always> always;  ///< written beside it
  std::string_view keyword, gives;  ///< of source: `data` or `ephemeral`; the attribute that holds what is wanted
  Literal literal;  ///< of implied
  /// Values that mean something else than they say, and what; of implied, tagged and noted. `*` is any value.
  std::span<const Pair> warns;
  std::string_view hash;  ///< of file: the argument of the hash
  Satellite satellite;  ///< of resource, resources; of source its type
  std::string_view argument;  ///< of source and resource: where a plain value goes
  std::string_view unless;  ///< a property beside it without which alone this one can be
};

struct Type {
  std::string_view type;  ///< the engine's
  std::string_view having;  ///< of several rows of one type: this is the one of resources that have this property
  std::string_view terraform;  ///< the provider's; empty for what is but a name of something (`local`)
  std::string_view ref;  ///< the attribute that `Ref` gives
  /// Of the engine → of the provider; with braces, a text with attributes and what the engine knows: `{arn}:*`, `{@region}`.
  std::span<const Pair> attributes;
  std::span<const Row> rows;
  std::span<const Always> always;
  std::span<const std::string_view>
      required;  ///< properties that the engine makes up when they are missing, the provider does not
  bool create_first = false;  ///< a replacement is made before the old one goes
  bool stays = false;  ///< the provider never takes it away: written for `keep`
  /// Of a type that Terraform has no resource for: the property that refers to the resource that has it, its attribute
  /// there, and what has to be said there for it.
  std::string_view local_property, local_attribute;
  std::span<const Always> marks;
  /// Properties that the provider wants on the resource that `marks_on` refers to.
  std::string_view marks_on;
  std::span<const Row> mark_rows;
  std::span<const Satellite> companions;  ///< always made with it: what the engine does by itself
  std::string_view impossible;  ///< why the provider cannot do this at all
  std::string_view nested;  ///< why a stack of the cloud's own engine makes it, within the configuration
  std::string_view nested_property;  ///< … only those with this value of this property; empty for all
  Literal nested_value;
  bool nested_above = false;  ///< … or with a number above it
  /// Arguments of a type that leaves a copy behind when it goes: what the copy is called, and the flag that none is wanted.
  std::string_view copy_name, copy_without;
  std::string_view about;  ///< of several types that are one to the provider: the type that this one refers to
  /// Arguments that a resource of this type sets from then on, if one refers to the resource and no property says them;
  /// what they begin with.
  std::string_view left_to;
  std::span<const Always> left;
};

/// The provider's resource that is a stack of the cloud's own engine.
struct Nested {
  std::string_view type;
  std::string_view name, body;  ///< its arguments: what it is called, and the template as text
  std::string_view parameters, key, value;  ///< the block for a parameter, and its arguments
  std::span<const Always> header;  ///< what the template begins with
};

/// What the engine knows by itself: `data.aws_region.current.region`.
struct Known {
  cloud::Pseudo pseudo;  ///< or
  std::string_view function;  ///< one that is called with an empty text: `Fn::GetAZs`
  std::string_view type;  ///< of the data source
  std::string_view path;  ///< below it: `region`, `regions.0.id`
  std::span<const Always> always;  ///< its arguments
};

struct Table {
  std::string_view cloud;
  std::string_view provider;  ///< `aws`
  std::string_view source;  ///< `hashicorp/aws`
  std::string_view version;  ///< the constraint
  std::string_view terraform_version;  ///< the constraint on Terraform itself
  bool keeps_on_replace = false;  ///< the engine says what happens on replacement as well
  std::span<const Pair> parameter_types;  ///< of the engine → of Terraform
  std::span<const Known> known;
  Nested nested;
  std::span<const Type> types;

  /// The row of a resource; null when there is none for its type, or for what it has.
  [[nodiscard]] const Type* find(const cloud::Resource& resource) const;
  /// The first row of a type.
  [[nodiscard]] const Type* find(std::string_view type) const;
};

/// What a row of shape implied stands for, by what stands beside it.
[[nodiscard]] cloud::Value implied_value(const Row& row, const cloud::Object& beside);

/// Whether a stack of the cloud's own engine makes this resource.
[[nodiscard]] bool is_nested(const Type& type, const cloud::Resource& resource);

}  // namespace virga::terraform
