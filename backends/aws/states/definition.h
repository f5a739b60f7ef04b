// Where the definition of a state machine stands: in the template, as a map or as text, or in a file that the template
// names.
#pragma once

#include "compiler/cloud/told.h"

namespace virga::aws::states {

struct Definition {
  std::optional<cloud::Object>
      said;  ///< with its substitutions in place: `${StockArn}` is the value that the template gives for it
  std::string lacks;  ///< why it is not here
  std::string missing;  ///< the file that would hold it
};
/// Nothing for what is no state machine.
[[nodiscard]] std::optional<Definition> definition_of(const cloud::Resource& resource, const cloud::NamedText& files);

}  // namespace virga::aws::states
