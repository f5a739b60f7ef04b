// Programs that are parted into several stacks.
#pragma once

#include "tests/runner/program.h"

namespace virga::test {

/// With a limit of a few resources for one stack, where the program is not smaller than that: each stack keeps it; what one
/// takes of another, that one gives, and comes before it; put together they are the one stack, no resource lost or twice.
/// What was placed is placed there again, and one more function moves nothing.
void check_parts(const Program& program);

}  // namespace virga::test
