// What a task of a state machine does: which service it asks, for what, and with what.
#pragma once

#include "backends/aws/states/data.h"
#include "compiler/cloud/told.h"

namespace virga::aws::states {

struct Task {
  std::string lacks;  ///< why no step does it; empty: one does
  cloud::Value target;  ///< refers to what it asks
  std::string_view kind;  ///< of that
  std::string to_port;
  bool hand_over = false, callback = false;
  Data sent;  ///< what it is given
  Data result;  ///< what it gives, before it is put anywhere
  cloud::ToldValues properties;  ///< that only some targets have
  std::vector<std::string> changes;  ///< what the step does not say
};

/// `input`: what the state's parameters are made of. `step`: the name under which the flow's document gets a result.
[[nodiscard]] Task read_task(const cloud::Object& state, const Data& input, const Around& around, const std::string& step);

}  // namespace virga::aws::states
