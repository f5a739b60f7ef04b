// What becomes of a template when its app moves to another cloud: of each resource, of each of its properties, and of the
// code. Nothing is left out of it: what has no better fate is lost, and said to be.
#pragma once

#include "compiler/adopt/raise.h"
#include "compiler/cloud/backend.h"
#include "compiler/source/file_system.h"

#include <span>

namespace virga::adopt {

enum class Becomes : std::uint8_t { exact, renamed, emulated, degraded, code, impossible };
[[nodiscard]] std::string_view to_text(Becomes fate);
/// `impossible` for what is no word of the others.
[[nodiscard]] Becomes fate_named(std::string_view word);

struct MovedRow {
  std::string id;  ///< of a resource, or of an item within one; empty: of the app
  std::string type;
  std::string property;  ///< empty: all of it
  Becomes fate = Becomes::exact;
  std::string as;  ///< what it is in the program, or on the other cloud
  std::string says;  ///< what differs
  std::string place;  ///< of code: `src/list/index.js:12`
  bool blocking = false;  ///< without somebody's work nothing arrives
};

struct MoveReport {
  std::string app, from, to;
  std::vector<MovedRow> rows;  ///< those that block first, then in the order of the template
  std::map<std::string_view, std::size_t> totals;  ///< by fate
  std::size_t blocking = 0;
  bool whole = false;  ///< a template of the other cloud was made, with nothing missing in it
  std::string cost;  ///< of a month before and after, in one line; whoever knows prices says it
  std::string effort;  ///< in plain words
};

/// A template that the one that moves names, and that is an app of its own.
struct MovedNested {
  std::string id;  ///< of the resource that stands for it
  std::string path;  ///< of its file
  std::string app;
  bool here = false;  ///< the file is there, and its template has moved, or not:
  bool whole = false;
  std::size_t blocking = 0;
  std::vector<std::string> between;  ///< what passes between the two: parameters, outputs
  std::vector<std::string> given;  ///< parameters that are constant
};

struct MoveRequest {
  const Raised& raised;
  const cloud::Stack& given;  ///< of which it was raised
  const Architecture& architecture;  ///< of what was raised
  const std::vector<std::string>& lines;  ///< of its text: whom each is about
  const SourceMap& sources;
  std::string_view program;  ///< the path of its text in `sources`, which holds the library as well
  const cloud::Lowered* lowered = nullptr;  ///< for the other cloud; null when it cannot be
  const diag::Sink& findings;  ///< of making it for the other cloud
  const diag::Sink& reading;  ///< of reading the template: its errors are what nobody can move
  const catalog::Catalog& from;
  const catalog::Catalog& to;
  const cloud::Dialect* there;  ///< of the engine of the other cloud; null when it has none
  std::string from_target, to_target;
  const FileSystem* code = nullptr;  ///< the folder of the template, where code may lie; null: none
  std::span<const MovedNested> nested = {};
};

[[nodiscard]] MoveReport report(const MoveRequest& request);

[[nodiscard]] std::string text_of(const MoveReport& report);
[[nodiscard]] std::string markdown_of(const MoveReport& report);

}  // namespace virga::adopt
