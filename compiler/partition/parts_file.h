// The file beside an app that says which stack everything stands in, a line each. It is committed: what it says stays, and a
// line that somebody changes is a change of the app, which a plan shows.
#pragma once

#include "compiler/diagnostics/sink.h"
#include "compiler/partition/place.h"
#include "compiler/source/source_map.h"

#include <map>
#include <string>

namespace virga::partition {

inline constexpr std::string_view kPartsFile = "virga.parts";
/// More than this of it is not read.
inline constexpr std::size_t kLargestParts = 64u << 20;

/// By target: name of a piece → part.
using PartsFile = std::map<std::string, Recorded, std::less<>>;

/// Where a line stands, for messages.
using LinePlaces = std::map<std::pair<std::string, std::string>, Span>;

/// What is wrong is reported, and left out.
[[nodiscard]] PartsFile read_parts(const SourceFile& file, diag::Sink& sink, LinePlaces* places = nullptr);

/// The same bytes for the same lines.
[[nodiscard]] std::string write_parts(const PartsFile& parts);

}  // namespace virga::partition
