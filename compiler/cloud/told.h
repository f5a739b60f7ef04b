// What a document in a language of its own tells of a node: the steps of a state machine, the routes of a gateway. A
// template holds such a document, or names its file; the cloud reads it (Dialect::tell), and the importer says what it tells
// in the program.
#pragma once

#include "compiler/architecture/value.h"
#include "compiler/cloud/stack.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace virga::cloud {

/// `name = value`, in the order in which they are said.
using ToldValues = std::vector<std::pair<std::string, virga::Value>>;

struct ToldEdge {
  std::string part;  ///< as the document names it
  std::string port, argument;  ///< at the node: `step`, `pay`
  bool hand_over = false;
  Value target;  ///< refers to the only node that the edge leads to
  std::string_view kind;  ///< of that node
  std::string to_port;  ///< empty: the node itself
  ToldValues properties;
};

/// What is not the same when the program says it.
struct ToldChange {
  std::string part;  ///< empty: of all of it
  std::string_view fate;  ///< as in leaving.yaml
  std::string says;
};

struct Told {
  std::vector<ToldEdge> edges;
  ToldValues attributes;  ///< of the node
  std::vector<ToldChange> changes;
  /// Each edge counts by itself, as a route does; else one that cannot be said keeps all of them from it.
  bool each_alone = false;
  std::string lacks;  ///< why the language cannot say it, or the document is not here; then nothing else is told
  std::string missing;  ///< the file that is not here
};

/// The text of a file that a template names, by its path from there; null when there is none.
using NamedText = std::function<const std::string*(std::string_view path)>;

/// Nothing for a resource without such a document. Others in the stack may stand for what it tells: the routes of a gateway.
using Tell = std::optional<Told> (*)(const Resource& resource, const Stack& stack, const NamedText& files);

}  // namespace virga::cloud
