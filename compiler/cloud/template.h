// A whole template ↔ a stack, for the engines of intrinsics.h: parameters, conditions, resources, outputs.
#pragma once

#include "compiler/cloud/backend.h"
#include "compiler/cloud/intrinsics.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/source/source_map.h"

#include <span>

namespace virga::cloud {

/// Total: every part of the stack, in its order; sections that would be empty are left out.
[[nodiscard]] Document to_document(const Stack& stack, const Dialect& dialect);

/// What such a template has no words for: what the engine is asked for and does not know, `partition` of one that has none.
/// Each with the resource that asks, or none for an output.
[[nodiscard]] std::vector<Unsaid> unsaid(const Stack& stack, const Dialect& dialect);

/// What is not understood is reported, once for each place, and left out; `Dialect::own_sections` are the caller's.
/// `more` are names that `Ref` takes for parameters although the template doesn't declare them.
[[nodiscard]] Stack to_stack(const Document& document, const Dialect& dialect, diag::Sink& sink,
                             const ParameterNames& more = {});

/// Whether a file is such a template: it says the dialect's version, or has a resource whose type begins with one of these.
[[nodiscard]] bool is_template(const SourceFile& file, const Dialect& dialect, std::span<const std::string_view> types);

}  // namespace virga::cloud
