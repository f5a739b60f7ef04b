// Characters of an HCL text, one step at a time. Which of them mean something depends on where the parser stands (within a
// text, within brackets), so there are no tokens in between. Used by parse.cpp only.
#pragma once

#include "compiler/diagnostics/sink.h"
#include "compiler/source/source_map.h"

#include <string>
#include <string_view>

namespace virga::hcl {

class Cursor {
 public:
  Cursor(const SourceFile& source, diag::Sink& sink) : source_(source), sink_(sink) {}

  [[nodiscard]] bool at_end() const { return at_ >= source_.text.size(); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < source_.text.size() ? source_.text[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool looking_at(std::string_view text) const {
    return std::string_view(source_.text).substr(at_).starts_with(text);
  }
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] std::string_view since(std::size_t begin) const {
    return std::string_view(source_.text).substr(begin, at_ - begin);
  }
  [[nodiscard]] Span span(std::size_t begin) const { return span(begin, at_); }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {source_.id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  void step(std::size_t count = 1) { at_ += count; }
  void jump(std::size_t to) { at_ = to; }
  /// Takes `text` when it stands here.
  bool take(std::string_view text);
  /// Blanks and comments; line ends too where `lines` says so.
  void skip_space(bool lines);
  /// An identifier; empty when there is none.
  std::string word();
  /// From an opening bracket to behind the one that closes it, texts within taken as a whole.
  void skip_brackets();
  /// From a quote to behind the one that closes it.
  void skip_text();

  /// The first mistake is reported; what follows from it stays silent.
  void fail(std::size_t begin, std::size_t end, std::string_view message);
  void fail(std::string_view message);
  void fail_too_deep(std::size_t limit);
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] diag::Sink& sink() { return sink_; }

 private:
  const SourceFile& source_;
  diag::Sink& sink_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace virga::hcl
