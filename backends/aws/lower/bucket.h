// What others ask of a bucket.
#pragma once

#include "backends/aws/lower/lowering.h"

namespace virga::aws {

/// Adds a statement to the bucket's policy, of which it has one only.
void add_to_policy(Lowering&, const Node& bucket, cloud::Object statement);

}  // namespace virga::aws
