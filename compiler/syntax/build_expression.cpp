#include "compiler/syntax/parser_base.h"
#include "compiler/syntax/tree_builder.h"

#include <array>

namespace virga::syntax {
namespace {

namespace codes = diag::codes;

/// The levels of operators, from the loosest.
enum Level : std::size_t { kOr, kAnd, kComparison, kSum, kProduct, kLevels };

struct Operator {
  BinaryOp op;
  Level level;
};

Operator operator_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::or_: return {BinaryOp::logical_or, kOr};
    case TokenKind::and_: return {BinaryOp::logical_and, kAnd};
    case TokenKind::equal_equal: return {BinaryOp::equal, kComparison};
    case TokenKind::not_equal: return {BinaryOp::not_equal, kComparison};
    case TokenKind::less: return {BinaryOp::less, kComparison};
    case TokenKind::less_equal: return {BinaryOp::less_equal, kComparison};
    case TokenKind::greater: return {BinaryOp::greater, kComparison};
    case TokenKind::greater_equal: return {BinaryOp::greater_equal, kComparison};
    case TokenKind::plus: return {BinaryOp::plus, kSum};
    case TokenKind::minus: return {BinaryOp::minus, kSum};
    case TokenKind::times: return {BinaryOp::times, kProduct};
    default: return {BinaryOp::divide, kProduct};
  }
}

}  // namespace

/// After a mistake any part of what the grammar wants may be missing; that was reported where it was met.
ExprPtr TreeBuilder::value_of(Parser::ExpressionContext* context, antlr4::ParserRuleContext* owner) {
  return context == nullptr ? make_expr(span(owner), ErrorExpr{}) : expression(context);
}

ExprPtr TreeBuilder::expression(Parser::ExpressionContext* context) {
  if (context->condition != nullptr) {
    return make_expr(span(context), IfExpr{value_of(context->condition, context), value_of(context->yes, context),
                                           value_of(context->no, context)});
  }
  return chain(context, 0, context->operands.size() - 1, kOr);
}

/// Operands `first` to `last`, which no operator looser than `level` separates.
ExprPtr TreeBuilder::chain(Parser::ExpressionContext* context, std::size_t first, std::size_t last, std::size_t level) {
  if (first == last) return operand(context->operands[first]);
  ChainExpr chained;
  std::size_t begin = first;
  for (std::size_t i = first; i < last; ++i) {
    const ParserToken& token = ours(context->operators[i]);
    const Operator op = operator_of(token.kind);
    if (op.level != level) continue;
    ExprPtr part = chain(context, begin, i, level + 1);
    if (chained.rest.empty()) {
      chained.first = std::move(part);
    } else {
      chained.rest.back().operand = std::move(part);
    }
    if (level == kComparison && chained.rest.size() == 1) {
      reporter_.report(span_at(token.index), codes::SyntaxChainedComparison).help("join two comparisons with `&&`");
    }
    chained.rest.push_back({op.op, span_at(token.index), nullptr});
    begin = i + 1;
  }
  ExprPtr part = chain(context, begin, last, level + 1);
  if (chained.rest.empty()) return part;
  chained.rest.back().operand = std::move(part);
  const Span whole = join(span(context->operands[first]), span(context->operands[last]));
  if (level == kComparison && chained.rest.size() > 1) return make_expr(whole, ErrorExpr{});  // what it would mean is open
  return make_expr(whole, std::move(chained));
}

ExprPtr TreeBuilder::operand(Parser::OperandContext* context) {
  UnaryExpr unary;
  std::size_t index = ours(context->start).index;
  for (;; ++index) {
    const TokenKind kind = tokens_.at(index).kind;
    if (kind != TokenKind::not_ && kind != TokenKind::negative) break;
    unary.operators.push_back(kind == TokenKind::not_ ? UnaryOp::negate : UnaryOp::minus);
  }
  ExprPtr base = with_suffixes(primary(context), context);
  if (unary.operators.empty()) return base;
  unary.operand = std::move(base);
  return make_expr(span(context), std::move(unary));
}

