// Where steps put their findings.
#pragma once

#include "compiler/diagnostics/diagnostic.h"

#include <fmt/format.h>

#include <deque>
#include <string_view>
#include <type_traits>
#include <utility>

namespace virga::diag {

/// A registered code. `Args` are the types of the message's holes; a wrong call does not compile.
template <class... Args>
struct Code {
  std::string_view id;
  Severity severity;
  fmt::format_string<const Args&...> format;
};

/// Adds detail to the finding just reported: `sink.report(…).help("…").label(span, "…")`.
class Reported {
 public:
  explicit Reported(Diagnostic& d) : d_(&d) {}
  Reported& says(std::string text) {
    d_->span_text = std::move(text);
    return *this;
  }
  Reported& label(Span span, std::string text) {
    d_->labels.push_back({span, std::move(text)});
    return *this;
  }
  Reported& note(std::string text) {
    d_->notes.push_back(std::move(text));
    return *this;
  }
  Reported& help(std::string text) {
    d_->help.push_back(std::move(text));
    return *this;
  }
  Reported& source(std::string text) {
    d_->source = std::move(text);
    return *this;
  }
  Reported& fix(Span span, std::string text, Confidence confidence, std::string title) {
    return fix(Edit{span, std::move(text)}, confidence, std::move(title));
  }
  Reported& fix(Edit edit, Confidence confidence, std::string title) {
    d_->fixes.push_back({std::move(title), {std::move(edit)}, confidence});
    return *this;
  }

 private:
  Diagnostic* d_;
};

/// Collects findings in the order of reporting. Renderers sort by place.
class Sink {
 public:
  template <class... Args>
  Reported report(Span span, const Code<Args...>& code, const std::type_identity_t<Args>&... args) {
    return add({.code = std::string(code.id),
                .severity = code.severity,
                .message = fmt::format(code.format, args...),
                .span = span,
                .span_text = {},
                .labels = {},
                .source = {},
                .notes = {},
                .help = {},
                .fixes = {},
                .allowed = {}});
  }
  /// For findings whose code comes from a catalogue instead of codes.def.
  Reported add(Diagnostic d) {
    if (d.severity == Severity::error) ++errors_;
    all_.push_back(std::move(d));
    return Reported(all_.back());
  }

  /// Lets the finding at `index` stand.
  void allow(std::size_t index, Allowed allowed) { all_[index].allowed = std::move(allowed); }

  [[nodiscard]] bool has_errors() const { return errors_ != 0; }
  [[nodiscard]] std::size_t errors() const { return errors_; }
  [[nodiscard]] const std::deque<Diagnostic>& all() const { return all_; }

 private:
  std::deque<Diagnostic> all_;  // a deque: `Reported` points into it while more are added
  std::size_t errors_ = 0;
};

}  // namespace virga::diag
