// The rules:
//   * line breaks are the user's, but for a block of several lines, whose braces stand at line ends; at most one blank
//     line, none at the inside of brackets;
//   * two spaces of indentation for each bracket that is open, and for the rest of a statement that goes on;
//   * one space between tokens that are not glued; two between statements, fields and entries on one line;
//   * neighbouring lines of one sort have their `=` or their arrows in one column, and so the comments behind them.
// Nothing depends on the white space within a line, so formatting twice gives the same bytes.
#include "compiler/syntax/format.h"

#include "compiler/diagnostics/display.h"
#include "compiler/source/utf8.h"
#include "compiler/syntax/layout.h"

#include <algorithm>
#include <optional>

namespace virga::syntax {
namespace {

constexpr std::size_t kIndent = 2;

bool is_comment(TokenKind kind) { return kind == TokenKind::comment || kind == TokenKind::doc; }

bool opens(TokenKind kind) { return opens_bracket(kind) && kind != TokenKind::interpolation; }

bool is_binary(TokenKind kind) {
  switch (kind) {
    case TokenKind::or_:
    case TokenKind::and_:
    case TokenKind::equal_equal:
    case TokenKind::not_equal:
    case TokenKind::less:
    case TokenKind::less_equal:
    case TokenKind::greater:
    case TokenKind::greater_equal:
    case TokenKind::plus:
    case TokenKind::minus:
    case TokenKind::times:
    case TokenKind::divide: return true;
    default: return false;
  }
}

bool is_arrow(TokenKind kind) { return kind == TokenKind::call || kind == TokenKind::hand_over; }

/// A line that ends so is not at an end.
bool expects_more(TokenKind kind) {
  switch (kind) {
    case TokenKind::equal:
    case TokenKind::colon:
    case TokenKind::then:
    case TokenKind::else_:
    case TokenKind::in:
    case TokenKind::not_:
    case TokenKind::negative:
    case TokenKind::dot: return true;
    default: return is_binary(kind) || is_arrow(kind);
  }
}

/// A line that starts so belongs to the one before.
bool continues(TokenKind kind) {
  switch (kind) {
    case TokenKind::equal:
    case TokenKind::colon:
    case TokenKind::then:
    case TokenKind::dot:
    case TokenKind::question: return true;
    default: return is_binary(kind);
  }
}

std::size_t width(std::string_view text) {
  int columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    columns += std::max(diag::code_point_width(c.value), 0);
    at += c.length;
  }
  return static_cast<std::size_t>(columns);
}

/// Whether a piece of kind `kind` is what lines of this sort are lined up on.
bool is_sign(Mark::Align align, TokenKind kind) {
  switch (align) {
    case Mark::Align::edge:
    case Mark::Align::port: return is_arrow(kind);
    case Mark::Align::block: return kind == TokenKind::lbrace;
    default: return kind == TokenKind::equal;
  }
}

struct Line {
  std::size_t first = 0;  ///< index of its first piece
  std::size_t last = 0;  ///< one past its last, comment included
  std::size_t indent = 0;  ///< in columns
  bool blank_before = false;
};

class Formatter {
 public:
  Formatter(std::string_view text, const File& file) : pieces_(pieces(text, file.tokens)), marks_(marks(file)) {
    padding_.assign(pieces_.size(), 0);
    in_sentence_ = after_the_first_of(marks_.sentences);
    in_day_ = after_the_first_of(marks_.days);
    spread_blocks();
    split_lines();
    indent_lines();
    align_signs();
    align_comments();
  }

  std::string run() const {
    std::string out;
    for (const Line& line : lines_) {
      if (line.blank_before) out += '\n';
      out.append(line.indent, ' ');
      for (std::size_t i = line.first; i < line.last; ++i) {
        if (i > line.first) out.append(space_before(i) + padding_[i], ' ');
        out += pieces_[i].text;
      }
      out += '\n';
    }
    return out;
  }

 private:
  [[nodiscard]] TokenKind kind(std::size_t i) const { return pieces_[i].kind; }
  [[nodiscard]] const Mark* mark(std::size_t i) const {
    const auto found = marks_.starts.find(pieces_[i].begin);
    return found == marks_.starts.end() ? nullptr : &found->second;
  }

