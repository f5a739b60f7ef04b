// virga check --fix: what the certain fixes of findings change.
#pragma once

#include "compiler/cli/command.h"

#include <functional>

namespace virga::cli {

/// Opens and checks with some texts changed, the path from the root → the text: an exit code, and the session.
using CheckWith = std::function<int(std::map<std::string, std::string> changed, std::unique_ptr<Session>& session)>;

/// Checks, applies every certain fix, and again until none is left; then writes the files, all or none, and says what it
/// changed. `session` and the exit code are those of the last check.
[[nodiscard]] int fix_and_check(const CheckWith& check, bool write, Form form, std::unique_ptr<Session>& session);

}  // namespace virga::cli
