// What becomes of a template when its app moves to another cloud: of each resource, of each property that nothing says
// there, and of the code. Nothing is left out of it: what has no better fate is lost, and said to be.
#pragma once

#include "compiler/adopt/raise.h"
#include "compiler/cloud/backend.h"
#include "compiler/source/file_system.h"

namespace virga::adopt {

enum class Becomes : std::uint8_t { exact, renamed, emulated, degraded, code, impossible };
[[nodiscard]] std::string_view to_text(Becomes fate);

struct MovedRow {
  std::string id;  ///< of the resource, or of an item within one
  std::string type;
  std::string property;  ///< empty: all of it
  Becomes fate = Becomes::exact;
  std::string as;  ///< what it is there: `ALIYUN::X::Y`, a strategy, a node
  std::string says;  ///< what differs
  std::string place;  ///< `src/list/index.js:12`, of code
  bool blocking = false;  ///< without somebody's work nothing arrives
};

struct MoveReport {
  std::string app, from, to;
  std::vector<MovedRow> rows;  ///< those that block first, then by the order of the template
  std::map<std::string_view, std::size_t> totals;  ///< by fate
  std::size_t blocking = 0;
  bool loads = false;  ///< costs can be compared
  std::string effort;  ///< in plain words
};

struct MoveRequest {
  const cloud::Stack& given;
  const Raised& raised;
  const Architecture& architecture;  ///< of what was raised
  const cloud::Lowered* lowered = nullptr;  ///< for the other cloud; null when it cannot be
  const diag::Sink& findings;  ///< of lowering for it
  const catalog::Catalog& from;
  const catalog::Catalog& to;
  std::string from_target, to_target;
  const FileSystem* code = nullptr;  ///< the folder of the template, where code may lie
};

[[nodiscard]] MoveReport report(const MoveRequest& request);

[[nodiscard]] std::string text_of(const MoveReport& report);
[[nodiscard]] std::string markdown_of(const MoveReport& report);

}  // namespace virga::adopt
