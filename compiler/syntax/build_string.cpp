#include "compiler/syntax/string_value.h"
#include "compiler/syntax/tree_builder.h"

namespace virga::syntax {
namespace {

namespace codes = diag::codes;

std::string without_carriage_returns(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    result += text[i];
  }
  return result;
}

bool blank(std::string_view text) { return text.find_first_not_of(" \t") == std::string_view::npos; }

}  // namespace

ExprPtr TreeBuilder::plain_string(std::string text, Span span) {
  StringExpr string;
  string.parts.emplace_back(std::move(text));
  return make_expr(span, std::move(string));
}

ExprPtr TreeBuilder::string(Parser::StringContext* context) {
  const ParserToken& opening = ours(context->start);
  if (opening.kind == TokenKind::bad_string) {
    std::size_t first = 0;
    std::size_t last = 0;
    return plain_string(std::string(bad_string_content(text_at(opening.index), first, last)), span(context));
  }
  const bool block = opening.kind == TokenKind::block_open;
  StringExpr string;
  std::vector<bool> literal;  // of each part: text as written, where indentation may be taken off
  std::size_t value = 0;
  const std::size_t last = ours(context->stop).index;
  for (std::size_t i = opening.index + 1; i < last; ++i) {
    switch (tokens_.at(i).kind) {
      case TokenKind::interpolation: {
        auto* inner = context->values[value++];
        string.parts.emplace_back(expression(inner));
        literal.push_back(false);
        i = ours(inner->stop).index + 1;
        break;
      }
      case TokenKind::escape:
        string.parts.emplace_back(unescape(text_at(i)).value_or(std::string()));
        literal.push_back(false);
        break;
      default:
        string.parts.emplace_back(block ? without_carriage_returns(text_at(i)) : std::string(text_at(i)));
        literal.push_back(true);
    }
  }
  const TokenKind ending = tokens_.at(last).kind;
  Span whole = span(context);
  if (ending == TokenKind::string_break) whole.end = tokens_.at(last).begin;
  if (block) dedent(string, literal, reporter_.span(opening.begin, opening.end));
  // Neighbouring texts are one: what is escaped and what is not makes no difference to those who read the tree.
  StringExpr joined;
  for (auto& part : string.parts) {
    auto* text = std::get_if<std::string>(&part);
    if (text != nullptr && text->empty()) continue;
    auto* before = joined.parts.empty() ? nullptr : std::get_if<std::string>(&joined.parts.back());
    if (text != nullptr && before != nullptr) {
      *before += *text;
    } else {
      joined.parts.push_back(std::move(part));
    }
  }
  if (joined.parts.empty()) joined.parts.emplace_back(std::string());
  return make_expr(whole, std::move(joined));
}

/// `"""` … `"""`: the text starts on the line after the opening quotes and ends before the line of the closing ones, whose
/// indentation is taken off every line.
void TreeBuilder::dedent(StringExpr& string, const std::vector<bool>& literal, Span opening) {
  const auto literal_text = [&](std::size_t i) -> std::string* {
    return i < literal.size() && literal[i] ? std::get_if<std::string>(&string.parts[i]) : nullptr;
  };
  // The lexer cuts text at `"` and `$`; what belongs together is looked at together.
  std::string* first = literal_text(0);
  const std::size_t line_end = first == nullptr ? std::string::npos : first->find('\n');
  if (line_end == std::string::npos || !blank(std::string_view(*first).substr(0, line_end))) {
    reporter_.report(opening, codes::SyntaxMultiLineString, "the text after `\"\"\"` starts on the next line")
        .help("break the line after the opening quotes");
    return;
  }
  std::string* last = literal_text(literal.size() - 1);
  const std::size_t last_line = last == nullptr ? std::string::npos : last->rfind('\n');
  if (last_line == std::string::npos || !blank(std::string_view(*last).substr(last_line + 1))) {
    reporter_.report(opening, codes::SyntaxMultiLineString, "the closing `\"\"\"` stands on a line of its own")
        .help("break the line before the closing quotes; a text of one line stands between `\"`");
    return;
  }
  const std::string indentation = last->substr(last_line + 1);
  const bool empty = first == last && line_end == last_line;
  last->erase(last_line);
  if (empty) {
    first->clear();
    return;
  }
  first->erase(0, line_end);  // the line end itself stays for now: each line starts with one
  bool shallow = false;
  for (std::size_t i = 0; i < literal.size(); ++i) {
    std::string* text = literal_text(i);
    if (text == nullptr) continue;
    std::string result;
    for (std::size_t at = 0; at < text->size();) {
      const std::size_t end = std::min(text->find('\n', at), text->size());
      result.append(*text, at, end - at);
      at = end;
      if (at == text->size()) break;
      result += '\n';
      ++at;
      const std::string_view rest = std::string_view(*text).substr(at);
      if (rest.starts_with(indentation)) {
        at += indentation.size();
      } else {
        const std::size_t line = std::min(rest.find('\n'), rest.size());
        const bool whole_line = line < rest.size() || i + 1 == literal.size();
        if (whole_line && blank(rest.substr(0, line))) {
          at += line;
        } else {
          shallow = true;
        }
      }
    }
    *text = std::move(result);
  }
  first->erase(0, 1);
  if (shallow) {
    reporter_.report(opening, codes::SyntaxMultiLineString, "a line of this text is indented less than the closing `\"\"\"`")
        .help("indent every line at least as far as the closing quotes, with the same spaces or tabs");
  }
}

}  // namespace virga::syntax
