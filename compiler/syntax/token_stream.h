// Our tokens as ANTLR's parser wants them. ANTLR's headers; included by .cpp files of this folder only.
#pragma once

#include "compiler/syntax/token.h"

#include <antlr4-runtime.h>

#include <string_view>
#include <vector>

namespace virga::syntax {

/// One token that the parser sees. Small and side by side in one array, instead of ANTLR's heap object for each.
class ParserToken final : public antlr4::Token {
 public:
  ParserToken(TokenKind token_kind, std::uint32_t token_index, std::uint32_t raw_index, std::uint32_t token_begin,
              std::uint32_t token_end)
      : kind(token_kind), index(token_index), raw(raw_index), begin(token_begin), end(token_end) {}

  TokenKind kind;
  std::uint32_t index;  ///< in the stream
  std::uint32_t raw;  ///< in File::tokens
  std::uint32_t begin;
  std::uint32_t end;

  [[nodiscard]] size_t getType() const override {
    return kind == TokenKind::end_of_file ? antlr4::Token::EOF : static_cast<size_t>(kind);
  }
  [[nodiscard]] size_t getTokenIndex() const override { return index; }
  [[nodiscard]] size_t getStartIndex() const override { return begin; }
  [[nodiscard]] size_t getStopIndex() const override { return end; }
  // ANTLR's own messages and trees would need these; we use neither.
  [[nodiscard]] std::string getText() const override { return {}; }
  [[nodiscard]] size_t getLine() const override { return 0; }
  [[nodiscard]] size_t getCharPositionInLine() const override { return 0; }
  [[nodiscard]] size_t getChannel() const override { return antlr4::Token::DEFAULT_CHANNEL; }
  [[nodiscard]] antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  [[nodiscard]] antlr4::CharStream* getInputStream() const override { return nullptr; }
  [[nodiscard]] std::string toString() const override { return {}; }
};

/// The tokens without trivia. What was reported as foreign stands here as what was meant: `，` as a comma, a name with
/// letters beyond ASCII as a name; and after a string without an end the brackets that it swallowed, empty, at the end of
/// its line: `config a { value = "abc }` closes its block.
class ParserTokens final : public antlr4::TokenStream {
 public:
  ParserTokens(std::string_view text, const std::vector<Token>& tokens);

  /// The token at `index`; the end of the file for every index beyond.
  [[nodiscard]] const ParserToken& at(std::size_t index) const {
    return tokens_[index < tokens_.size() ? index : tokens_.size() - 1];
  }
  [[nodiscard]] std::size_t position() const { return position_; }

  antlr4::Token* LT(ssize_t k) override {
    if (k > 0) {
      const std::size_t index = position_ + static_cast<std::size_t>(k) - 1;
      return &tokens_[index < tokens_.size() ? index : tokens_.size() - 1];
    }
    const auto back = static_cast<std::size_t>(-k);
    return k == 0 || back > position_ ? nullptr : &tokens_[position_ - back];
  }
  size_t LA(ssize_t k) override { return LT(k)->getType(); }
  void consume() override {
    if (position_ + 1 < tokens_.size()) ++position_;
  }
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}
  size_t index() override { return position_; }
  void seek(size_t to) override { position_ = to < tokens_.size() ? to : tokens_.size() - 1; }
  size_t size() override { return tokens_.size(); }
  [[nodiscard]] antlr4::Token* get(size_t i) const override { return const_cast<ParserToken*>(&at(i)); }
  [[nodiscard]] antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  [[nodiscard]] std::string getSourceName() const override { return {}; }
  std::string getText(const antlr4::misc::Interval&) override { return {}; }
  std::string getText() override { return {}; }
  std::string getText(antlr4::RuleContext*) override { return {}; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return {}; }

 private:
  void close_what_a_string_swallowed(std::string_view text, std::uint32_t raw, std::uint32_t line_end);

  std::vector<ParserToken> tokens_;
  std::size_t position_ = 0;
};

/// Every token that the generated parser hands out is one of ours.
[[nodiscard]] inline const ParserToken& ours(const antlr4::Token* token) { return *static_cast<const ParserToken*>(token); }

}  // namespace virga::syntax
