// Which events an edge passes on, as programs say it: `where = { type = ["paid", "sent"]  data = { total = { above = 10 } }
// }`. A map goes deeper into the event, unless it is a test; what stands in a list are alternatives. The clouds' own
// languages are built alike and spelt otherwise, so each backend spells the tests and the names at the top.
#pragma once

#include "compiler/cloud/stack.h"
#include "compiler/diagnostics/sink.h"

#include <functional>
#include <utility>

namespace virga::cloud {

/// One alternative for a field.
struct EventTest {
  enum class How : std::uint8_t {
    equals,
    prefix,
    suffix,
    contains,
    wildcard,  ///< `*` stands for any text
    ignore_case,
    is_not,  ///< of the values
    not_prefix,
    not_suffix,
    exists,
    numbers,  ///< within the bounds
    network,  ///< an address within a CIDR block
  };
  enum class Bound : std::uint8_t { above, at_least, below, at_most };

  How how = How::equals;
  Values operands;  ///< one, but several of `is_not`; none of `numbers`
  std::vector<std::pair<Bound, double>> bounds;  ///< of `numbers`, the lower one first
  Span place;
  std::string words;  ///< as the program says it: `prefix`, `not = { suffix = … }`
};

struct EventField {
  std::vector<std::string> path;  ///< `data`, `total`
  std::vector<EventTest> any_of;
  Span place;
};

/// All fields must fit. Gives nothing when the pattern says nothing; what is no test is reported.
[[nodiscard]] std::vector<EventField> read_event_pattern(const virga::Value& where,
                                                         const std::function<Value(const virga::Value&)>& to_value,
                                                         diag::Sink& sink);

/// The pattern in a cloud's language: `first_name` says how the name at the top of a path is spelt, `test` one alternative.
[[nodiscard]] Object write_event_pattern(const std::vector<EventField>& fields,
                                         const std::function<std::string(const std::string&)>& first_name,
                                         const std::function<Value(const EventTest&)>& test);

}  // namespace virga::cloud