ExprPtr TreeBuilder::primary(Parser::OperandContext* context) {
  if (context->simple != nullptr) {
    const ParserToken& token = ours(context->simple);
    switch (token.kind) {
      case TokenKind::number: return number(token);
      case TokenKind::none: return make_expr(span_at(token.index), NoneExpr{});
      default: return make_expr(span_at(token.index), BoolExpr{token.kind == TokenKind::true_});
    }
  }
  if (context->text != nullptr) return string(context->text);
  if (context->items != nullptr) return list(context->items);
  if (context->entries != nullptr) return map(context->entries);
  if (context->inner != nullptr) return expression(context->inner);
  if (context->open == nullptr) return make_expr(span(context->id), NameExpr{name(context->id).text});
  CallExpr call{name(context->id), {}};
  call.arguments.reserve(context->arguments.size());
  for (auto* argument : context->arguments) call.arguments.push_back(expression(argument));
  return make_expr(join(call.function.span, span_at(ours(context->close).index)), std::move(call));
}

/// `.name` and `[index]` in the order of the text; neighbouring names are one flat list.
ExprPtr TreeBuilder::with_suffixes(ExprPtr base, Parser::OperandContext* context) {
  std::size_t member = 0;
  std::size_t index = 0;
  std::size_t depth = 0;
  const auto member_comes_next = [&] {
    if (member == context->members.size()) return false;
    return index == context->indexes.size() ||
           ours(context->members[member]->start).index < ours(context->indexes[index]->start).index;
  };
  while (member < context->members.size() || index < context->indexes.size()) {
    // Each turn nests the tree once more, as a bracket does.
    if (++depth > kMaxDepth) throw TooDeep{ours(context->start).begin, ours(context->start).end};
    if (member_comes_next()) {
      MemberExpr access;
      Span whole = base->span;
      while (member_comes_next()) {
        access.members.push_back(name(context->members[member++]));
        whole = join(whole, access.members.back().span);
      }
      access.base = std::move(base);
      base = make_expr(whole, std::move(access));
    } else {
      auto* inner = context->indexes[index++];
      const Span whole = join(base->span, span_at(ours(inner->stop).index + 1));
      base = make_expr(whole, IndexExpr{std::move(base), expression(inner)});
    }
  }
  return base;
}

template <class Context>
ForExpr TreeBuilder::comprehension(Context* context) {
  ForExpr loop;
  loop.variables = names(context->variables);
  loop.iterable = value_of(context->iterable, context);
  if (context->condition != nullptr) loop.where = expression(context->condition);
  loop.value = value_of(context->value, context);
  return loop;
}

ExprPtr TreeBuilder::list(Parser::ListContext* context) {
  if (context->iterable != nullptr) return make_expr(span(context), comprehension(context));
  ListExpr list;
  list.items.reserve(context->items.size());
  for (auto* item : context->items) list.items.push_back(expression(item));
  return make_expr(span(context), std::move(list));
}

ExprPtr TreeBuilder::map(Parser::MapContext* context) {
  if (context->iterable != nullptr) {
    ForExpr loop = comprehension(context);
    loop.key = value_of(context->key, context);
    return make_expr(span(context), std::move(loop));
  }
  MapExpr map;
  map.entries.reserve(context->entries.size());
  Span first_colon, colons;
  std::string with_equals;  // the text from the first `:` to the last, with ` =` for each
  for (auto* entry : context->entries) {
    if (entry->sign == nullptr) continue;  // reported
    const ParserToken& sign = ours(entry->sign);
    if (sign.kind == TokenKind::colon) {
      const Span colon = span_at(sign.index);
      if (!colons.known()) first_colon = colons = {colon.file, colon.begin, colon.begin};
      with_equals.append(text_.substr(colons.end, colon.begin - colons.end)).append(" =");
      colons.end = colon.end;
    }
    ExprPtr key =
        entry->text != nullptr ? string(entry->text) : plain_string(name(entry->start).text, name(entry->start).span);
    map.entries.push_back({std::move(key), value_of(entry->value, entry)});
  }
  if (colons.known()) {
    // Whoever writes one writes them all: told once.
    reporter_.report({first_colon.file, first_colon.begin, first_colon.begin + 1}, codes::SyntaxColonForEqual)
        .fix(colons, std::move(with_equals), diag::Confidence::certain, "write `=`")
        .help("write `key = value`");
  }
  return make_expr(span(context), std::move(map));
}

ExprPtr TreeBuilder::number(const ParserToken& token) {
  const std::string_view whole = text_at(token.index);
  std::size_t end = 0;
  NumberExpr number;
  while (end < whole.size() && ((whole[end] >= '0' && whole[end] <= '9') || whole[end] == '_' || whole[end] == '.')) {
    if (whole[end] != '_') number.digits += whole[end];
    ++end;
  }
  number.unit = std::string(whole.substr(end));
  number.unit_span = reporter_.span(token.begin + end, token.end);
  return make_expr(span_at(token.index), std::move(number));
}

}  // namespace virga::syntax
