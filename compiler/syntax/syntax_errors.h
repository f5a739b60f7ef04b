// The parser's mistakes in the user's words.
// ANTLR's headers; included by .cpp files of this folder only.
#pragma once

#include "compiler/syntax/reporter.h"
#include "compiler/syntax/token_stream.h"

#include <antlr4-runtime.h>

#include <optional>
#include <string>
#include <vector>

namespace virga::syntax {

/// What the parser knows when it is stuck.
struct Mistake {
  std::size_t at = 0;  ///< index of the token that does not fit
  std::size_t item = 0;  ///< index of the first token of the statement, field or entry that it spoils
  std::size_t top = 0;  ///< index of the first token of the statement at the top of the file
  std::size_t rule = 0;  ///< the rule that is stuck
  std::string items;  ///< what stands in the block, when the token stands between two of them
  bool open_choice = false;  ///< none of several ways fits, rather than one certain token missing
  antlr4::misc::IntervalSet expected;  ///< token types that would have fitted
};

class SyntaxErrors {
 public:
  SyntaxErrors(const ParserTokens& tokens, Reporter& reporter) : tokens_(tokens), reporter_(reporter) {}

  /// Reports the mistake. Gives the index where the text goes on, when the mistake itself shows it.
  std::optional<std::size_t> report(const Mistake& mistake);

  /// First token of the line on which the token at `index` stands.
  [[nodiscard]] std::size_t line_start(std::size_t index) const;
  [[nodiscard]] bool is_first_on_line(std::size_t index) const;

 private:
  [[nodiscard]] bool report_unopened(const Mistake& mistake);
  [[nodiscard]] bool report_spaced_unit(const Mistake& mistake);
  [[nodiscard]] bool report_no_reason(const Mistake& mistake);
  [[nodiscard]] bool is_allow(const Mistake& mistake) const;
  [[nodiscard]] bool report_lone_name(const Mistake& mistake);
  [[nodiscard]] std::optional<std::size_t> report_unclosed(const Mistake& mistake);
  [[nodiscard]] std::optional<std::size_t> report_cut_short(const Mistake& mistake);
  void report_expected(const Mistake& mistake);

  [[nodiscard]] std::vector<std::size_t> open_brackets(std::size_t from, std::size_t to) const;
  [[nodiscard]] std::size_t likely_unclosed(const Mistake& mistake, std::size_t innermost) const;
  [[nodiscard]] bool left_by_indentation(const Mistake& mistake, std::size_t opening) const;
  [[nodiscard]] std::string expected(const Mistake& mistake) const;
  void add_help(const Mistake& mistake, diag::Reported& reported) const;
  [[nodiscard]] std::size_t indentation(std::size_t index) const;
  [[nodiscard]] bool line_end_between(std::size_t a, std::size_t b) const;
  [[nodiscard]] std::string_view text(std::size_t index) const;
  [[nodiscard]] Span span(std::size_t index) const;
  [[nodiscard]] std::string found(std::size_t index) const;

  const ParserTokens& tokens_;
  Reporter& reporter_;
};

/// A token with which a statement, a field or an entry can begin.
[[nodiscard]] bool starts_item(TokenKind kind);

}  // namespace virga::syntax
