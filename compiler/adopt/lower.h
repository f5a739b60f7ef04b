// Architecture → stack, for a cloud on which the app was adopted: what the program says stands in the template where its
// makers had put it, and nothing is added. The tables of adopted.yaml do the work, which also take such a template apart.
#pragma once

#include "compiler/cloud/backend.h"
#include "compiler/cloud/intrinsics.h"

namespace virga::adopt {

/// Whether the app was adopted on that cloud.
[[nodiscard]] inline bool is_adopted(const Architecture& architecture, std::string_view cloud) {
  return architecture.app.adopted.contains(cloud);
}

/// What has no place in such a template is a finding: `adopt/…`. `dialect` is the engine's, without sections of its own.
[[nodiscard]] cloud::Lowered lower(const cloud::LowerRequest& request, const cloud::Backend& backend,
                                   const cloud::Dialect& dialect, diag::Sink& sink);

/// Two stacks that say the same in other words become equal: functions of the engine are read as such.
[[nodiscard]] cloud::Stack normalised(const cloud::Stack& stack, const cloud::Dialect& dialect);

}  // namespace virga::adopt
