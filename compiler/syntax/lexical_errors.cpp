#include "compiler/syntax/lexical_errors.h"

#include "compiler/syntax/foreign.h"
#include "compiler/syntax/string_value.h"

#include <fmt/format.h>

namespace virga::syntax {
namespace {

namespace codes = diag::codes;

class LexicalCheck {
 public:
  LexicalCheck(const std::vector<Token>& tokens, Reporter& reporter)
      : tokens_(tokens), text_(reporter.source().text), reporter_(reporter) {}

  LexicalErrors run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == TokenKind::dot) {
        dot(i);
      } else {
        check(tokens_[i]);
      }
    }
    for (const Token* opening : open_) {
      if (opening->kind != TokenKind::string_open && opening->kind != TokenKind::block_open) continue;
      unterminated(*opening, text_.size());
      return {.open_string_at_end = true};
    }
    return {};
  }

 private:
  void check(const Token& token) {
    switch (token.kind) {
      case TokenKind::lbrace:
      case TokenKind::interpolation:
      case TokenKind::string_open:
      case TokenKind::block_open: open_.push_back(&token); break;
      case TokenKind::rbrace:
      case TokenKind::string_close:
      case TokenKind::block_close:
        if (!open_.empty()) open_.pop_back();
        break;
      case TokenKind::string_break: leave_strings(token); break;
      case TokenKind::escape: escape(token); break;
      case TokenKind::bad_string: quotes(token); break;
      case TokenKind::bad_name:
        reporter_.report(span(token), codes::SyntaxNameCharacters, shorten(text_of(text_, token)))
            .help("names are made of the letters a to z, digits and `_`; any text may stand in a string");
        break;
      case TokenKind::bad_arrow: arrow(token); break;
      case TokenKind::block_comment:
        reporter_.report(span(token.begin, token.begin + 2), codes::SyntaxForeignComment, "/*")
            .help("write `//` at the start of each line of the comment");
        break;
      case TokenKind::hash_comment:
        reporter_.report(span(token.begin, token.begin + 1), codes::SyntaxForeignComment, "#")
            .fix(span(token.begin, token.begin + 1), "//", diag::Confidence::certain, "write `//`")
            .help("write `//` at the start of each line of the comment");
        break;
      case TokenKind::semicolon:
        reporter_.report(span(token), codes::SyntaxSemicolon)
            .fix(span(token), "", diag::Confidence::certain, "leave the `;` out")
            .help("nothing stands between statements; leave it out");
        break;
      case TokenKind::stray: stray(token); break;
      default: break;
    }
  }

  /// A `.` at the end of a line would take the first word of the next one for a member.
  void dot(std::size_t i) {
    if (i + 1 == tokens_.size() || tokens_[i + 1].kind != TokenKind::white_space) return;
    if (text_of(text_, tokens_[i + 1]).find_first_of("\r\n") == std::string_view::npos) return;
    reporter_.report(span(tokens_[i].end, tokens_[i].end), codes::SyntaxExpected, "a name", "the end of the line");
  }

  void leave_strings(const Token& line_end) {
    std::size_t outermost = 0;
    while (open_[outermost]->kind != TokenKind::string_open) ++outermost;
    unterminated(*open_.back(), line_end.begin);
    open_.resize(outermost);
  }

  void unterminated(const Token& opening, std::size_t end) {
    const bool block = opening.kind == TokenKind::block_open;
    diag::Reported reported = reporter_.report(block ? span(opening) : span(opening.begin, end),
                                               codes::SyntaxUnterminatedString, block ? "\"\"\"" : "\"");
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (open_[i]->kind != TokenKind::interpolation || open_[i]->begin > opening.begin) continue;
      reported.label(span(*open_[i]), "it stands in the value that starts here; is its `}` missing?");
      break;
    }
    reported.help(block ? "close it with `\"\"\"` on a line of its own"
                        : "close it with `\"` on the same line; text of several lines stands between `\"\"\"`");
  }

  void escape(const Token& token) {
    const std::string_view sequence = text_of(text_, token);
    if (unescape(sequence)) return;
    diag::Reported reported = reporter_.report(span(token), codes::SyntaxUnknownEscape, std::string(sequence));
    if (sequence.starts_with("\\u")) {
      reported.help(
          "a character by its number is `\\u{…}` with one to six hexadecimal digits, up to 10FFFF and not D800 to DFFF");
    } else {
      reported.help("the escapes are `\\n`, `\\t`, `\\r`, `\\\"`, `\\\\`, `\\$` and `\\u{…}`; a backslash itself is `\\\\`");
    }
  }

  void quotes(const Token& token) {
    const std::string_view quoted = text_of(text_, token);
    std::size_t first = 0;
    std::size_t last = quoted.size() - 1;
    (void)bad_string_content(quoted, first, last);
    const std::string fixed = fmt::format("\"{}\"", escape_for_string(quoted.substr(first, last - first)));
    reporter_.report(span(token), codes::SyntaxForeignQuotes)
        .fix(span(token), fixed, diag::Confidence::certain, "write it in `\"`")
        .help("write `\"…\"`");
  }

  void arrow(const Token& token) {
    reporter_.report(span(token), codes::SyntaxForeignArrow, std::string(text_of(text_, token)))
        .fix(span(token), "->", diag::Confidence::likely, "write `->`")
        .help("`->` waits for the answer, `~>` hands over and goes on");
  }

  void stray(const Token& token) {
    const std::string_view character = text_of(text_, token);
    const bool shown = character.size() > 1 || (character[0] >= ' ' && character[0] != 0x7f);
    diag::Reported reported = reporter_.report(
        span(token), codes::SyntaxStrayCharacter,
        shown ? fmt::format("`{}`", character) : fmt::format("control character {}", static_cast<int>(character[0])));
    const std::string_view ascii = ascii_for(character);
    if (ascii.empty()) return;
    if (ascii == " ") {
      reported.fix(span(token), " ", diag::Confidence::certain, "write a plain space").help("write a plain space");
      return;
    }
    if (ascii == ";") {
      reported.fix(span(token), "", diag::Confidence::certain, "leave it out")
          .help("nothing stands between statements; leave it out");
      return;
    }
    reported.fix(span(token), std::string(ascii), diag::Confidence::likely, fmt::format("write `{}`", ascii))
        .help(fmt::format("write `{}`", ascii));
  }

  [[nodiscard]] Span span(const Token& token) const { return reporter_.span(token.begin, token.end); }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const { return reporter_.span(begin, end); }

  const std::vector<Token>& tokens_;
  std::string_view text_;
  Reporter& reporter_;
  std::vector<const Token*> open_;
};

}  // namespace

LexicalErrors report_lexical_errors(const std::vector<Token>& tokens, Reporter& reporter) {
  return LexicalCheck(tokens, reporter).run();
}

}  // namespace virga::syntax
