// What a document tells of a node has to be what the program says of it, and what statements allow it. Used by lower.cpp
// only.
#pragma once

#include "compiler/adopt/template_values.h"

namespace virga::adopt {

/// `stack` is in its normal form; `nodes` are those with edges of which something else tells, `is_told` says of an edge
/// whether it is one. Where the template holds a document the two are compared; a file is not looked into. Where the
/// language cannot say what it tells, it is said by hand, and for other clouds alone. Of a node without one, statements have
/// to allow the edge
/// (`adopt/allowed`), unless something of which the template does not tell may.
void check_told(const TemplateValues& values, const cloud::Dialect& dialect, const cloud::Stack& stack,
                const std::set<NodeId>& nodes, const std::function<bool(const Edge&)>& is_told, diag::Sink& sink);

/// The same of attributes that are the node which a property reaches (`reaches`).
void check_reached(const TemplateValues& values, const cloud::Stack& stack, diag::Sink& sink);

}  // namespace virga::adopt
