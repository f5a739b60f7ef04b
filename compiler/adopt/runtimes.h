// Runtimes that the other cloud does not have, when a program moves there: said in the program,
// under the name of that cloud, so that whoever reads it sees the choice and may make another.
#pragma once

#include "compiler/adopt/draft.h"
#include "compiler/catalog/catalog.h"

namespace virga::adopt {

/// Says `on <draft.other> { runtime = … }` of each function whose runtime `to`, the catalogue of that cloud, has another for
/// (`instead` in runtimes.yaml), and the same of layers. A runtime that hangs on a parameter stays as it is.
void replace_runtimes(Draft& draft, const catalog::Catalog& to);

}  // namespace virga::adopt
