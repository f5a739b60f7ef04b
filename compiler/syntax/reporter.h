// Where the steps within parsing put their errors: with the file at hand, and a limit, since nobody reads the thousandth.
#pragma once

#include "compiler/diagnostics/codes.h"
#include "compiler/source/source_map.h"
#include "compiler/source/utf8.h"

#include <cstddef>

namespace virga::syntax {

/// Errors shown of one file. The rest of a text with so many is rarely meant to be Virga.
inline constexpr std::size_t kMaxErrors = 50;

/// Thrown when the limit is reached: it leaves the parser, and `parse` returns what there is.
struct TooManyErrors {};

/// A piece of the text as messages quote it: whole, unless nobody would read it to its end.
[[nodiscard]] inline std::string shorten(std::string_view text) {
  constexpr std::size_t kShown = 60;
  if (text.size() <= kShown) return std::string(text);
  std::size_t end = kShown;
  while (end > 0 && continues_utf8(text[end])) --end;
  return std::string(text.substr(0, end)) + "…";
}

class Reporter {
 public:
  Reporter(const SourceFile& source, diag::Sink& sink) : source_(source), sink_(sink) {}

  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {source_.id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  template <class... Args>
  diag::Reported report(Span span, const diag::Code<Args...>& code, const std::type_identity_t<Args>&... args) {
    if (reported_ == kMaxErrors) {
      sink_.report(span, diag::codes::SyntaxTooManyErrors, std::to_string(kMaxErrors));
      throw TooManyErrors{};
    }
    ++reported_;
    return sink_.report(span, code, args...);
  }

  [[nodiscard]] std::size_t reported() const { return reported_; }
  [[nodiscard]] const SourceFile& source() const { return source_; }

 private:
  const SourceFile& source_;
  diag::Sink& sink_;
  std::size_t reported_ = 0;
};

}  // namespace virga::syntax
