#include "compiler/syntax/recovery.h"

#include "grammar/VirgaParser.h"

#include <algorithm>

namespace virga::syntax {
namespace {

using grammar::VirgaParser;

/// The rules that a mistake spoils as a whole; all smaller ones give up and leave it to them.
bool is_item(std::size_t rule) {
  switch (rule) {
    case VirgaParser::RuleStatement:
    case VirgaParser::RuleNamed:
    case VirgaParser::RuleWorded:
    case VirgaParser::RuleComputed:
    case VirgaParser::RuleEdgeFromHere:
    case VirgaParser::RuleAppDecl:
    case VirgaParser::RuleParamDecl:
    case VirgaParser::RuleLetDecl:
    case VirgaParser::RuleOutputDecl:
    case VirgaParser::RuleUseDecl:
    case VirgaParser::RuleKindDecl:
    case VirgaParser::RuleTypeDecl:
    case VirgaParser::RuleStageDecl:
    case VirgaParser::RuleOnBlock:
    case VirgaParser::RuleRequireDecl:
    case VirgaParser::RuleAllowDecl:
    case VirgaParser::RuleMovedDecl:
    case VirgaParser::RuleResourceDecl:
    case VirgaParser::RuleForBlock:
    case VirgaParser::RuleIfBlock:
    case VirgaParser::RuleKindItem:
    case VirgaParser::RulePortDecl:
    case VirgaParser::RulePortAlias:
    case VirgaParser::RuleAttributeDecl:
    case VirgaParser::RuleEntry: return true;
    default: return false;
  }
}

/// Whether the rule is a `{ … }` of items, and how messages call those.
std::string_view items_of(std::size_t rule) {
  switch (rule) {
    case VirgaParser::RuleBlock:
    case VirgaParser::RuleKindBody: return "a statement";
    case VirgaParser::RuleRecord: return "a field";
    case VirgaParser::RuleMap: return "an entry";
    default: return {};
  }
}

bool starts_item_of(std::size_t rule, TokenKind kind) {
  switch (rule) {
    case VirgaParser::RuleRecord: return is_name(kind);
    case VirgaParser::RuleMap:
      return is_name(kind) || is_reserved(kind) || kind == TokenKind::string_open || kind == TokenKind::block_open ||
             kind == TokenKind::bad_string;
    case VirgaParser::RuleFile: return starts_item(kind) && kind != TokenKind::call && kind != TokenKind::hand_over;
    default: return starts_item(kind);
  }
}

/// How many braces are open after the tokens passed so far.
class BraceDepth {
 public:
  void pass(TokenKind kind) {
    switch (kind) {
      case TokenKind::lbrace:
      case TokenKind::interpolation: ++depth_; break;
      case TokenKind::rbrace:
        if (depth_ > 0) --depth_;
        break;
      case TokenKind::string_open: strings_.push_back(depth_); break;
      case TokenKind::string_close:
        if (!strings_.empty()) strings_.pop_back();
        break;
      case TokenKind::string_break:
        // The line end left every string that was open, and the braces in them.
        if (!strings_.empty()) depth_ = strings_.front();
        strings_.clear();
        break;
      default: break;
    }
  }
  [[nodiscard]] std::size_t depth() const { return depth_; }

 private:
  std::size_t depth_ = 0;
  std::vector<std::size_t> strings_;  ///< the depth at which each open string began
};

antlr4::ParserRuleContext* outer(antlr4::ParserRuleContext* context) {
  return static_cast<antlr4::ParserRuleContext*>(context->parent);
}

}  // namespace

antlr4::Token* Recovery::recoverInline(antlr4::Parser* parser) { throw antlr4::InputMismatchException(parser); }

void Recovery::reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) {
  if (recovering_) return;
  Mistake mistake;
  mistake.at = ours(error.getOffendingToken()).index;
  mistake.rule = parser->getContext()->getRuleIndex();
  mistake.open_choice = dynamic_cast<const antlr4::NoViableAltException*>(&error) != nullptr;
  mistake.expected = parser->getExpectedTokens();
  bool in_item = false;
  for (antlr4::ParserRuleContext* context = parser->getContext(); context != nullptr; context = outer(context)) {
    mistake.top = ours(context->start).index;
    if (in_item || !is_item(context->getRuleIndex())) continue;
    in_item = true;
    mistake.item = mistake.top;
  }
  report(mistake);
}

void Recovery::report(const Mistake& mistake) {
  recovering_ = true;
  resume_at_ = 0;
  const bool again = any_error_ && mistake.at == error_at_;
  any_error_ = true;
  error_at_ = mistake.at;
  if (again || follows_from_lexical_error(mistake.at)) return;
  if (const auto resume = messages_.report(mistake)) resume_at_ = *resume;
}

/// A string without an end, or a `.` at the end of a line, leaves what stands around it without sense.
bool Recovery::follows_from_lexical_error(std::size_t index) const {
  const TokenKind here = tokens_.at(index).kind;
  if (here == TokenKind::end_of_file && lexical_.open_string_at_end) return true;
  if (index == 0) return false;
  if (tokens_.at(index - 1).kind == TokenKind::dot && messages_.is_first_on_line(index)) return true;
  if (tokens_.at(index - 1).kind == TokenKind::string_break) return true;
  for (std::size_t i = index; tokens_.at(i).kind != TokenKind::end_of_file; ++i) {
    if (i > index && messages_.is_first_on_line(i)) return false;
    if (tokens_.at(i).kind == TokenKind::string_break) return true;
  }
  return false;
}

