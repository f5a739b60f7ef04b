#include "compiler/syntax/syntax_errors.h"

#include "grammar/VirgaParser.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::syntax {
namespace {

namespace codes = diag::codes;
using grammar::VirgaParser;

constexpr std::string_view kReasonHelp =
    "say what is allowed and why: `allow \"path/lost\" because \"the nightly run repeats it\"`, and until when if it ends: "
    "`until 2027-01-01`";

/// "a", "a or b", "a, b or c".
std::string either(const std::vector<std::string>& choices) {
  std::string text;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) text += i + 1 == choices.size() ? " or " : ", ";
    text += choices[i];
  }
  return text;
}

std::string expected_tokens(const antlr4::misc::IntervalSet& expected) {
  const auto has = [&](TokenKind kind) { return expected.contains(static_cast<size_t>(kind)); };
  if (has(TokenKind::number)) return "a value";
  std::vector<std::string> choices;
  if (has(TokenKind::name)) choices.emplace_back("a name");
  if (has(TokenKind::string_open)) choices.emplace_back("a string");
  if (has(TokenKind::call)) choices.emplace_back("an arrow");
  const auto add = [&](TokenKind kind) {
    if (has(kind)) choices.emplace_back(said(kind));
  };
  for (const TokenKind kind : {TokenKind::equal, TokenKind::colon, TokenKind::then, TokenKind::else_, TokenKind::in,
                               TokenKind::lbrace, TokenKind::rbrace, TokenKind::rparen, TokenKind::rbracket}) {
    add(kind);
  }
  if (choices.empty()) choices.emplace_back("something else");
  return either(choices);
}

}  // namespace

bool starts_item(TokenKind kind) {
  switch (kind) {
    case TokenKind::string_open:
    case TokenKind::block_open:
    case TokenKind::bad_string:
    case TokenKind::call:
    case TokenKind::hand_over:
    case TokenKind::for_:
    case TokenKind::if_: return true;
    default: return is_name(kind);
  }
}

std::optional<std::size_t> SyntaxErrors::report(const Mistake& mistake) {
  if (report_unopened(mistake) || report_spaced_unit(mistake) || report_lone_name(mistake) || report_no_reason(mistake))
    return std::nullopt;
  if (const auto resume = report_unclosed(mistake)) return *resume == 0 ? std::nullopt : resume;
  if (const auto resume = report_cut_short(mistake)) return resume;
  report_expected(mistake);
  return std::nullopt;
}

/// A closing bracket between statements.
bool SyntaxErrors::report_unopened(const Mistake& mistake) {
  if (mistake.items.empty() || !closes_bracket(tokens_.at(mistake.at).kind)) return false;
  reporter_.report(span(mistake.at), codes::SyntaxUnopened, std::string(text(mistake.at)))
      .help("leave it out, or write the opening one where it is missing");
  return true;
}

/// `512 MB`: the unit became the start of the next statement, which then makes no sense.
bool SyntaxErrors::report_spaced_unit(const Mistake& mistake) {
  const std::size_t unit = mistake.item;
  if (mistake.rule != VirgaParser::RuleNamed || unit == 0 || tokens_.at(unit - 1).kind != TokenKind::number) return false;
  const std::string_view number = text(unit - 1);
  const char last = number.back();
  if (last < '0' || last > '9' || line_end_between(unit - 1, unit)) return false;
  const Span both = join(span(unit - 1), span(unit));
  const std::string fixed = fmt::format("{}{}", number, text(unit));
  reporter_.report(both, codes::SyntaxSpacedUnit, shorten(number), shorten(text(unit)))
      .fix(both, fixed, diag::Confidence::likely, "leave the space out")
      .help(fmt::format("write `{}`", shorten(fixed)));
  return true;
}

