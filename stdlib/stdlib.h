// The standard library: kinds and patterns in the language itself, and the code that patterns ship.
#pragma once

#include "compiler/source/embedded.h"

namespace virga::stdlib {

/// `core.virga`, `notify.virga`, `code/notify/index.js`, …; sorted by path.
[[nodiscard]] std::span<const EmbeddedFile> files();

}  // namespace virga::stdlib
