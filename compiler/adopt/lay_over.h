// What is said in the engine's own words, laid over what attributes and edges say.
#pragma once

#include "compiler/cloud/stack.h"

namespace virga::adopt {

/// Maps go into each other, items of lists that both name stand once, in the order of `more`; of everything else `more`
/// counts. Its nulls take away.
void lay_over(cloud::Object& properties, const cloud::Object& more);

}  // namespace virga::adopt