/// A word, or a path, and nothing else on its line.
bool SyntaxErrors::report_lone_name(const Mistake& mistake) {
  const bool at_end = tokens_.at(mistake.at).kind == TokenKind::end_of_file;
  if (mistake.rule != VirgaParser::RuleNamed || (!at_end && !is_first_on_line(mistake.at))) return false;
  for (std::size_t i = mistake.item; i < mistake.at; ++i) {
    const TokenKind kind = tokens_.at(i).kind;
    if ((i - mistake.item) % 2 == 0 ? !is_name(kind) : kind != TokenKind::dot) return false;
  }
  const Span path = join(span(mistake.item), span(mistake.at - 1));
  const std::string_view source = reporter_.source().text;
  reporter_.report(path, codes::SyntaxLoneName, shorten(source.substr(path.begin, path.end - path.begin)))
      .help("a statement starts with `name =`, `kind name` or `from -> to` on one line");
  return true;
}

/// Whether an `allow` is what cannot be read.
bool SyntaxErrors::is_allow(const Mistake& mistake) const {
  const bool rule = mistake.rule == VirgaParser::RuleAllowDecl || mistake.rule == VirgaParser::RuleString ||
                    mistake.rule == VirgaParser::RuleStatement;
  return rule && mistake.at > mistake.item && tokens_.at(mistake.item).kind == TokenKind::allow;
}

/// `allow "path/lost"` and the next statement: its first word was taken for `because`.
bool SyntaxErrors::report_no_reason(const Mistake& mistake) {
  if (!is_allow(mistake) || mistake.at < mistake.item + 2) return false;
  const std::size_t word = mistake.at - 1;
  const bool wants_reason = mistake.expected.contains(static_cast<size_t>(TokenKind::string_open));
  if (!wants_reason || tokens_.at(word).kind != TokenKind::name || text(word) == "because") return false;
  reporter_.report(span(word), codes::SyntaxExpected, "`because`", found(word)).help(std::string(kReasonHelp));
  return true;
}

/// A bracket that nothing closes, told from the end of the file, from a bracket of another kind, or from a line that
/// stands too far left to be within. Gives where the text goes on; 0 when that shows as for any mistake.
std::optional<std::size_t> SyntaxErrors::report_unclosed(const Mistake& mistake) {
  const std::vector<std::size_t> open = open_brackets(mistake.top, mistake.at);
  if (open.empty()) return std::nullopt;
  std::size_t opening = open.back();
  std::size_t resume = 0;
  const TokenKind here = tokens_.at(mistake.at).kind;
  if (here == TokenKind::end_of_file) {
    opening = likely_unclosed(mistake, opening);
  } else if (closes_bracket(here)) {
    const auto matches = [&](std::size_t i) { return closing_of(tokens_.at(i).kind) == here; };
    const auto outer = std::find_if(open.rbegin(), open.rend(), matches);
    if (matches(opening) || outer == open.rend()) return std::nullopt;
    // `x = [1, 2 }` within a block of several lines: a slip of the finger, not the end of the block.
    const bool slip = line_start(opening) == line_start(mistake.at) && line_start(*outer) != line_start(opening);
    if (slip && is_first_on_line(mistake.at + 1)) resume = mistake.at + 1;
  } else if (left_by_indentation(mistake, opening)) {
    resume = line_start(mistake.at);
  } else {
    return std::nullopt;
  }
  diag::Reported reported = reporter_.report(span(opening), codes::SyntaxUnclosed, std::string(text(opening)));
  const std::string_view missing = said(closing_of(tokens_.at(opening).kind));
  reported.label(span(closes_bracket(here) || resume == 0 ? mistake.at : resume),
                 fmt::format("{} is missing before here", missing));
  return resume;
}

bool SyntaxErrors::left_by_indentation(const Mistake& mistake, std::size_t opening) const {
  const bool in_map = mistake.rule == VirgaParser::RuleEntry;
  if (opening < mistake.item && !in_map) return false;
  const std::size_t line = line_start(mistake.at);
  if (line <= opening || !starts_item(tokens_.at(line).kind)) return false;
  const std::size_t outer = indentation(line_start(opening));
  const std::size_t here = indentation(line);
  if (!in_map) return here <= outer;
  const TokenKind first = tokens_.at(line).kind;
  return here < outer || (here == outer && (is_soft_word(first) || is_name(tokens_.at(line + 1).kind)));
}

