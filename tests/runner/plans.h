// Plans: two programs, and what a deployment of the second over the first would do.
#pragma once

#include "tests/runner/program.h"

namespace virga::test {

/// A folder of tests/plans: `before.virga` (without it nothing stands), `after.virga`, and `expect.text`, `expect.md`,
/// `expect.json`, `expect.html`, `expect.svg`, `expect.long`, `expect.sh`, `expect.policy.json` as far as they are there;
/// `before.parts`, `after.parts` are the files of parts beside them. `// accept: MARK` in `after.virga` accepts a loss.
void check_plan(const std::filesystem::path& folder);

/// Over what already stands nothing changes, whether it is known from the program or from a record; carrying out a plan
/// gives what was wanted; the same plan twice gives the same bytes; a node that is renamed with `moved` loses nothing.
void check_plan_laws(const Program& program);

/// What is carried out over another program's stack gives what was wanted.
void check_plan_between(const Program& before, const Program& after);

}  // namespace virga::test
