// An app's stack as pieces that take values from each other, and the groups of them that cannot be apart.
#pragma once

#include "compiler/architecture/architecture.h"
#include "compiler/cloud/stack.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace virga::partition {

/// What is put into a stack as a whole: what one node became, what the edges from one node to another became, or one
/// resource of the app's own.
struct Piece {
  std::string name;  ///< as the file of parts has it: `orders`, `orders > billing`, `(LogProject)`
  bool edge = false;
  Span span;
  std::vector<std::size_t> resources;  ///< places in the stack
};

/// The main value or an attribute of a resource, which other groups take.
struct Given {
  std::string resource, attribute;  ///< attribute: empty for the main value
  std::size_t giver = 0;  ///< group
  std::set<std::size_t> takers;  ///< other groups
};

/// Pieces that need each other in a circle, and those that a resource under a condition ties together.
struct Group {
  std::vector<std::size_t> pieces;
  std::size_t resources = 0;
  std::size_t bytes = 0;  ///< at a guess
  std::set<std::string> parameters;
  std::set<std::size_t> needs;  ///< groups that must stand before
  std::map<std::size_t, std::size_t> links;  ///< groups that it needs or that need it → how often
  std::vector<std::size_t> gives, takes;  ///< places in Graph::values
};

struct Graph {
  std::vector<Piece> pieces;  ///< in the order of the stack
  std::vector<Group> groups;  ///< in the order of their first pieces
  std::vector<std::size_t> group_of;  ///< for each piece
  std::vector<Given> values;
  std::vector<std::size_t> piece_of;  ///< for each resource of the stack
};

/// `bytes`: how large the template of the whole stack is.
[[nodiscard]] Graph graph_of(const cloud::Stack& stack, const Architecture& architecture, std::size_t bytes);

/// The pieces of a stack, with nothing known of what they need; and for each resource its piece.
[[nodiscard]] std::vector<Piece> pieces_of(const cloud::Stack& stack, const Architecture& architecture,
                                           std::vector<std::size_t>& piece_of);

}  // namespace virga::partition
