// Calls of the pure functions, and `x[i]`.
#include "compiler/architecture/build/state.h"

#include <cmath>
#include "compiler/diagnostics/suggest.h"

namespace virga::architecture {
namespace codes = diag::codes;

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

}  // namespace virga::architecture
