// What the parser does at a mistake: says it once, then finds the place from which the text can be understood again.
// ANTLR's headers; included by .cpp files of this folder only.
#pragma once

#include "compiler/syntax/lexical_errors.h"
#include "compiler/syntax/reporter.h"
#include "compiler/syntax/syntax_errors.h"
#include "compiler/syntax/token_stream.h"

#include <antlr4-runtime.h>

namespace virga::syntax {

/// Replaces ANTLR's strategy, which inserts and drops single tokens. Here a mistake spoils the smallest statement, field or
/// entry around it and nothing else: every rule within gives up, and reading goes on where the next one starts.
class Recovery final : public antlr4::ANTLRErrorStrategy {
 public:
  Recovery(ParserTokens& tokens, Reporter& reporter, LexicalErrors lexical)
      : tokens_(tokens), messages_(tokens, reporter), lexical_(lexical) {}

  void reset(antlr4::Parser*) override { recovering_ = false; }
  antlr4::Token* recoverInline(antlr4::Parser* parser) override;
  void recover(antlr4::Parser* parser, std::exception_ptr error) override;
  void sync(antlr4::Parser* parser) override;
  bool inErrorRecoveryMode(antlr4::Parser*) override { return recovering_; }
  void reportMatch(antlr4::Parser*) override { recovering_ = false; }
  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) override;

  /// Between statements at the top of the file: reports what starts none, and passes over it.
  void skip_stray_tokens();

 private:
  void report(const Mistake& mistake);
  void report_stray(std::size_t rule, std::string items);
  void check_head(antlr4::Parser* parser) const;
  template <class Fits>
  void skip_to(Fits fits);
  [[nodiscard]] std::size_t resume_after(std::size_t item_start) const;
  [[nodiscard]] bool follows_from_lexical_error(std::size_t index) const;

  ParserTokens& tokens_;
  SyntaxErrors messages_;
  LexicalErrors lexical_;
  bool recovering_ = false;
  bool any_error_ = false;
  std::size_t error_at_ = 0;  ///< index of the token where the last mistake showed
  std::size_t resume_at_ = 0;  ///< where the message says that the text goes on; 0: to be found
};

}  // namespace virga::syntax
