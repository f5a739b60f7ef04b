// What a statement allows → the edges that say it. Used by raise_*.cpp and check_told.cpp only.
#pragma once

#include "compiler/adopt/table.h"

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

/// By the rows of edges from a node of that kind that have a `when`; those are about statements.
[[nodiscard]] AllowedBy allowed_by(const cloud::Object& statement, const Table& table, std::string_view kind,
                                   const cloud::Stack& stack, const RowOf& row_of);

[[nodiscard]] std::vector<std::string> words_of(std::string_view list);  ///< `read list`
[[nodiscard]] bool is_pattern(std::string_view word);  ///< `s3:Get*`
/// Whether a word is meant by a pattern: `s3:Get*`, of which letters in upper and lower case are the same.
[[nodiscard]] bool is_meant(std::string_view pattern, std::string_view word);

}  // namespace virga::adopt
