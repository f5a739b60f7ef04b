// Where the definition of a state machine stands: in the template, as a map or as text, or in a file that the template
// names.
#pragma once

#include "compiler/cloud/told.h"

namespace virga::aws::states {

/// The definition with its substitutions in place: `${StockArn}` is the value that the template gives for it. Nothing for
/// what is no state machine, or whose definition is not here.
[[nodiscard]] std::optional<cloud::Object> definition_of(const cloud::Resource& resource, const cloud::NamedText& files);

}  // namespace virga::aws::states