/// At the end of the file every open brace is a candidate. A closing brace that stood further left than the line of
/// its opening one shows that the real gap lies there.
std::size_t SyntaxErrors::likely_unclosed(const Mistake& mistake, std::size_t innermost) const {
  if (closing_of(tokens_.at(innermost).kind) != TokenKind::rbrace) return innermost;
  std::vector<std::size_t> open;
  for (std::size_t i = mistake.top; i < mistake.at; ++i) {
    const TokenKind kind = tokens_.at(i).kind;
    if (kind == TokenKind::lbrace || kind == TokenKind::interpolation) open.push_back(i);
    if (kind != TokenKind::rbrace || open.empty()) continue;
    const std::size_t opening = open.back();
    open.pop_back();
    if (is_first_on_line(i) && indentation(i) < indentation(line_start(opening))) return opening;
  }
  return innermost;
}

/// `a =` and on the next line `b = 2`: read as `a = b`, and then a second `=`.
std::optional<std::size_t> SyntaxErrors::report_cut_short(const Mistake& mistake) {
  const std::size_t at = mistake.at;
  if (at < 2 || !is_first_on_line(at - 1) || !is_name(tokens_.at(at - 1).kind)) return std::nullopt;
  const TokenKind here = tokens_.at(at).kind;
  if (here != TokenKind::equal && here != TokenKind::colon && here != TokenKind::call && here != TokenKind::hand_over)
    return std::nullopt;
  const auto missing = [&]() -> std::string_view {
    switch (tokens_.at(at - 2).kind) {
      case TokenKind::equal: return "a value";
      case TokenKind::colon: return "a type";
      case TokenKind::dot: return "a name";
      case TokenKind::call:
      case TokenKind::hand_over: return "the name of a node";
      default: return {};
    }
  }();
  if (missing.empty()) return std::nullopt;
  const Span before = span(at - 2);
  reporter_.report({before.file, before.end, before.end}, codes::SyntaxExpected, std::string(missing),
                   "the end of the line");
  return at - 1;
}

void SyntaxErrors::report_expected(const Mistake& mistake) {
  diag::Reported reported = reporter_.report(span(mistake.at), codes::SyntaxExpected, expected(mistake), found(mistake.at));
  add_help(mistake, reported);
}

std::string SyntaxErrors::expected(const Mistake& mistake) const {
  if (!mistake.items.empty()) return mistake.rule == VirgaParser::RuleFile ? mistake.items : mistake.items + " or `}`";
  if (mistake.rule == VirgaParser::RuleStatement && is_allow(mistake)) return "a string";
  if (mistake.open_choice) {
    switch (mistake.rule) {
      case VirgaParser::RuleStatement: return "a name";
      case VirgaParser::RuleNamed: return "`=`, an arrow, a name or `{`";
      case VirgaParser::RuleWorded: return "`=`, `:`, an arrow or `{`";
      case VirgaParser::RuleUseDecl: return "a module such as `std.notify`, or a path in quotes";
      default: break;
    }
  }
  switch (mistake.rule) {
    case VirgaParser::RuleType:
    case VirgaParser::RuleTypeArgument:
      if (mistake.expected.contains(static_cast<size_t>(TokenKind::name))) return "a type";
      break;
    case VirgaParser::RuleAllowDecl:
      if (mistake.expected.contains(static_cast<size_t>(TokenKind::name))) return "`because`";
      if (mistake.expected.contains(static_cast<size_t>(TokenKind::string_open))) break;
      return "a day such as `2027-01-01`";
    case VirgaParser::RuleEndpoint: return "the name of a node";
    case VirgaParser::RuleEntry:
      // A `:` is read as well, to be reported by itself; nobody needs to hear of it here.
      if (mistake.expected.contains(static_cast<size_t>(TokenKind::colon))) return "`=`";
      break;
    default: break;
  }
  return expected_tokens(mistake.expected);
}

