// What a template has around its resources: parameters, outputs, and the sections that the language does not have.
#pragma once

#include "compiler/adopt/expression.h"
#include "compiler/adopt/raise.h"

namespace virga::adopt {

/// What stands next to the properties of a resource, under the engine's own keys: what a program says in `more`.
[[nodiscard]] cloud::Object more_of(const cloud::Resource& resource, const cloud::Dialect& dialect);

/// Fills in everything of the draft but nodes and edges.
void shell(const RaiseRequest& request, const Table& table, const Expressions& words, Draft& draft);

}  // namespace virga::adopt
