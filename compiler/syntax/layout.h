// The parts between which a layout chooses white space, and what the tree knows of them. Used by format.cpp only.
#pragma once

#include "compiler/syntax/token.h"
#include "compiler/syntax/tree.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace virga::syntax {

/// A token, a comment, or a whole string with everything between its quotes.
struct Piece {
  TokenKind kind;  ///< of a string: that of its opening quotes
  std::uint32_t begin = 0;  ///< offset in the source
  std::string text;
  bool breaks_line = false;  ///< the user broke the line before it
  bool blank_before = false;  ///< and left a line empty
};

/// The text as pieces, without white space.
[[nodiscard]] std::vector<Piece> pieces(std::string_view text, const std::vector<Token>& tokens);

/// A statement, a field or an entry, and the sign on which neighbours of its sort are lined up.
struct Mark {
  enum class Align { none, value, let, output, edge, port, block };
  Align align = Align::none;
  std::uint32_t argument = 0;  ///< offset of the string of a route; 0 when there is none
};

struct Marks {
  std::unordered_map<std::uint32_t, Mark> starts;  ///< every statement, field and entry by the offset where it begins
  std::vector<Span> sentences;  ///< statements of several words: a line that begins within one goes on
  std::vector<Span> days;  ///< written without spaces
};

[[nodiscard]] Marks marks(const File& file);

}  // namespace virga::syntax
