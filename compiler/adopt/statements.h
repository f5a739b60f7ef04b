// What a statement allows → the edges that say it. Used by raise_*.cpp and check_told.cpp only.
#pragma once

#include "compiler/adopt/table.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace virga::adopt {

struct AllowedEdge {
  const Row* row;  ///< tells both ports
  std::string target;  ///< id of the resource that stands for the node
};

struct AllowedBy {
  std::vector<AllowedEdge> edges;
  std::vector<std::string> unsaid;  ///< actions that no edge says
  std::vector<std::string> partly;  ///< patterns of which edges say some: `dynamodb:*`
  bool elsewhere = false;  ///< some of it on what is no node
};

/// The row of the node that a resource stands for; null when it stands for none.
using RowOf = std::function<const Row*(std::string_view id)>;

/// The nodes of a stack, by what refers to them and by the names that they have on the cloud.
class StackNodes {
 public:
  StackNodes(const cloud::Stack& stack, RowOf row_of);
  /// The id of the only node that a value leads to, if it is of the kind: it refers to it, or its name is a word of the
  /// value, `orders` of `x:y:eu-west-1:1234:table/orders/index/*`. Empty for any other.
  [[nodiscard]] std::string reached(const cloud::Value& value, std::string_view kind) const;

 private:
  RowOf row_of_;
  std::map<std::pair<std::string, std::string>, std::set<std::string>> named_;  ///< kind and name → ids
};

/// By the rows of edges from a node of that kind that have a `when`; those are about statements.
[[nodiscard]] AllowedBy allowed_by(const cloud::Object& statement, const Table& table, std::string_view kind,
                                   const StackNodes& nodes);

[[nodiscard]] std::vector<std::string> words_of(std::string_view list);  ///< `read list`
[[nodiscard]] bool is_pattern(std::string_view word);  ///< `s3:Get*`
/// Whether a word is meant by a pattern: `s3:Get*`, of which letters in upper and lower case are the same.
[[nodiscard]] bool is_meant(std::string_view pattern, std::string_view word);

}  // namespace virga::adopt
