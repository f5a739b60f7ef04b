// Where an outcome goes, and what telling it needs.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

struct Destination {
  enum class Kind : std::uint8_t { function, queue, topic, bus, bucket };
  Kind kind = Kind::function;
  cloud::Value arn;
  cloud::Value url;  ///< of a queue
  std::vector<std::string> actions;
  cloud::Value resource;  ///< on which the actions are allowed
};

/// The target of a `success` or `failure` edge. FIFO targets and those of another region are reported.
[[nodiscard]] Destination destination_of(Lowering& lowering, const Edge& edge);

}  // namespace virga::aws
