// Expressions → values. The type expected where a value is used guides what a bare name means.
#include "compiler/architecture/build/state.h"

#include "compiler/diagnostics/suggest.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace virga::architecture {
namespace {

namespace codes = diag::codes;

Value at(Value::Data data, Span span) { return Value{std::move(data), span, span}; }

bool is_deferred_text(const Value& v) {
  return v.get<ParamRef>() || v.get<OutputRef>() || v.get<Box<Concat>>() || v.get<Box<Choice>>();
}

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

Binding* Builder::lookup(Scope& scope, std::string_view name) {
  for (Scope* s = &scope; s != nullptr; s = s->parent) {
    if (const auto it = s->names.find(name); it != s->names.end()) return &it->second;
  }
  return nullptr;
}

std::vector<std::string> Builder::visible_names(const Scope& scope) const {
  std::vector<std::string> out;
  for (const Scope* s = &scope; s != nullptr; s = s->parent) {
    for (const auto& [name, binding] : s->names) out.push_back(name);
  }
  return out;
}

std::optional<Value> Builder::evaluate(const syntax::Expr& e, Scope& scope, const Type& type, const AttributeSpec* spec) {
  if (const auto* map = std::get_if<syntax::MapExpr>(&e.data); map != nullptr && type.tag == Type::Tag::record) {
    return fit_record(*map, e.span, scope, type, spec);
  }
  if (const auto* list = std::get_if<syntax::ListExpr>(&e.data); list != nullptr && type.tag == Type::Tag::list) {
    Values values;
    bool good = true;
    for (const auto& item : list->items) {
      auto v = evaluate(*item, scope, type.arguments[0], spec);
      if (v) values.push_back(std::move(*v));
      else good = false;
    }
    if (!good) return std::nullopt;
    return at(std::move(values), e.span);
  }
  if (const auto* map = std::get_if<syntax::MapExpr>(&e.data); map != nullptr && type.tag == Type::Tag::map) {
    Map out;
    bool good = true;
    for (const auto& entry : map->entries) {
      auto key = raw(*entry.key, scope, nullptr);
      auto v = evaluate(*entry.value, scope, type.arguments[0], spec);
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
    return at(std::move(out), e.span);
  }
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
    std::optional<Value> operator()(const syntax::NumberExpr& n) const {
      if (n.unit.empty()) {
        std::string digits = n.digits;
        std::erase(digits, '_');
        // 2^53: beyond it a double would silently change the number.
        const double value = std::strtod(digits.c_str(), nullptr);
        if (!(std::abs(value) <= 9007199254740992.0)) {
          b.sink_.report(e.span, codes::ValueTooLarge, n.digits.size() > 40 ? n.digits.substr(0, 37) + "…" : n.digits);
          return std::nullopt;
        }
        return at(value, e.span);
      }
      bool too_large = false;
      const auto q = make_quantity(n.digits, n.unit, too_large);
      if (!q) {
        auto r = b.sink_.report(n.unit_span, codes::ValueUnit, n.unit);
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
        b.sink_.report(e.span, codes::ValueTooLarge,
                       n.digits.size() > 40 ? n.digits.substr(0, 37) + "…" : n.digits + n.unit);
        return std::nullopt;
      }
      return at(*q, e.span);
    }
    std::optional<Value> operator()(const syntax::StringExpr& s) const { return b.raw_string(s, e.span, scope); }
    std::optional<Value> operator()(const syntax::NameExpr& n) const { return b.raw_name(n.name, e.span, scope, hint); }
    std::optional<Value> operator()(const syntax::MemberExpr& m) const { return b.raw_member(m, e.span, scope); }
    std::optional<Value> operator()(const syntax::IndexExpr& x) const { return b.raw_index(x, e.span, scope); }
    std::optional<Value> operator()(const syntax::CallExpr& c) const { return b.raw_call(c, e.span, scope); }
    std::optional<Value> operator()(const syntax::ListExpr& l) const {
      Values values;
      bool good = true;
      for (const auto& item : l.items) {
        auto v = b.raw(*item, scope, nullptr);
        if (v) values.push_back(std::move(*v));
        else good = false;
      }
      if (!good) return std::nullopt;
      return at(std::move(values), e.span);
    }
    std::optional<Value> operator()(const syntax::MapExpr& m) const {
      Map out;
      bool good = true;
      for (const auto& entry : m.entries) {
        auto key = b.raw(*entry.key, scope, nullptr);
        auto v = b.raw(*entry.value, scope, nullptr);
        const std::string* text = key ? key->get<std::string>() : nullptr;
        if (key && text == nullptr) (void)b.too_late(entry.key->span, *key, "a key");
        if (text != nullptr && out.find(*text) != nullptr) {
          b.sink_.report(entry.key->span, codes::KindAttributeTwice, *text);
          good = false;
        }
        if (v && text) out.entries.push_back({*text, std::move(*v), entry.key->span});
        else good = false;
      }
      if (!good) return std::nullopt;
      return at(std::move(out), e.span);
    }
    std::optional<Value> operator()(const syntax::IfExpr& i) const { return b.raw_if(i, e.span, scope, hint); }
    std::optional<Value> operator()(const syntax::ForExpr& f) const { return b.raw_for(f, e.span, scope, hint); }
    std::optional<Value> operator()(const syntax::UnaryExpr& u) const { return b.raw_unary(u, e.span, scope); }
    std::optional<Value> operator()(const syntax::ChainExpr& c) const { return b.raw_chain(c, e.span, scope); }
  };
  return std::visit(Visitor{*this, e, scope, hint}, e.data);
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

std::optional<Value> Builder::raw_name(const std::string& name, Span span, Scope& scope, const Type* hint) {
  if (hint != nullptr && hint->tag == Type::Tag::enumeration) {
    for (const std::string& m : hint->members) {
      if (m == name) return at(Symbol{name}, span);
    }
  }
  if (Binding* binding = lookup(scope, name)) return from_binding(*binding, name, span, hint);
  if (hint != nullptr && hint->tag == Type::Tag::region) return at(Symbol{name}, span);
  if (hint != nullptr && hint->tag == Type::Tag::enumeration) {
    return at(Symbol{name}, span);  // fit() says what the members are
  }
  const std::string near = diag::nearest(name, visible_names(scope));
  if (incomplete_ && near.empty()) return std::nullopt;  // it may be one of those that could not be made
  auto r = sink_.report(span, codes::NameUnknown, name);
  if (!near.empty()) {
    r.help("did you mean `" + near + "`?").fix(span, near, diag::Confidence::likely, "write `" + near + "`");
  } else if (hint != nullptr &&
             (hint->tag == Type::Tag::string || hint->tag == Type::Tag::path || hint->tag == Type::Tag::any)) {
    r.help("text stands in quotes: `\"" + name + "\"`")
        .fix(span, "\"" + name + "\"", diag::Confidence::likely, "put it in quotes");
  }
  return std::nullopt;
}

std::optional<Value> Builder::from_binding(Binding& binding, const std::string& name, Span span, const Type* hint) {
  const auto here = [&](std::optional<Value> v) {
    if (v) v->span = span;
    return v;
  };
  switch (binding.tag) {
    case Binding::Tag::broken: return std::nullopt;
    case Binding::Tag::value: return here(binding.value);
    case Binding::Tag::param:
      if (binding.value) return here(binding.value);
      return at(ParamRef{binding.param}, span);
    case Binding::Tag::node: {
      Instance& instance = *binding.instance;
      if (instance.node) return at(NodeRef{*instance.node}, span);
      // A pattern named as a node is the node behind its first port.
      if (auto end = resolve_inside(instance, {}, syntax::PortSide::target, span))
        return at(NodeRef{*end->instance->node}, span);
      return std::nullopt;
    }
    case Binding::Tag::let: break;
  }
  if (binding.busy) {
    sink_.report(binding.span.known() ? binding.span : span, codes::ValueCycle, name)
        .label(span, "needed here to know itself");
    binding.tag = Binding::Tag::broken;
    return std::nullopt;
  }
  // What a bare name, a list or a map means may depend on the type wanted here; everything else is evaluated once.
  const auto& data = binding.expression->data;
  const bool depends =
      !binding.type && (std::holds_alternative<syntax::NameExpr>(data) || std::holds_alternative<syntax::ListExpr>(data) ||
                        std::holds_alternative<syntax::MapExpr>(data) || std::holds_alternative<syntax::IfExpr>(data));
  if (binding.cached && !depends) return *binding.cached ? here(*binding.cached) : std::nullopt;
  // A row of lets that need each other is recursion of the evaluator; this many no person writes.
  constexpr int kDeepest = 200;
  if (depth_ >= kDeepest) {
    sink_.report(span, codes::ValueTooDeep, name, std::to_string(kDeepest));
    binding.tag = Binding::Tag::broken;
    return std::nullopt;
  }
  binding.busy = true;
  ++depth_;
  std::optional<Value> v;
  if (binding.type) {
    AttributeSpec passed_on;  // a pattern's attribute is checked again where the pattern uses it
    passed_on.name = name;
    passed_on.late = true;
    v = evaluate(*binding.expression, *binding.scope, *binding.type,
                 binding.bounds != nullptr ? binding.bounds : &passed_on);
  } else if (depends && hint != nullptr && hint->tag != Type::Tag::any && !stands_for_another(binding, *hint)) {
    v = evaluate(*binding.expression, *binding.scope, *hint);
  } else {
    v = raw(*binding.expression, *binding.scope, hint);
  }
  --depth_;
  binding.busy = false;
  if (!depends) binding.cached = v;
  return here(v);
}

bool Builder::stands_for_another(const Binding& binding, const Type& hint) {
  const auto* name = std::get_if<syntax::NameExpr>(&binding.expression->data);
  if (name == nullptr || std::find(hint.members.begin(), hint.members.end(), name->name) != hint.members.end()) return false;
  return lookup(*binding.scope, name->name) != nullptr;
}

std::optional<Value> Builder::output_of(Instance& instance, const syntax::Name& output) {
  if (instance.kind == nullptr)
    return at(OutputRef{*instance.node, output.text}, output.span);  // raw: the vendor's own attribute
  if (instance.node) {
    for (const OutputSpec& o : instance.kind->outputs) {
      if (o.name == output.text) return at(OutputRef{*instance.node, output.text}, output.span);
    }
  } else {
    for (const Placed& p : instance.inner_body) {
      const auto* o = std::get_if<syntax::OutputDecl>(&p.statement->data);
      if (o != nullptr && o->name.text == output.text && o->value) return raw(*o->value, *p.scope, nullptr);
    }
  }
  auto r = sink_.report(output.span, codes::OutputUnknown, fmt::format("{} `{}`", instance.kind->name, instance.name),
                        output.text);
  std::vector<std::string> names;
  for (const OutputSpec& o : instance.kind->outputs) names.push_back(o.name);
  const std::string near = diag::nearest(output.text, names);
  if (!near.empty()) {
    r.help("did you mean `" + near + "`?").fix(output.span, near, diag::Confidence::likely, "write `" + near + "`");
    return std::nullopt;
  }
  std::string all;
  for (const std::string& n : names) all += (all.empty() ? "`" : ", `") + n + "`";
  r.help(all.empty() ? "this kind has no outputs" : (names.size() == 1 ? "its only output is " : "its outputs are ") + all);
  return std::nullopt;
}

std::optional<Value> Builder::raw_member(const syntax::MemberExpr& m, Span span, Scope& scope) {
  std::optional<Value> value;
  std::size_t next = 0;
  if (const auto* name = std::get_if<syntax::NameExpr>(&m.base->data)) {
    Binding* binding = lookup(scope, name->name);
    if (binding != nullptr && binding->tag == Binding::Tag::node) {
      value = output_of(*binding->instance, m.members[0]);
      next = 1;
    }
  }
  if (next == 0) value = raw(*m.base, scope, nullptr);
  for (; value && next < m.members.size(); ++next) {
    const syntax::Name& member = m.members[next];
    if (const auto* map = value->get<Map>()) {
      const Value* found = map->find(member.text);
      if (found == nullptr) {
        std::vector<std::string> keys;
        for (const MapEntry& e : map->entries) keys.push_back(e.key);
        auto r = sink_.report(member.span, codes::ValueIndex, "key `" + member.text + "`");
        if (const std::string near = diag::nearest(member.text, keys); !near.empty()) {
          r.help("did you mean `" + near + "`?").fix(member.span, near, diag::Confidence::likely, "write `" + near + "`");
        }
        return std::nullopt;
      }
      value = Value(*found);
    } else if (const auto* node = value->get<NodeRef>()) {
      Instance* found = by_name_.find(out_.node(node->node).name)->second;
      value = output_of(*found, member);
    } else {
      sink_.report(member.span, codes::ValueType, "a map or a node before `." + member.text + "`", describe_value(*value));
      return std::nullopt;
    }
  }
  if (value) value->span = span;
  return value;
}

std::optional<Value> Builder::raw_index(const syntax::IndexExpr& x, Span span, Scope& scope) {
  auto base = raw(*x.base, scope, nullptr);
  auto index = raw(*x.index, scope, nullptr);
  if (!base || !index) return std::nullopt;
  if (const auto* list = base->get<Values>()) {
    const double* n = index->get<double>();
    if (n == nullptr) {
      sink_.report(x.index->span, codes::ValueType, "a number", describe_value(*index));
      return std::nullopt;
    }
    if (*n < 0 || *n >= static_cast<double>(list->size()) || std::floor(*n) != *n) {
      sink_.report(x.index->span, codes::ValueIndex, "item " + to_text(*n))
          .says(fmt::format("the list has {}, counted from 0", list->size()));
      return std::nullopt;
    }
    Value v = (*list)[static_cast<std::size_t>(*n)];
    v.span = span;
    return v;
  }
  if (const auto* map = base->get<Map>()) {
    const auto* key = index->get<std::string>();
    const Value* found = key == nullptr ? nullptr : map->find(*key);
    if (found == nullptr) {
      sink_.report(x.index->span, codes::ValueIndex, "key " + to_text(*index));
      return std::nullopt;
    }
    Value v = *found;
    v.span = span;
    return v;
  }
  sink_.report(x.base->span, codes::ValueType, "a list or a map", describe_value(*base));
  return std::nullopt;
}

std::optional<Value> Builder::raw_call(const syntax::CallExpr& c, Span span, Scope& scope) {
  const Function* function = find_function(c.function.text);
  if (function == nullptr) {
    auto r = sink_.report(c.function.span, codes::ValueFunction, c.function.text);
    if (const std::string near = diag::nearest(c.function.text, function_names()); !near.empty()) {
      r.help("did you mean `" + near + "`?").fix(c.function.span, near, diag::Confidence::likely, "write `" + near + "`");
    } else {
      std::string all;
      for (const std::string& f : function_names()) all += (all.empty() ? "" : ", ") + f;
      r.help("the functions are " + all);
    }
    return std::nullopt;
  }
  Values arguments;
  bool good = true;
  std::size_t weight = 1;
  for (const auto& argument : c.arguments) {
    auto v = raw(*argument, scope, nullptr);
    if (!v) {
      good = false;
      continue;
    }
    if (!known_at_compile_time(*v)) {
      const std::string place = fmt::format("an argument of `{}`", c.function.text);
      if (has_secret(*v)) sink_.report(argument->span, codes::SecretLeak, place);
      else (void)too_late(argument->span, *v, place);
      good = false;
      continue;
    }
    if (const auto* list = v->get<Values>()) weight += list->size();
    if (const auto* text = v->get<std::string>()) weight += text->size() / 16;
    arguments.push_back(std::move(*v));
  }
  if (!good || !spend(span, weight)) return std::nullopt;
  const int count = static_cast<int>(arguments.size());
  std::string why;
  if (count < function->least || count > function->most) {
    why = fmt::format("takes {} argument{}, not {}",
                      function->least == function->most ? std::to_string(function->least)
                      : function->most > 9              ? fmt::format("at least {}", function->least)
                                                        : fmt::format("{} to {}", function->least, function->most),
                      function->most == 1 ? "" : "s", count);
  } else if (auto v = function->apply(arguments, why)) {
    v->span = span;
    if (const auto* list = v->get<Values>(); list != nullptr && !spend(span, list->size())) return std::nullopt;
    if (const auto* text = v->get<std::string>(); text != nullptr && !spend(span, text->size() / 16)) return std::nullopt;
    return v;
  }
  sink_.report(span, codes::ValueArguments, c.function.text, why)
      .help("it is called as `" + std::string(function->signature) + "`");
  return std::nullopt;
}

std::optional<Value> Builder::raw_if(const syntax::IfExpr& i, Span span, Scope& scope, const Type* hint) {
  auto condition = raw(*i.condition, scope, nullptr);
  if (!condition) return std::nullopt;
  const auto branch = [&](const syntax::Expr& e) { return hint ? evaluate(e, scope, *hint) : raw(e, scope, nullptr); };
  if (const bool* flag = condition->get<bool>()) {
    // Only the branch that is taken counts, so that `if length(x) > 0 then x[0] else …` means what it says.
    auto v = hint != nullptr ? raw(*(*flag ? i.then : i.otherwise), scope, hint) : branch(*(*flag ? i.then : i.otherwise));
    if (v) v->span = span;
    return v;
  }
  Choice choice;
  if (const auto* given = condition->get<Box<Choice>>()) {
    choice = **given;
    const bool* yes = choice.then.get<bool>();
    if (yes == nullptr || choice.otherwise.get<bool>() == nullptr) {
      sink_.report(i.condition->span, codes::ValueType, "a condition", describe_value(*condition));
      return std::nullopt;
    }
  } else if (const auto* param = condition->get<ParamRef>();
             param != nullptr && out_.param(param->param).type.tag == Type::Tag::boolean) {
    choice.left = *condition;
    choice.right = at(true, i.condition->span);
  } else {
    sink_.report(i.condition->span, codes::ValueType, "a condition (`true` or `false`)", describe_value(*condition));
    return std::nullopt;
  }
  auto then = branch(*i.then);
  auto otherwise = branch(*i.otherwise);
  if (!then || !otherwise) return std::nullopt;
  choice.then = std::move(*then);
  choice.otherwise = std::move(*otherwise);
  return at(Box<Choice>(std::move(choice)), span);
}

bool Builder::for_each(const std::vector<syntax::Name>& variables, const syntax::Expr& iterable, Scope& scope, Rounds rounds,
                       const std::function<bool(Scope&)>& each) {
  auto over = raw(iterable, scope, nullptr);
  if (!over) return false;
  const auto round = [&](Value first, std::optional<Value> second) {
    if (!spend(iterable.span)) return false;
    Scope passing;
    passing.parent = &scope;
    passing.module = scope.module;
    Scope& inner = rounds == Rounds::forgotten ? passing : new_scope(&scope, scope.module);
    const auto set = [&](const syntax::Name& name, Value v) {
      Binding b;
      b.tag = Binding::Tag::value;
      b.value = std::move(v);
      b.span = name.span;
      inner.names[name.text] = std::move(b);
    };
    set(variables[0], std::move(first));
    if (variables.size() > 1) set(variables[1], second ? std::move(*second) : Value{});
    return each(inner);
  };
  if (const auto* list = over->get<Values>()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      // `for i, x in list`: the position first, as for maps the key.
      const bool pair = variables.size() > 1;
      const Value position = at(static_cast<double>(i), iterable.span);
      if (!round(pair ? position : (*list)[i], pair ? std::optional((*list)[i]) : std::nullopt)) return false;
    }
    return true;
  }
  if (const auto* map = over->get<Map>()) {
    for (const MapEntry& entry : map->entries) {
      if (!round(at(entry.key, entry.key_span), entry.value)) return false;
    }
    return true;
  }
  if (!known_at_compile_time(*over)) {
    (void)too_late(iterable.span, *over, "what `for` goes through");
  } else {
    sink_.report(iterable.span, codes::ValueType, "a list or a map", describe_value(*over));
  }
  return false;
}

std::optional<Value> Builder::raw_for(const syntax::ForExpr& f, Span span, Scope& scope, const Type* hint) {
  Values list;
  Map map;
  bool good = true;
  const Type* item =
      hint != nullptr && (hint->tag == Type::Tag::list || hint->tag == Type::Tag::map) ? &hint->arguments[0] : nullptr;
  const bool ran = for_each(f.variables, *f.iterable, scope, Rounds::forgotten, [&](Scope& inner) {
    if (f.where) {
      const auto keep = compile_time_bool(*f.where, inner, "what `where` asks");
      if (!keep) return good = false;
      if (!*keep) return true;
    }
    auto v = item != nullptr ? evaluate(*f.value, inner, *item) : raw(*f.value, inner, nullptr);
    if (!v) return good = false;
    if (!f.key) {
      list.push_back(std::move(*v));
      return true;
    }
    auto key = raw(*f.key, inner, nullptr);
    const std::string* text = key ? key->get<std::string>() : nullptr;
    if (text == nullptr) {
      if (key) sink_.report(f.key->span, codes::ValueType, "text as a key", describe_value(*key));
      return good = false;
    }
    if (map.find(*text) != nullptr) {
      sink_.report(f.key->span, codes::KindAttributeTwice, *text);
      return good = false;
    }
    map.entries.push_back({*text, std::move(*v), f.key->span});
    return true;
  });
  if (!ran || !good) return std::nullopt;
  if (f.key) return at(std::move(map), span);
  return at(std::move(list), span);
}

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

std::optional<bool> Builder::compile_time_bool(const syntax::Expr& e, Scope& scope, std::string_view what) {
  auto v = raw(e, scope, nullptr);
  if (!v) return std::nullopt;
  if (const bool* flag = v->get<bool>()) return *flag;
  if (!known_at_compile_time(*v)) {
    (void)too_late(e.span, *v, what);
  } else {
    sink_.report(e.span, codes::ValueType, "`true` or `false`", describe_value(*v));
  }
  return std::nullopt;
}

}  // namespace virga::architecture
