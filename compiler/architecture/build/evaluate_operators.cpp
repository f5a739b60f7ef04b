// Signs: `!`, `-`, and rows of `a + b == c && d`.
#include "compiler/architecture/build/state.h"

#include <cmath>

namespace virga::architecture {
namespace {

namespace codes = diag::codes;

std::string_view spell(syntax::BinaryOp op) {
  switch (op) {
    case syntax::BinaryOp::logical_or: return "||";
    case syntax::BinaryOp::logical_and: return "&&";
    case syntax::BinaryOp::equal: return "==";
    case syntax::BinaryOp::not_equal: return "!=";
    case syntax::BinaryOp::less: return "<";
    case syntax::BinaryOp::less_equal: return "<=";
    case syntax::BinaryOp::greater: return ">";
    case syntax::BinaryOp::greater_equal: return ">=";
    case syntax::BinaryOp::plus: return "+";
    case syntax::BinaryOp::minus: return "-";
    case syntax::BinaryOp::times: return "*";
    case syntax::BinaryOp::divide: return "/";
  }
  return "?";
}

/// The order of two values of one sort; nothing when they have none.
std::optional<int> compare(const Value& a, const Value& b) {
  const auto sign = [](auto x, auto y) { return x < y ? -1 : y < x ? 1 : 0; };
  if (a.get<double>() && b.get<double>()) return sign(*a.get<double>(), *b.get<double>());
  if (a.get<std::string>() && b.get<std::string>()) return sign(*a.get<std::string>(), *b.get<std::string>());
  const auto *p = a.get<Quantity>(), *q = b.get<Quantity>();
  if (p && q && p->dimension == q->dimension) return sign(p->amount, q->amount);
  return std::nullopt;
}

enum class Arithmetic { done, does_not_fit, by_zero, too_large };

Arithmetic arithmetic(syntax::BinaryOp op, const Value& a, const Value& b, Value::Data& out) {
  using Op = syntax::BinaryOp;
  const auto *x = a.get<double>(), *y = b.get<double>();
  const auto *p = a.get<Quantity>(), *q = b.get<Quantity>();
  const auto scaled = [&](const Quantity& quantity, double factor) {
    const double amount = std::round(static_cast<double>(quantity.amount) * factor);
    if (!(std::abs(amount) < 9.2e18)) return Arithmetic::too_large;
    out = Quantity{static_cast<std::int64_t>(amount), quantity.dimension};
    return Arithmetic::done;
  };
  if (x && y) {
    if (op == Op::divide && *y == 0) return Arithmetic::by_zero;
    const double r = op == Op::plus ? *x + *y : op == Op::minus ? *x - *y : op == Op::times ? *x * *y : *x / *y;
    if (!std::isfinite(r)) return Arithmetic::too_large;
    out = r;
    return Arithmetic::done;
  }
  if (p && q && p->dimension == q->dimension) {
    if (op == Op::divide) {
      if (q->amount == 0) return Arithmetic::by_zero;
      out = static_cast<double>(p->amount) / static_cast<double>(q->amount);
      return Arithmetic::done;
    }
    if (op == Op::times) return Arithmetic::does_not_fit;
    std::int64_t sum = 0;
    const bool over = op == Op::plus ? __builtin_add_overflow(p->amount, q->amount, &sum)
                                     : __builtin_sub_overflow(p->amount, q->amount, &sum);
    if (over) return Arithmetic::too_large;
    out = Quantity{sum, p->dimension};
    return Arithmetic::done;
  }
  if (p && y && op == Op::times) return scaled(*p, *y);
  if (x && q && op == Op::times) return scaled(*q, *x);
  if (p && y && op == Op::divide) return *y == 0 ? Arithmetic::by_zero : scaled(*p, 1 / *y);
  return Arithmetic::does_not_fit;
}

}  // namespace

std::optional<Value> Builder::raw_unary(const syntax::UnaryExpr& u, Span span, Scope& scope) {
  auto v = raw(*u.operand, scope, nullptr);
  if (!v) return std::nullopt;
  for (auto op = u.operators.rbegin(); op != u.operators.rend(); ++op) {
    if (*op == syntax::UnaryOp::negate && v->get<bool>()) {
      v->data = !*v->get<bool>();
    } else if (*op == syntax::UnaryOp::minus && v->get<double>()) {
      v->data = -*v->get<double>();
    } else if (*op == syntax::UnaryOp::minus && v->get<Quantity>()) {
      v->data = Quantity{-v->get<Quantity>()->amount, v->get<Quantity>()->dimension};
    } else {
      sink_.report(span, codes::ValueType,
                   *op == syntax::UnaryOp::negate ? "`true` or `false` after `!`" : "a number after `-`",
                   describe_value(*v));
      return std::nullopt;
    }
  }
  v->span = span;
  return v;
}

std::optional<Value> Builder::raw_chain(const syntax::ChainExpr& c, Span span, Scope& scope) {
  using Op = syntax::BinaryOp;
  auto left = raw(*c.first, scope, nullptr);
  for (const auto& step : c.rest) {
    if (!left) return std::nullopt;
    if (step.op == Op::logical_and || step.op == Op::logical_or) {
      const bool* flag = left->get<bool>();
      if (flag == nullptr) {
        if (reads_ != nullptr && !known_at_compile_time(*left)) return std::nullopt;  // the rule tells that it is not proven
        sink_.report(left->span, codes::ValueType, fmt::format("`true` or `false` beside `{}`", spell(step.op)),
                     describe_value(*left));
        return std::nullopt;
      }
      if (*flag == (step.op == Op::logical_or)) continue;
      left = raw(*step.operand, scope, nullptr);
      if (left && left->get<bool>() == nullptr) {
        sink_.report(step.operand->span, codes::ValueType, fmt::format("`true` or `false` beside `{}`", spell(step.op)),
                     describe_value(*left));
        return std::nullopt;
      }
      continue;
    }
    // A bare name beside `==` may be a member of an enumeration that the other side holds.
    Type members;
    const Type* hint = nullptr;
    if (left->get<Symbol>()) {
      members.tag = Type::Tag::region;
      hint = &members;
    }
    auto right = raw(*step.operand, scope, hint);
    if (!right) return std::nullopt;
    if (step.op == Op::equal || step.op == Op::not_equal) {
      // Whether there is a value at all is known now, whatever it will be.
      if (left->is_none() != right->is_none()) {
        left = at(step.op == Op::not_equal, span);
        continue;
      }
      if (!known_at_compile_time(*left) || !known_at_compile_time(*right)) {
        if (has_secret(*left) || has_secret(*right)) {
          sink_.report(span, codes::SecretLeak, "a condition");
          return std::nullopt;
        }
        Choice choice;
        choice.left = std::move(*left);
        choice.right = std::move(*right);
        choice.comparison = step.op == Op::equal ? Comparison::equal : Comparison::not_equal;
        choice.then = at(true, span);
        choice.otherwise = at(false, span);
        left = at(Box<Choice>(std::move(choice)), span);
        continue;
      }
      const bool same_sort = left->data.index() == right->data.index() || left->is_none() || right->is_none();
      if (!same_sort) {
        sink_.report(step.op_span, codes::ValueOperator, std::string(spell(step.op)), describe_value(*left),
                     describe_value(*right));
        return std::nullopt;
      }
      left = at((*left == *right) == (step.op == Op::equal), span);
      continue;
    }
    if (!known_at_compile_time(*left) || !known_at_compile_time(*right)) {
      const Value& late = known_at_compile_time(*left) ? *right : *left;
      if (!has_secret(late)) return too_late(late.span, late, fmt::format("what stands beside `{}`", spell(step.op)));
      const bool orders =
          step.op == Op::less || step.op == Op::less_equal || step.op == Op::greater || step.op == Op::greater_equal;
      sink_.report(late.span, codes::SecretLeak, orders ? "a condition" : "a computation");
      return std::nullopt;
    }
    if (step.op == Op::plus || step.op == Op::minus || step.op == Op::times || step.op == Op::divide) {
      Value::Data result;
      switch (arithmetic(step.op, *left, *right, result)) {
        case Arithmetic::done: left = at(std::move(result), span); continue;
        case Arithmetic::by_zero: sink_.report(step.operand->span, codes::ValueDivideByZero); return std::nullopt;
        case Arithmetic::too_large:
          sink_.report(span, codes::ValueTooLarge, fmt::format("{} {} {}", to_text(*left), spell(step.op), to_text(*right)));
          return std::nullopt;
        case Arithmetic::does_not_fit: break;
      }
      auto r = sink_.report(step.op_span, codes::ValueOperator, std::string(spell(step.op)), describe_value(*left),
                            describe_value(*right));
      if (step.op == Op::plus && (left->get<std::string>() || right->get<std::string>()))
        r.help("put text together with `\"${a}${b}\"`");
      return std::nullopt;
    }
    const auto order = compare(*left, *right);
    if (!order) {
      sink_.report(step.op_span, codes::ValueOperator, std::string(spell(step.op)), describe_value(*left),
                   describe_value(*right));
      return std::nullopt;
    }
    const bool holds = step.op == Op::less         ? *order < 0
                       : step.op == Op::less_equal ? *order <= 0
                       : step.op == Op::greater    ? *order > 0
                                                   : *order >= 0;
    left = at(holds, span);
  }
  if (left) left->span = span;
  return left;
}

}  // namespace virga::architecture
