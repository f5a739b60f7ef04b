// Templates as they stand in files: YAML or JSON in, Document out.
#pragma once

#include "compiler/cloud/document.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/source/source_map.h"

#include <cstddef>
#include <optional>

namespace virga::cloud {

/// What a file may ask of us, whoever wrote it.
struct ReadLimits {
  std::size_t max_depth = 256;  ///< lists and maps inside each other
  std::size_t max_alias_values = 1'000'000;  ///< values, and 64 bytes of text each, that anchors and aliases copy
};

/// The document in `file`; nothing when it can't be read or passes a limit. Every node knows its span. A text that
/// begins with a bracket is read as JSON first. What is wrong is reported: `template/…`.
///
/// After a key that is given twice the document is still whole, with the first value under that key.
///
/// YAML: anchors, aliases and merge keys are resolved; a tag of the file's own stays as Document::tag, and its scalar is
/// a string. A scalar without quotes is what the core schema of YAML 1.2 makes of it, with three exceptions that follow
/// from what the clouds' own readers do, which know YAML 1.1 and turn everything into the type that a property has:
///   - a whole number with a leading zero is a string: `012` is 10 to one parser, 12 to another, an account to people;
///   - `yes`, `no`, `on`, `off`, dates and times are strings, as in 1.2;
///   - whole numbers beyond 64 bits are reals.
/// Wherever another parser may see another value, Document::spelling keeps the words of the file: they serve when a
/// string is wanted, and the YAML writer repeats them.
[[nodiscard]] std::optional<Document> read_template(const SourceFile& file, diag::Sink& sink, const ReadLimits& limits = {});

/// The same of a file that is JSON and nothing else.
[[nodiscard]] std::optional<Document> read_json(const SourceFile& file, diag::Sink& sink, const ReadLimits& limits = {});

}  // namespace virga::cloud
