// What signs people in is called by.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// Who issues the tokens, as they say themselves.
[[nodiscard]] cloud::Value users_issuer(Lowering&, const Node& users);
/// For whom they are issued.
[[nodiscard]] cloud::Value users_client(Lowering&, const Node& users);

}  // namespace virga::aws
