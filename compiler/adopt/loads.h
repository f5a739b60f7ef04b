// Loads of an imported program, which no template holds: somebody says them in a file of nodes and edges, as the program
// itself would, and they are laid over its draft. What is no node or edge of the draft, or is about something else than
// loads, is a finding there; but somebody outside who calls (`external`) may be added.
#pragma once

#include "compiler/adopt/draft.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/syntax/tree.h"

namespace virga::adopt {

/// One thing that a draft has of such a file.
struct Laid {
  std::string of;  ///< the node or the edge: `orders`, `orders.dead ~> dead_orders`
  std::size_t nth = 0;  ///< among edges that read the same
  std::string attribute;  ///< empty: all of it
  Span there;  ///< in the file: of the value, or of all of it
};

[[nodiscard]] std::vector<Laid> lay_loads(Draft& draft, const SourceFile& source, const syntax::File& file,
                                          diag::Sink& sink);

/// Where the file says what stands at a place of the program that was printed of the draft; unknown when the program has it
/// by itself.
[[nodiscard]] Span place_of_load(const std::vector<Laid>& laid, const syntax::File& program, Span at);

}  // namespace virga::adopt
