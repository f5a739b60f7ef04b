// Values of a stack → expressions of the language.
#pragma once

#include "compiler/adopt/convert.h"
#include "compiler/adopt/table.h"
#include "compiler/adopt/words.h"
#include "compiler/cloud/intrinsics.h"

#include <map>

namespace virga::adopt {

/// What a reference of the template leads to.
struct Named {
  std::string name;
  const Row* row = nullptr;  ///< of a node; null for a raw resource
  const cloud::Object* properties = nullptr;  ///< of the resource; null when none stands for it
};

class Expressions {
 public:
  Expressions(const catalog::Catalog& catalog, const cloud::Dialect& dialect) : catalog_(catalog), dialect_(dialect) {}

  std::map<std::string, Named, std::less<>> nodes;  ///< by id
  std::map<std::string, std::string, std::less<>> params;  ///< by name in the template
  /// What resources give that the engine makes beside nodes, `WebUrl.FunctionUrl`: the id of the node, and its output.
  std::map<std::string, std::pair<std::string, std::string>, std::less<>> neighbours;
  std::string sources;  ///< leads from the folder of the program to that of the template

  /// Any value. What the language has no expression for stands as the map that the template would hold.
  [[nodiscard]] std::string any(const cloud::Value& value) const;
  /// A value that is text; nothing when only such a map could say it.
  [[nodiscard]] std::optional<std::string> text(const cloud::Value& value) const;
  /// `{ a = 1 }`, over several lines when it is long.
  [[nodiscard]] std::string any(const cloud::Object& object) const;
  /// Name of the node of a kind that a value refers to by an output; empty when it does not.
  [[nodiscard]] std::string node(const cloud::Value& value, std::string_view kind, std::string_view output) const;
  /// Name of the only node of a kind that a value refers to in any way; empty when there is none, or several.
  [[nodiscard]] std::string only_node(const cloud::Value& value, std::string_view kind) const;
  [[nodiscard]] Reading reading() const;

 private:
  [[nodiscard]] std::optional<std::string> reference(const cloud::Value& value) const;
  [[nodiscard]] std::optional<std::string> of_neighbour(const cloud::GetAtt& att) const;
  /// The parts of a text, with what its makers composed of a node in one piece.
  [[nodiscard]] cloud::Values composed_of(const cloud::Values& parts) const;
  [[nodiscard]] std::string call(std::string_view function, const std::string& argument) const;

  const catalog::Catalog& catalog_;
  const cloud::Dialect& dialect_;
};

}  // namespace virga::adopt
