// Findings as text, JSON and SARIF. Renderers sort by place, so the order of the steps does not show.
#pragma once

#include "compiler/diagnostics/sink.h"
#include "compiler/source/source_map.h"

#include <string>

namespace virga::diag {

struct TextOptions {
  bool color = false;
};

/// For people: code and message, the source lines drawn with what is wrong underlined (wide characters and tabs keep
/// their columns), source of the fact, help. What is allowed is left out.
[[nodiscard]] std::string render_text(const Sink& sink, const SourceMap& sources, TextOptions options = {});

/// How many findings there are of each sort, equal ones counted once. Those that are allowed count as nothing else.
struct Counts {
  std::size_t errors = 0, warnings = 0, notes = 0, allowed = 0;
};
[[nodiscard]] Counts count(const Sink& sink);

/// One JSON document as docs/schema/diagnostics.schema.json describes it.
[[nodiscard]] std::string render_json(const Sink& sink, const SourceMap& sources);

/// SARIF 2.1.0, one run. `version` is Virga's.
[[nodiscard]] std::string render_sarif(const Sink& sink, const SourceMap& sources, std::string_view version);

/// Indices into `sink.all()` in the order of rendering: by file, place, then order of report; equal findings once.
[[nodiscard]] std::vector<std::size_t> render_order(const Sink& sink);

}  // namespace virga::diag
