// What functions may do: the statements of their own policies, of their roles, and of the policies that are tied to those.
#pragma once

#include "compiler/cloud/statements.h"

namespace virga::aws::permissions {

/// For Dialect::statements_of.
[[nodiscard]] cloud::Statements statements_of(const cloud::Stack& stack);

}  // namespace virga::aws::permissions
