// Templates that another template names as files beside it: each becomes an app of its own.
#pragma once

#include "compiler/cloud/backend.h"
#include "compiler/cloud/intrinsics.h"

namespace virga::driver {

struct Nested {
  std::string id, type;  ///< of the resource that stands for it in the outer template
  std::string path;  ///< of its file, from the folder of the outer one
  std::string name;  ///< for its app, and the folder of that
  const SourceFile* file = nullptr;  ///< null when it is not there
  bool known = false;  ///< it is a template of a format that is known here
  /// What passes between the two, which apps say otherwise: parameters that are not constant, outputs that are asked for.
  std::vector<std::string> between;
  std::vector<std::string> given;  ///< parameters that are constant
};

/// In the order of the resources. What lies above the folder of the template, or at an address, is none.
[[nodiscard]] std::vector<Nested> nested_in(const cloud::Stack& stack, const cloud::Dialect& dialect,
                                            const cloud::NamedFiles& named);

}  // namespace virga::driver
