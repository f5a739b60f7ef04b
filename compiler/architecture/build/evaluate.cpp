// Expressions → values. The type expected where a value is used guides what a bare name means. Names, calls, signs and
// what decides stand in the files beside: evaluate_*.cpp.
#include "compiler/architecture/build/state.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include "compiler/diagnostics/suggest.h"

namespace virga::architecture {
namespace {

namespace codes = diag::codes;

bool is_deferred_text(const Value& v) {
  return v.get<ParamRef>() || v.get<OutputRef>() || v.get<Box<Concat>>() || v.get<Box<Choice>>();
}

}  // namespace

bool Builder::spend(Span span, std::size_t steps) {
  // Enough for tens of thousands of nodes; a program that needs more is a mistake or an attack.
  constexpr std::size_t kMost = 500'000;
  if (out_of_steps_) return false;
  steps_ += steps;
  if (steps_ <= kMost) return true;
  out_of_steps_ = true;
  sink_.report(span, codes::ValueTooMuch, std::to_string(kMost))
      .help("generate fewer values: check the ranges and the nested `for`s");
  return false;
}

std::optional<Value> Builder::evaluate(const syntax::Expr& e, Scope& scope, const Type& type, const AttributeSpec* spec) {
  if (const auto* map = std::get_if<syntax::MapExpr>(&e.data); map != nullptr && type.tag == Type::Tag::record) {
    return fit_record(*map, e.span, scope, type, spec);
  }
  if (const auto* map = std::get_if<syntax::MapExpr>(&e.data); map != nullptr && type.tag == Type::Tag::range) {
    auto both = fit_record(*map, e.span, scope, type, spec);
    return both && in_order(*both) ? std::move(both) : std::nullopt;
  }
  if (const auto* list = std::get_if<syntax::ListExpr>(&e.data); list != nullptr && type.tag == Type::Tag::list)
    return raw_list(*list, e.span, scope, &type.arguments[0], spec);
  if (const auto* map = std::get_if<syntax::MapExpr>(&e.data); map != nullptr && type.tag == Type::Tag::map)
    return raw_map(*map, e.span, scope, &type.arguments[0], spec);
  if (const auto* choice = std::get_if<syntax::IfExpr>(&e.data)) {
    auto v = raw_if(*choice, e.span, scope, &type);
    return v ? fit(std::move(*v), type, e.span, spec) : std::nullopt;
  }
  auto v = raw(e, scope, &type);
  if (!v) return std::nullopt;
  return fit(std::move(*v), type, e.span, spec);
}

std::optional<Value> Builder::raw(const syntax::Expr& e, Scope& scope, const Type* hint) {
  if (!spend(e.span)) return std::nullopt;
  struct Visitor {
    Builder& b;
    const syntax::Expr& e;
    Scope& scope;
    const Type* hint;
    std::optional<Value> operator()(const syntax::ErrorExpr&) const { return std::nullopt; }
    std::optional<Value> operator()(const syntax::BoolExpr& x) const { return at(x.value, e.span); }
    std::optional<Value> operator()(const syntax::NoneExpr&) const {
      // An enumeration may have a member of that name: `auth = none`.
      if (hint != nullptr && std::find(hint->members.begin(), hint->members.end(), "none") != hint->members.end())
        return at(Symbol{"none"}, e.span);
      return at(None{}, e.span);
    }
    std::optional<Value> operator()(const syntax::NumberExpr& n) const { return b.raw_number(n, e.span); }
    std::optional<Value> operator()(const syntax::StringExpr& s) const { return b.raw_string(s, e.span, scope); }
    std::optional<Value> operator()(const syntax::NameExpr& n) const { return b.raw_name(n.name, e.span, scope, hint); }
    std::optional<Value> operator()(const syntax::MemberExpr& m) const { return b.raw_member(m, e.span, scope); }
    std::optional<Value> operator()(const syntax::IndexExpr& x) const { return b.raw_index(x, e.span, scope); }
    std::optional<Value> operator()(const syntax::CallExpr& c) const { return b.raw_call(c, e.span, scope); }
    std::optional<Value> operator()(const syntax::ListExpr& l) const {
      return b.raw_list(l, e.span, scope, nullptr, nullptr);
    }
    std::optional<Value> operator()(const syntax::MapExpr& m) const { return b.raw_map(m, e.span, scope, nullptr, nullptr); }
    std::optional<Value> operator()(const syntax::IfExpr& i) const { return b.raw_if(i, e.span, scope, hint); }
    std::optional<Value> operator()(const syntax::ForExpr& f) const { return b.raw_for(f, e.span, scope, hint); }
    std::optional<Value> operator()(const syntax::UnaryExpr& u) const { return b.raw_unary(u, e.span, scope); }
    std::optional<Value> operator()(const syntax::ChainExpr& c) const { return b.raw_chain(c, e.span, scope); }
  };
  return std::visit(Visitor{*this, e, scope, hint}, e.data);
}

std::optional<Value> Builder::raw_number(const syntax::NumberExpr& n, Span span) {
  if (n.unit.empty()) {
    std::string digits = n.digits;
    std::erase(digits, '_');
    // 2^53: beyond it a double would silently change the number.
    const double value = std::strtod(digits.c_str(), nullptr);
    if (!(std::abs(value) <= 9007199254740992.0)) {
      sink_.report(span, codes::ValueTooLarge, n.digits.size() > 40 ? n.digits.substr(0, 37) + "…" : n.digits);
      return std::nullopt;
    }
    return at(value, span);
  }
  bool too_large = false;
  const auto q = make_quantity(n.digits, n.unit, too_large);
  if (!q) {
    auto r = sink_.report(n.unit_span, codes::ValueUnit, n.unit);
    const std::string near = diag::nearest(n.unit, unit_names());
    if (!near.empty()) {
      r.help("did you mean `" + near + "`?").fix(n.unit_span, near, diag::Confidence::likely, "write `" + near + "`");
      return std::nullopt;
    }
    std::string all;
    for (const std::string& u : unit_names()) all += (all.empty() ? "`" : ", `") + u + "`";
    r.help("units are " + all);
    return std::nullopt;
  }
  if (too_large) {
    sink_.report(span, codes::ValueTooLarge, n.digits.size() > 40 ? n.digits.substr(0, 37) + "…" : n.digits + n.unit);
    return std::nullopt;
  }
  return at(*q, span);
}

std::optional<Value> Builder::raw_list(const syntax::ListExpr& l, Span span, Scope& scope, const Type* item,
                                       const AttributeSpec* spec) {
  Values values;
  bool good = true;
  for (const auto& one : l.items) {
    auto v = item != nullptr ? evaluate(*one, scope, *item, spec) : raw(*one, scope, nullptr);
    if (v) values.push_back(std::move(*v));
    else good = false;
  }
  if (!good) return std::nullopt;
  return at(std::move(values), span);
}

std::optional<Value> Builder::raw_map(const syntax::MapExpr& m, Span span, Scope& scope, const Type* item,
                                      const AttributeSpec* spec) {
  Map out;
  bool good = true;
  for (const auto& entry : m.entries) {
    auto key = raw(*entry.key, scope, nullptr);
    auto v = item != nullptr ? evaluate(*entry.value, scope, *item, spec) : raw(*entry.value, scope, nullptr);
    const std::string* text = key ? key->get<std::string>() : nullptr;
    if (key && text == nullptr) (void)too_late(entry.key->span, *key, "a key");
    if (text != nullptr && out.find(*text) != nullptr) {
      sink_.report(entry.key->span, codes::KindAttributeTwice, *text);
      good = false;
    }
    if (v && text) out.entries.push_back({*text, std::move(*v), entry.key->span});
    else good = false;
  }
  if (!good) return std::nullopt;
  return at(std::move(out), span);
}

std::optional<Value> Builder::raw_string(const syntax::StringExpr& s, Span span, Scope& scope) {
  Values parts;
  std::string text;
  bool good = true, late = false;
  for (const auto& part : s.parts) {
    if (const auto* piece = std::get_if<std::string>(&part)) {
      text += *piece;
      continue;
    }
    const auto& expression = *std::get<syntax::ExprPtr>(part);
    auto v = raw(expression, scope, nullptr);
    if (!v) {
      good = false;
      continue;
    }
    if (has_secret(*v)) {
      sink_.report(expression.span, codes::SecretLeak, "text that is put together")
          .help(
              "give the secret itself to an attribute of type `secret`, or keep it in a `secret` node that the code reads");
      good = false;
    } else if (const auto* string = v->get<std::string>()) {
      text += *string;
    } else if (const auto* number = v->get<double>()) {
      text += to_text(*number);
    } else if (const auto* quantity = v->get<Quantity>()) {
      text += to_text(*quantity);
    } else if (const auto* symbol = v->get<Symbol>()) {
      text += symbol->name;
    } else if (const auto* flag = v->get<bool>()) {
      text += *flag ? "true" : "false";
    } else if (is_deferred_text(*v)) {
      if (!text.empty()) parts.push_back(at(std::move(text), span));
      text.clear();
      parts.push_back(std::move(*v));
      late = true;
    } else {
      sink_.report(expression.span, codes::ValueType, "a value that has a text form", describe_value(*v));
      good = false;
    }
    if (!spend(span, text.size() / 64)) return std::nullopt;
  }
  if (!good) return std::nullopt;
  if (!late) return at(std::move(text), span);
  if (!text.empty()) parts.push_back(at(std::move(text), span));
  if (parts.size() == 1) return at(parts[0].data, span);
  return at(Box<Concat>(Concat{std::move(parts)}), span);
}

}  // namespace virga::architecture
