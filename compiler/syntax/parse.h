// text → tree. Takes any valid UTF-8; reports every syntax mistake it can tell apart and still returns the rest.
#pragma once

#include "compiler/diagnostics/sink.h"
#include "compiler/syntax/tree.h"

namespace virga::syntax {

/// After errors the tree holds what could be read: a broken expression is an ErrorExpr, a broken statement is left
/// out. Nesting deeper than the parser allows, or a text too large, is one error and an empty tree.
[[nodiscard]] File parse(const SourceFile& source, diag::Sink& sink);

}  // namespace virga::syntax
