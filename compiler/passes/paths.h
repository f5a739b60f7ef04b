// Paths, and how a finding draws one.
#pragma once

#include "compiler/passes/model.h"

#include <string>
#include <vector>

namespace virga::passes {

/// Whether the way ends at the port that an edge leads to: reading changes nothing, calling back what waits for it lets it
/// go on, and what is sent to whoever is connected, or ends a connection, reaches people outside. None of them begins
/// anything here.
[[nodiscard]] bool begins_nothing(const Edge& edge);

/// So many steps of a path are shown at most: nobody reads more, and a hostile program has as many as it likes.
constexpr std::size_t kLongestPath = 12;

/// A shortest row of calls (`->`) that ends with `last`, from somebody whom nobody calls; of a longer one, its end.
[[nodiscard]] std::vector<const Edge*> calls_to(const Model& model, const Edge& last);

/// The source of an edge as the program writes it: `public GET "/x"`, `orders`, `buy "charge"`.
[[nodiscard]] std::string source_text(const Architecture& architecture, const Edge& edge);

/// One line of a drawing: who, and what is said beside.
struct Stop {
  std::string who;
  std::string says;
};

/// A path as lines below each other, each a step further in, with what is said in one column:
///   public GET "/x"       waits at most 30s
///   └─ reader             may run 10m
/// `title` stands above it.
[[nodiscard]] std::string draw(std::string_view title, const std::vector<Stop>& stops);

}  // namespace virga::passes
