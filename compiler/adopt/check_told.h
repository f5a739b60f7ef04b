// What a document tells of a node has to be what the program says of it. Used by lower.cpp only.
#pragma once

#include "compiler/adopt/template_values.h"

namespace virga::adopt {

/// `stack` is in its normal form; `is_told` says of an edge whether a document tells of it. Where the template holds the
/// document the two are compared; a file is not looked into. Where the language cannot say what it tells, it is said by
/// hand, and for other clouds alone.
void check_told(const TemplateValues& values, const cloud::Dialect& dialect, const cloud::Stack& stack, const Node& node,
                const std::function<bool(const Edge&)>& is_told, diag::Sink& sink);

}  // namespace virga::adopt
