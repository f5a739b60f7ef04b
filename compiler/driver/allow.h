// `allow`: findings that the program lets stand, each with a reason and perhaps a last day.
#pragma once

#include "compiler/architecture/architecture.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/source/source_map.h"

#include <string>
#include <string_view>
#include <vector>

namespace virga::driver {

struct Project;

/// One `allow` that holds.
struct Allowance {
  std::string code;
  std::string because;
  std::string until;  ///< the last day, `2027-01-01`; empty: no end
  Span place;  ///< the text of the code
  Span statement;
  Span scope;  ///< the statement in whose braces it stands, or the file
  bool own = false;  ///< it stands in the app's own files; what is in a module serves other apps as well
};

/// All that hold by `as_of` (empty: no day is asked). Reports those that cannot be read, and those that have ended.
[[nodiscard]] std::vector<Allowance> allowances_of(const Project& project, std::string_view as_of, diag::Sink& sink);

/// Marks what is allowed: the finding, one of its labels, or the use of the kind that made a node which it names stands
/// within the scope. The innermost one counts. What is marked stays so, and errors never are.
void settle(const std::vector<Allowance>& allowances, const Architecture& architecture, diag::Sink& sink);

/// Tells of those that allow nothing, once everything was looked at for which they could be there. `judged_by_day`: ends of
/// support were looked at.
void report_unused(const std::vector<Allowance>& allowances, const Architecture& architecture, const SourceMap& sources,
                   bool judged_by_day, diag::Sink& sink);

/// The edit that takes a statement away, and its lines with it when nothing else stands on them.
[[nodiscard]] diag::Edit removal(std::string_view text, Span statement);

}  // namespace virga::driver
