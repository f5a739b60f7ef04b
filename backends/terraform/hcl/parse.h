// HCL text → tree: the native syntax of HCL 2 as Terraform reads it.
//
// Understood in full: bodies, blocks, all operators, texts with interpolations, heredocs. Kept as written, because nothing
// here evaluates them: `for` expressions and `%{…}` directives.
#pragma once

#include "backends/terraform/hcl/tree.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/source/source_map.h"

namespace virga::hcl {

/// What stands in `source`. Mistakes are reported (`template/syntax`, `template/duplicate-key`, `template/too-deep`), and
/// the tree holds what came before the first of them.
[[nodiscard]] File parse(const SourceFile& source, diag::Sink& sink);

/// `source` as the inside of a text with interpolations, its backslashes plain, or as one expression.
[[nodiscard]] Expr parse_template(const SourceFile& source, diag::Sink& sink);
[[nodiscard]] Expr parse_expression(const SourceFile& source, diag::Sink& sink);

}  // namespace virga::hcl
