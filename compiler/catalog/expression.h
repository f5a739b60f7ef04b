// How much of something is paid for, as the tables of costs say it: `starts * up(takes, fact:ID) * node.memory`. A small
// language of products, sums and a few functions, without numbers: those are facts of the catalogue.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace virga::catalog {

struct Expression {
  enum class Op : std::uint8_t { word, multiply, divide, add, call };
  Op op = Op::word;
  std::string_view word;  ///< a name, a term such as `node.memory` or `fact:id`, or of a call the function's name
  std::vector<Expression> arguments = {};
};

/// What the text means, or why it means nothing. The words point into the text.
[[nodiscard]] std::variant<Expression, std::string> parse_expression(std::string_view text);

/// The functions, each with the number of its arguments; 0: one or more.
struct Function {
  std::string_view name;
  std::size_t arguments;
};
inline constexpr Function kFunctions[] = {
    {"up", 2},  // rounded up to steps, one at least
    {"units", 2},  // begun steps; of what nobody says the size of, one
    {"over", 2},  // what goes beyond
    {"grouped", 2},  // so many may go together, or each by itself
    {"upto", 1},  // anything between nothing and this
    {"first", 0},  // the first that says something
};

/// Words that stand for what the graph and the calendar say.
inline constexpr std::string_view kOfNodes[] = {"starts", "comes", "takes"};
inline constexpr std::string_view kOfEdges[] = {"starts", "each", "payload"};
inline constexpr std::string_view kOfCalendar[] = {"seconds", "hours", "days", "month"};

}  // namespace virga::catalog