  /// Which pieces stand within one of the spans, and do not begin it.
  [[nodiscard]] std::vector<bool> after_the_first_of(std::vector<Span> spans) const {
    std::vector<bool> out(pieces_.size(), false);
    std::sort(spans.begin(), spans.end());
    std::size_t at = 0;
    for (std::size_t i = 0; i < pieces_.size() && at < spans.size(); ++i) {
      while (at < spans.size() && spans[at].end <= pieces_[i].begin) ++at;
      out[i] = at < spans.size() && spans[at].begin < pieces_[i].begin;
    }
    return out;
  }

  /// A block that takes more than one line has its braces at line ends.
  void spread_blocks() {
    std::vector<std::size_t> open;
    std::vector<bool> broken;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].breaks_line && !broken.empty()) broken.back() = true;
      if (opens(kind(i))) {
        open.push_back(i);
        broken.push_back(false);
      } else if (closes_bracket(kind(i)) && !open.empty()) {
        const std::size_t opening = open.back();
        const bool spread = broken.back();
        open.pop_back();
        broken.pop_back();
        if (!spread) continue;
        if (!broken.empty()) broken.back() = true;
        if (kind(opening) != TokenKind::lbrace) continue;
        // A comment behind the brace stays there; after it the line ends anyway.
        if (!is_comment(kind(opening + 1))) pieces_[opening + 1].breaks_line = true;
        pieces_[i].breaks_line = true;
      }
    }
  }

  void split_lines() {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (i > 0 && !pieces_[i].breaks_line && !is_comment(kind(i - 1))) continue;
      const bool inside_edge = i == 0 || closes_bracket(kind(i)) || opens(kind(i - 1));
      if (!lines_.empty()) lines_.back().last = i;
      lines_.push_back({.first = i, .blank_before = pieces_[i].blank_before && !inside_edge});
    }
    if (!lines_.empty()) lines_.back().last = pieces_.size();
  }

  void indent_lines() {
    struct Bracket {
      std::size_t line_indent;  ///< of the line on which it opens
      std::size_t inner;  ///< of the lines within
    };
    std::vector<Bracket> open;
    TokenKind before = TokenKind::end_of_file;  // the last piece that is no comment
    for (Line& line : lines_) {
      std::size_t closing = line.first;
      std::size_t indent = open.empty() ? 0 : open.back().inner;
      while (closing < line.last && closes_bracket(kind(closing)) && !open.empty()) {
        indent = open.back().line_indent;
        open.pop_back();
        ++closing;
      }
      const TokenKind first = kind(line.first);
      const bool else_of_value = first == TokenKind::else_ && before != TokenKind::rbrace;
      // `then` and `else` are keys of maps as well.
      const bool starts = mark(line.first) != nullptr;
      const bool goes_on =
          (!starts && ((expects_more(before) && !is_comment(first)) || continues(first) || else_of_value)) ||
          in_sentence_[line.first];
      if (closing == line.first && goes_on) indent += kIndent;
      line.indent = indent;
      for (std::size_t i = closing; i < line.last; ++i) {
        if (opens(kind(i))) {
          // Brackets that open together indent once.
          open.push_back({indent, indent + kIndent});
        } else if (closes_bracket(kind(i)) && !open.empty()) {
          open.pop_back();
        }
      }
      for (std::size_t i = line.first; i < line.last; ++i) {
        if (!is_comment(kind(i))) before = kind(i);
      }
    }
  }

  [[nodiscard]] std::size_t space_before(std::size_t i) const {
    const TokenKind here = kind(i);
    const TokenKind left = kind(i - 1);
    if (is_comment(here)) return 2;
    if (in_day_[i]) return 0;
    switch (here) {
      case TokenKind::comma:
      case TokenKind::dot:
      case TokenKind::colon:
      case TokenKind::question:
      case TokenKind::rparen:
      case TokenKind::rbracket:
      case TokenKind::call_open:
      case TokenKind::index_open: return 0;
      case TokenKind::rbrace: return left == TokenKind::lbrace ? 0 : 1;
      default: break;
    }
    switch (left) {
      case TokenKind::dot:
      case TokenKind::not_:
      case TokenKind::negative:
      case TokenKind::lparen:
      case TokenKind::lbracket:
      case TokenKind::call_open:
      case TokenKind::index_open: return 0;
      case TokenKind::lbrace:
      case TokenKind::comma: return 1;
      default: return mark(i) != nullptr ? 2 : 1;
    }
  }

  /// Column of piece `i` of `line` as far as it is laid out.
  [[nodiscard]] std::size_t column(const Line& line, std::size_t i) const {
    std::size_t at = line.indent;
    for (std::size_t k = line.first; k < i; ++k) {
      if (k > line.first) at += space_before(k) + padding_[k];
      at += width(pieces_[k].text);
    }
    return i > line.first ? at + space_before(i) + padding_[i] : at;
  }

  // ---------------------------------------------------------------- columns

  struct Aligned {
    Mark::Align align = Mark::Align::none;
    std::size_t sign = 0;  ///< index of the piece that is lined up
    std::optional<std::size_t> argument;  ///< and of the string of a route
    bool ends_run = false;  ///< its value takes further lines
  };

  /// What is lined up on a line that holds one statement, field or entry and nothing else.
  [[nodiscard]] Aligned aligned(const Line& line) const {
    const Mark* const found = mark(line.first);
    if (found == nullptr || found->align == Mark::Align::none) return {};
    Aligned result{found->align, 0, std::nullopt, false};
    std::size_t depth = 0;
    for (std::size_t i = line.first; i < line.last; ++i) {
      if (result.sign == 0 && is_sign(found->align, kind(i))) result.sign = i;
      if (found->argument != 0 && pieces_[i].begin == found->argument) result.argument = i;
      if (opens(kind(i))) ++depth;
      if (closes_bracket(kind(i))) {
        if (depth == 0) return {};
        --depth;
      }
      if (depth == 0 && i > line.first && mark(i) != nullptr) return {};
      if (pieces_[i].text.find('\n') != std::string::npos) result.ends_run = true;
    }
    if (depth > 0) result.ends_run = true;
    if (result.ends_run && found->align == Mark::Align::block) return {};
    return result.sign == 0 ? Aligned{} : result;
  }

  void align_signs() {
    std::vector<Aligned> run;
    std::size_t first = 0;
    const auto finish = [&](std::size_t end) {
      if (run.size() > 1) align_run(first, end, run);
      run.clear();
    };
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const Aligned next = aligned(lines_[i]);
      const bool joins = !run.empty() && next.align == run.back().align && !run.back().ends_run && !lines_[i].blank_before &&
                         lines_[i].indent == lines_[first].indent;
      if (!joins) finish(i);
      if (next.align == Mark::Align::none) continue;
      if (run.empty()) first = i;
      run.push_back(next);
    }
    finish(lines_.size());
  }

  void align_run(std::size_t first, std::size_t end, const std::vector<Aligned>& run) {
    // The strings of routes first: they push the arrows.
    align_pieces(first, end, [&](std::size_t i) { return run[i - first].argument; });
    align_pieces(first, end, [&](std::size_t i) { return std::optional<std::size_t>(run[i - first].sign); });
  }

  template <class Piece>
  void align_pieces(std::size_t first, std::size_t end, Piece piece) {
    std::size_t widest = 0;
    for (std::size_t i = first; i < end; ++i) {
      if (const auto at = piece(i)) widest = std::max(widest, column(lines_[i], *at));
    }
    for (std::size_t i = first; i < end; ++i) {
      if (const auto at = piece(i)) padding_[*at] += widest - column(lines_[i], *at);
    }
  }

  void align_comments() {
    const auto comment = [&](std::size_t i) -> std::optional<std::size_t> {
      const Line& line = lines_[i];
      if (line.last - line.first < 2 || !is_comment(kind(line.last - 1))) return std::nullopt;
      return line.last - 1;
    };
    for (std::size_t i = 0; i < lines_.size();) {
      std::size_t end = i;
      while (end < lines_.size() && comment(end) && (end == i || !lines_[end].blank_before)) ++end;
      if (end > i + 1) align_pieces(i, end, comment);
      i = std::max(end, i + 1);
    }
  }

  std::vector<Piece> pieces_;
  Marks marks_;
  std::vector<bool> in_sentence_, in_day_;  ///< of each piece: see Marks
  std::vector<std::size_t> padding_;  ///< spaces before each piece beyond its own, for a column
  std::vector<Line> lines_;
};

}  // namespace

std::string format(const SourceFile& source, const File& file) {
  if (!file.complete) return print(source, file);
  return Formatter(source.text, file).run();
}

}  // namespace virga::syntax
