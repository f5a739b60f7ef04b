// One finding, as data. Renderers turn it into text, JSON or SARIF; the steps that report know none of them.
#pragma once

#include "compiler/source/span.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace virga::diag {

enum class Severity { error, warning, note };

/// The severity as every rendering names it (SARIF uses the same words).
[[nodiscard]] constexpr std::string_view word(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "error";
}

/// How sure a fix is: `certain` may be applied unattended.
enum class Confidence { certain, likely };

struct Edit {
  Span span;  ///< what is replaced; empty to insert
  std::string text;
};

struct Fix {
  std::string title;
  std::vector<Edit> edits;
  Confidence confidence = Confidence::likely;
};

/// A further place that the reader needs, with what it says there.
struct Label {
  Span span;
  std::string text;
};

/// That the program lets a finding stand.
struct Allowed {
  std::string because;
  std::string until;  ///< the last day, `2027-01-01`; empty: no end
  Span place;  ///< of the `allow`
};

struct Diagnostic {
  std::string code;  ///< stable for ever: `area/name`
  Severity severity = Severity::error;
  std::string message;  ///< one line, lower case, no full stop, user's words, names in backticks
  Span span;  ///< the smallest place that is wrong
  std::string span_text;  ///< said under the place; may be empty
  std::vector<Label> labels;
  std::string source;  ///< where the fact behind it comes from, with its date
  std::vector<std::string> notes;
  std::vector<std::string> help;  ///< what to do, something to paste where possible
  std::vector<Fix> fixes;
  std::optional<Allowed> allowed = {};  ///< neither shown to people nor counted
};

}  // namespace virga::diag