void SyntaxErrors::add_help(const Mistake& mistake, diag::Reported& reported) const {
  const ParserToken& here = tokens_.at(mistake.at);
  const std::string_view word = text(mistake.at);
  const bool wants_name =
      mistake.expected.contains(static_cast<size_t>(TokenKind::name)) || mistake.rule == VirgaParser::RuleStatement;
  if (is_allow(mistake)) {
    reported.help(std::string(kReasonHelp));
  } else if (mistake.rule == VirgaParser::RuleType && here.kind == TokenKind::equal) {
    reported.help("name the type between `:` and `=`, such as `string`, `int`, `duration` or `secret`");
  } else if (mistake.rule == VirgaParser::RuleType && here.kind != TokenKind::end_of_file && mistake.at > 0 &&
             tokens_.at(mistake.at - 1).kind == TokenKind::colon) {
    reported.fix(span(mistake.at - 1), " =", diag::Confidence::likely, "write `=`")
        .help("a value is given with `=`; `:` is followed by a type, where a kind declares an attribute");
  } else if (wants_name && is_reserved(here.kind)) {
    reported.help(fmt::format("`{}` is a reserved word; take another name", word));
  } else if (here.kind == TokenKind::equal && mistake.expected.contains(static_cast<size_t>(TokenKind::then))) {
    reported.help("values are compared with `==`");
  } else if (here.kind == TokenKind::call_open && !mistake.items.empty()) {
    reported.help("only functions are called, by their plain name: `name(…)`");
  } else if (word == "and") {
    reported.help("write `&&`");
  } else if (word == "or") {
    reported.help("write `||`");
  }
}

/// The brackets that are open before the token at `to`.
std::vector<std::size_t> SyntaxErrors::open_brackets(std::size_t from, std::size_t to) const {
  std::vector<std::size_t> open;
  for (std::size_t i = from; i < to; ++i) {
    const TokenKind kind = tokens_.at(i).kind;
    if (opens_bracket(kind)) open.push_back(i);
    if (!closes_bracket(kind)) continue;
    // A bracket of another kind was reported before; what it leaves open is none of this mistake.
    const auto match =
        std::find_if(open.rbegin(), open.rend(), [&](std::size_t o) { return closing_of(tokens_.at(o).kind) == kind; });
    if (match != open.rend()) open.erase(match.base() - 1, open.end());
  }
  return open;
}

std::size_t SyntaxErrors::line_start(std::size_t index) const {
  while (!is_first_on_line(index)) --index;
  return index;
}

bool SyntaxErrors::is_first_on_line(std::size_t index) const { return index == 0 || line_end_between(index - 1, index); }

bool SyntaxErrors::line_end_between(std::size_t a, std::size_t b) const {
  const std::string_view source = reporter_.source().text;
  const std::size_t from = tokens_.at(a).end;
  // A string that lost its end has swallowed the line end itself.
  if (tokens_.at(a).kind == TokenKind::string_break) return true;
  return source.substr(from, tokens_.at(b).begin - from).find_first_of("\r\n") != std::string_view::npos;
}

std::size_t SyntaxErrors::indentation(std::size_t index) const {
  const std::string_view source = reporter_.source().text;
  const std::size_t begin = tokens_.at(index).begin;
  const std::size_t line = source.rfind('\n', begin == 0 ? 0 : begin - 1);
  return line == std::string_view::npos || begin == 0 ? begin : begin - line - 1;
}

std::string_view SyntaxErrors::text(std::size_t index) const {
  const ParserToken& token = tokens_.at(index);
  return std::string_view(reporter_.source().text).substr(token.begin, token.end - token.begin);
}

Span SyntaxErrors::span(std::size_t index) const { return reporter_.span(tokens_.at(index).begin, tokens_.at(index).end); }

std::string SyntaxErrors::found(std::size_t index) const {
  const TokenKind kind = tokens_.at(index).kind;
  if (is_name(kind) || kind == TokenKind::number) return fmt::format("`{}`", shorten(text(index)));
  return std::string(said(kind));
}

}  // namespace virga::syntax
