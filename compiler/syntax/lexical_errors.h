// The mistakes that show in single tokens: strings without an end, foreign signs, unknown escapes.
#pragma once

#include "compiler/syntax/reporter.h"
#include "compiler/syntax/token.h"

#include <vector>

namespace virga::syntax {

struct LexicalErrors {
  bool open_string_at_end = false;  ///< the file ends within a string: whatever is missing there follows from it
};

LexicalErrors report_lexical_errors(const std::vector<Token>& tokens, Reporter& reporter);

}  // namespace virga::syntax