void Recovery::recover(antlr4::Parser* parser, std::exception_ptr error) {
  antlr4::ParserRuleContext* const context = parser->getContext();
  if (is_item(context->getRuleIndex())) {
    tokens_.seek(resume_after(ours(context->start).index));
    recovering_ = false;
    return;
  }
  // At the end nothing is left to read, so every block that is still open simply ends.
  const bool at_end = tokens_.at(tokens_.position()).kind == TokenKind::end_of_file;
  if (at_end && !items_of(context->getRuleIndex()).empty()) return;
  std::rethrow_exception(error);
}

std::size_t Recovery::resume_after(std::size_t item_start) const {
  if (resume_at_ > item_start) return resume_at_;
  // The line on which the mistake showed may be a statement of its own, where the one before it was cut short.
  const std::size_t line = messages_.line_start(error_at_);
  BraceDepth braces;
  for (std::size_t i = item_start; i < error_at_; ++i) {
    const TokenKind kind = tokens_.at(i).kind;
    if (i == line && i > item_start && braces.depth() == 0 && starts_item(kind)) return i;
    braces.pass(kind);
  }
  for (std::size_t i = std::max(error_at_, item_start);; ++i) {
    const TokenKind kind = tokens_.at(i).kind;
    if (kind == TokenKind::end_of_file) return i;
    if (i > item_start && braces.depth() == 0 && starts_item(kind) && messages_.is_first_on_line(i)) return i;
    if (kind == TokenKind::rbrace && braces.depth() == 0) return i;
    braces.pass(kind);
  }
}

void Recovery::sync(antlr4::Parser* parser) {
  const antlr4::ParserRuleContext* const context = parser->getContext();
  const std::size_t rule = context->getRuleIndex();
  if (rule == VirgaParser::RuleNamed) return check_head(parser);
  const std::string_view items = items_of(rule);
  if (items.empty()) return;
  const std::size_t start = ours(context->start).index;
  const std::size_t here = tokens_.position();
  if (here <= start) return;
  if (rule == VirgaParser::RuleMap && tokens_.at(start + 1).kind == TokenKind::for_) return;  // made by `for`: no entries
  const auto fits = [&](std::size_t i) {
    const TokenKind kind = tokens_.at(i).kind;
    if (kind == TokenKind::rbrace || kind == TokenKind::end_of_file || starts_item_of(rule, kind)) return true;
    const TokenKind before = tokens_.at(i - 1).kind;
    return kind == TokenKind::comma && before != TokenKind::comma && before != TokenKind::lbrace;
  };
  if (fits(here)) return;
  report_stray(rule, std::string(items));
  skip_to([&](std::size_t i) { return fits(i); });
}

/// A node has its name on the line of its kind. Without this a word that stands alone would take the first word of the next
/// line for a name, and what is wrong would show somewhere else or not at all.
void Recovery::check_head(antlr4::Parser* parser) const {
  const auto& context = static_cast<const VirgaParser::NamedContext&>(*parser->getContext());
  const std::size_t here = tokens_.position();
  if (!starts_item_of(VirgaParser::RuleMap, tokens_.at(here).kind) || !messages_.is_first_on_line(here)) return;
  const bool after_path = context.value == nullptr && context.declared == nullptr && context.arrow == nullptr &&
                          context.text == nullptr && context.node == nullptr && context.body == nullptr;
  if (after_path) throw antlr4::InputMismatchException(parser);
}

void Recovery::skip_stray_tokens() {
  report_stray(VirgaParser::RuleFile, "a statement");
  skip_to([&](std::size_t i) {
    const TokenKind kind = tokens_.at(i).kind;
    return kind == TokenKind::end_of_file || kind == TokenKind::rbrace || starts_item_of(VirgaParser::RuleFile, kind);
  });
}

/// Goes on at the next place that fits, at the start of a line or plainly at an attribute: what follows a stray token on its
/// line mostly belongs to it.
template <class Fits>
void Recovery::skip_to(Fits fits) {
  recovering_ = false;
  if (resume_at_ != 0) return tokens_.seek(resume_at_);
  const auto clear = [&](std::size_t i) {
    const TokenKind kind = tokens_.at(i).kind;
    if (kind == TokenKind::end_of_file || kind == TokenKind::rbrace || messages_.is_first_on_line(i)) return true;
    const TokenKind after = tokens_.at(i + 1).kind;
    return is_name(kind) && (after == TokenKind::equal || after == TokenKind::colon);
  };
  std::size_t next = tokens_.position() + 1;
  while (!fits(next) || !clear(next)) ++next;
  tokens_.seek(next);
}

void Recovery::report_stray(std::size_t rule, std::string items) {
  resume_at_ = 0;
  if (recovering_) return;
  Mistake mistake;
  mistake.at = mistake.item = mistake.top = tokens_.position();
  mistake.rule = rule;
  mistake.items = std::move(items);
  report(mistake);
}

}  // namespace virga::syntax
