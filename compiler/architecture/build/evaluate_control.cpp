// What decides and repeats: `if`, `for`, conditions that must be known at compile time.
#include "compiler/architecture/build/state.h"

namespace virga::architecture {
namespace codes = diag::codes;

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
