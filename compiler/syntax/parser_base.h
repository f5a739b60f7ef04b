// What the generated parser inherits: a limit on nesting, and contexts that live only as long as they are needed.
// ANTLR's headers; included by .cpp files of this folder only.
#pragma once

#include <antlr4-runtime.h>

#include <cstddef>

namespace virga::syntax {

/// Levels of blocks, types and expressions within each other. Far more than people write and few enough that no step that
/// walks the tree, here or later, can run out of stack.
inline constexpr std::size_t kMaxDepth = 100;

/// Leaves the parser at once; no recovery makes sense of such a text.
struct TooDeep {
  std::size_t begin, end;  ///< of the token that goes too far
};

class ParserBase : public antlr4::Parser {
 public:
  explicit ParserBase(antlr4::TokenStream* input) : antlr4::Parser(input) { setBuildParseTree(false); }

  void enterRule(antlr4::ParserRuleContext* context, std::size_t state, std::size_t rule) override;
  /// Hides ANTLR's, which is not virtual; the generated code calls it on this type.
  void exitRule();

  /// Frees every context made so far.
  void release() { _tracker.reset(); }

 private:
  std::size_t depth_ = 0;
};

}  // namespace virga::syntax
