// The pure functions of the language: same arguments, same result, always an end.
#include "compiler/architecture/build/state.h"

#include <algorithm>
#include <cmath>

namespace virga::architecture {
namespace {

constexpr int kMany = 1000;
constexpr double kLongestRange = 100'000;  // a loop over more is a mistake, and would only make a huge template

Value of(Value::Data data) { return Value{std::move(data), {}, {}}; }

template <class T>
const T* get(const Values& a, std::size_t i) {
  return i < a.size() ? a[i].get<T>() : nullptr;
}

std::optional<Value> no(std::string& why, std::string text) {
  why = std::move(text);
  return std::nullopt;
}

std::optional<Value> length(const Values& a, std::string& why) {
  if (const auto* s = get<std::string>(a, 0)) {
    return of(static_cast<double>(
        std::count_if(s->begin(), s->end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; })));
  }
  if (const auto* l = get<Values>(a, 0)) return of(static_cast<double>(l->size()));
  if (const auto* m = get<Map>(a, 0)) return of(static_cast<double>(m->entries.size()));
  return no(why, "takes text, a list or a map");
}

std::optional<Value> contains(const Values& a, std::string& why) {
  if (const auto* l = get<Values>(a, 0)) return of(std::find(l->begin(), l->end(), a[1]) != l->end());
  const auto* key = get<std::string>(a, 1);
  if (key != nullptr) {
    if (const auto* s = get<std::string>(a, 0)) return of(s->find(*key) != std::string::npos);
    if (const auto* m = get<Map>(a, 0)) return of(m->find(*key) != nullptr);
  }
  return no(why, "takes a list, text or a map, and what to look for");
}

std::optional<Value> keys(const Values& a, std::string& why) {
  const auto* m = get<Map>(a, 0);
  if (m == nullptr) return no(why, "takes a map");
  Values out;
  for (const MapEntry& e : m->entries) out.push_back(of(e.key));
  return of(std::move(out));
}

std::optional<Value> values(const Values& a, std::string& why) {
  const auto* m = get<Map>(a, 0);
  if (m == nullptr) return no(why, "takes a map");
  Values out;
  for (const MapEntry& e : m->entries) out.push_back(e.value);
  return of(std::move(out));
}

std::optional<Value> merge(const Values& a, std::string& why) {
  Map out;
  for (const Value& v : a) {
    const auto* m = v.get<Map>();
    if (m == nullptr) return no(why, "takes maps");
    for (const MapEntry& e : m->entries) {
      const auto it =
          std::find_if(out.entries.begin(), out.entries.end(), [&](const MapEntry& x) { return x.key == e.key; });
      if (it == out.entries.end()) out.entries.push_back(e);
      else it->value = e.value;
    }
  }
  return of(std::move(out));
}

std::optional<Value> concat(const Values& a, std::string& why) {
  Values out;
  for (const Value& v : a) {
    const auto* l = v.get<Values>();
    if (l == nullptr) return no(why, "takes lists");
    out.insert(out.end(), l->begin(), l->end());
  }
  return of(std::move(out));
}

std::optional<Value> flatten(const Values& a, std::string& why) {
  const auto* l = get<Values>(a, 0);
  if (l == nullptr) return no(why, "takes a list of lists");
  return concat(*l, why);
}

std::optional<Value> range(const Values& a, std::string& why) {
  const auto *x = get<double>(a, 0), *y = get<double>(a, 1);
  if (x == nullptr || (a.size() > 1 && y == nullptr)) return no(why, "takes whole numbers");
  const double from = a.size() > 1 ? *x : 0, to = a.size() > 1 ? *y : *x;
  if (std::floor(from) != from || std::floor(to) != to) return no(why, "takes whole numbers");
  if (to - from > kLongestRange) return no(why, "goes through too many numbers: at most " + to_text(kLongestRange));
  Values out;
  for (double i = from; i < to; ++i) out.push_back(of(i));
  return of(std::move(out));
}

std::optional<Value> join(const Values& a, std::string& why) {
  const auto* l = get<Values>(a, 0);
  const auto* separator = get<std::string>(a, 1);
  if (l == nullptr || separator == nullptr) return no(why, "takes a list of texts and a separator");
  std::string out;
  for (std::size_t i = 0; i < l->size(); ++i) {
    const auto* s = (*l)[i].get<std::string>();
    const auto* n = (*l)[i].get<double>();
    const auto* y = (*l)[i].get<Symbol>();
    if (s == nullptr && n == nullptr && y == nullptr) return no(why, "takes a list of texts");
    out += (i == 0 ? "" : *separator) + (s ? *s : n ? to_text(*n) : y->name);
  }
  return of(std::move(out));
}

std::optional<Value> split(const Values& a, std::string& why) {
  const auto *s = get<std::string>(a, 0), *separator = get<std::string>(a, 1);
  if (s == nullptr || separator == nullptr || separator->empty())
    return no(why, "takes text and a separator that is not empty");
  Values out;
  std::size_t from = 0;
  for (std::size_t to = s->find(*separator); to != std::string::npos; to = s->find(*separator, from)) {
    out.push_back(of(s->substr(from, to - from)));
    from = to + separator->size();
  }
  out.push_back(of(s->substr(from)));
  return of(std::move(out));
}

template <class F>
std::optional<Value> on_text(const Values& a, std::string& why, F f) {
  const auto* s = get<std::string>(a, 0);
  if (s == nullptr) return no(why, "takes text");
  return of(f(*s));
}

std::optional<Value> upper(const Values& a, std::string& why) {
  return on_text(a, why, [](std::string s) {
    for (char& c : s) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;  // ASCII: no locale in a compiler
    return s;
  });
}
std::optional<Value> lower(const Values& a, std::string& why) {
  return on_text(a, why, [](std::string s) {
    for (char& c : s) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return s;
  });
}
std::optional<Value> trim(const Values& a, std::string& why) {
  return on_text(a, why, [](const std::string& s) {
    const auto from = s.find_first_not_of(" \t\r\n");
    return from == std::string::npos ? std::string() : s.substr(from, s.find_last_not_of(" \t\r\n") - from + 1);
  });
}

std::optional<Value> replace(const Values& a, std::string& why) {
  const auto *s = get<std::string>(a, 0), *from = get<std::string>(a, 1), *to = get<std::string>(a, 2);
  if (!s || !from || !to || from->empty()) return no(why, "takes text, what to replace (not empty) and the replacement");
  std::string out;
  std::size_t at = 0;
  for (std::size_t found = s->find(*from); found != std::string::npos; found = s->find(*from, at)) {
    out.append(*s, at, found - at).append(*to);
    at = found + from->size();
    if (out.size() > (1u << 24)) return no(why, "makes a text that is too long");
  }
  return of(out.append(*s, at));
}

std::optional<Value> starts_with(const Values& a, std::string& why) {
  const auto *s = get<std::string>(a, 0), *p = get<std::string>(a, 1);
  if (!s || !p) return no(why, "takes two texts");
  return of(s->starts_with(*p));
}
std::optional<Value> ends_with(const Values& a, std::string& why) {
  const auto *s = get<std::string>(a, 0), *p = get<std::string>(a, 1);
  if (!s || !p) return no(why, "takes two texts");
  return of(s->ends_with(*p));
}

/// -1, 0, 1; nothing when the two have no order.
std::optional<int> order(const Value& a, const Value& b) {
  if (a.get<double>() && b.get<double>())
    return *a.get<double>() < *b.get<double>() ? -1 : *a.get<double>() > *b.get<double>();
  if (a.get<std::string>() && b.get<std::string>()) {
    const int c = a.get<std::string>()->compare(*b.get<std::string>());
    return c < 0 ? -1 : c > 0;
  }
  const auto *p = a.get<Quantity>(), *q = b.get<Quantity>();
  if (p && q && p->dimension == q->dimension) return p->amount < q->amount ? -1 : p->amount > q->amount;
  return std::nullopt;
}

std::optional<Value> extreme(const Values& a, std::string& why, int sign) {
  const Values* from = &a;
  if (a.size() == 1 && a[0].get<Values>()) from = a[0].get<Values>();
  if (from->empty()) return no(why, "takes at least one value");
  Value best = from->front();
  for (const Value& v : *from) {
    const auto o = order(v, best);
    if (!o) return no(why, "takes values of one sort that have an order");
    if (*o == sign) best = v;
  }
  return best;
}
std::optional<Value> least(const Values& a, std::string& why) { return extreme(a, why, -1); }
std::optional<Value> most(const Values& a, std::string& why) { return extreme(a, why, 1); }

template <double (*F)(double)>
std::optional<Value> rounded(const Values& a, std::string& why) {
  const auto* n = get<double>(a, 0);
  if (n == nullptr) return no(why, "takes a number");
  return of(F(*n));
}
double floor_of(double x) { return std::floor(x); }
double ceil_of(double x) { return std::ceil(x); }
double round_of(double x) { return std::round(x); }
double abs_of(double x) { return std::abs(x); }

std::optional<Value> string_of(const Values& a, std::string& why) {
  if (get<std::string>(a, 0)) return a[0];
  if (const auto* s = get<Symbol>(a, 0)) return of(s->name);
  if (get<double>(a, 0) || get<Quantity>(a, 0) || get<bool>(a, 0)) return of(to_text(a[0]));
  return no(why, "takes a number, a quantity or a name");
}

std::optional<Value> number_of(const Values& a, std::string& why) {
  if (get<double>(a, 0)) return a[0];
  const auto* s = get<std::string>(a, 0);
  if (s == nullptr || s->empty() || s->size() > 15 || s->find_first_not_of("0123456789.-") != std::string::npos) {
    return no(why, "takes text that is a decimal number");
  }
  char* end = nullptr;
  const double n = std::strtod(s->c_str(), &end);
  if (end != s->c_str() + s->size()) return no(why, "takes text that is a decimal number");
  return of(n);
}

void json_text(const std::string& s, std::string& out) {
  out += '"';
  for (const char c : s) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

bool json_value(const Value& v, std::string& out) {
  if (v.is_none()) return out += "null", true;
  if (v.get<bool>() || v.get<double>()) return out += to_text(v), true;
  if (const auto* s = v.get<std::string>()) return json_text(*s, out), true;
  if (const auto* s = v.get<Symbol>()) return json_text(s->name, out), true;
  if (const auto* l = v.get<Values>()) {
    out += '[';
    for (std::size_t i = 0; i < l->size(); ++i) {
      if (i) out += ',';
      if (!json_value((*l)[i], out)) return false;
    }
    return out += ']', true;
  }
  if (const auto* m = v.get<Map>()) {
    out += '{';
    for (std::size_t i = 0; i < m->entries.size(); ++i) {
      if (i) out += ',';
      json_text(m->entries[i].key, out);
      out += ':';
      if (!json_value(m->entries[i].value, out)) return false;
    }
    return out += '}', true;
  }
  return false;
}

std::optional<Value> json(const Values& a, std::string& why) {
  std::string out;
  if (!json_value(a[0], out))
    return no(
        why,
        "takes text, numbers, lists and maps; a quantity has no form in JSON, so say which: `seconds(x)`, `megabytes(x)`");
  return of(std::move(out));
}

template <Dimension D, std::int64_t Factor>
std::optional<Value> in_unit(const Values& a, std::string& why) {
  const auto* q = get<Quantity>(a, 0);
  if (q == nullptr || q->dimension != D) return no(why, D == Dimension::duration ? "takes a duration" : "takes a size");
  return of(static_cast<double>(q->amount) / static_cast<double>(Factor));
}

std::optional<Value> lookup(const Values& a, std::string& why) {
  const auto* m = get<Map>(a, 0);
  const auto* key = get<std::string>(a, 1);
  const auto* name = get<Symbol>(a, 1);
  if (m == nullptr || (key == nullptr && name == nullptr))
    return no(why, "takes a map, a key and what to take when there is none");
  const Value* v = m->find(key ? *key : name->name);
  return v ? *v : a[2];
}

std::optional<Value> distinct(const Values& a, std::string& why) {
  const auto* l = get<Values>(a, 0);
  if (l == nullptr) return no(why, "takes a list");
  Values out;
  for (const Value& v : *l) {
    if (std::find(out.begin(), out.end(), v) == out.end()) out.push_back(v);
  }
  return of(std::move(out));
}

std::optional<Value> sort(const Values& a, std::string& why) {
  const auto* l = get<Values>(a, 0);
  if (l == nullptr) return no(why, "takes a list");
  for (const Value& v : *l) {
    if (!order(v, l->front())) return no(why, "takes values of one sort that have an order");
  }
  Values out = *l;
  std::stable_sort(out.begin(), out.end(), [](const Value& x, const Value& y) { return *order(x, y) < 0; });
  return of(std::move(out));
}

std::optional<Value> first(const Values& a, std::string& why) {
  const auto* l = get<Values>(a, 0);
  if (l == nullptr || l->empty()) return no(why, "takes a list that is not empty");
  return l->front();
}
std::optional<Value> last(const Values& a, std::string& why) {
  const auto* l = get<Values>(a, 0);
  if (l == nullptr || l->empty()) return no(why, "takes a list that is not empty");
  return l->back();
}

constexpr Function kFunctions[] = {
    {"abs", "abs(number)", 1, 1, rounded<abs_of>},
    {"ceil", "ceil(number)", 1, 1, rounded<ceil_of>},
    {"concat", "concat(list, list, …)", 1, kMany, concat},
    {"contains", "contains(list, item)", 2, 2, contains},
    {"distinct", "distinct(list)", 1, 1, distinct},
    {"ends_with", "ends_with(text, end)", 2, 2, ends_with},
    {"first", "first(list)", 1, 1, first},
    {"flatten", "flatten(lists)", 1, 1, flatten},
    {"floor", "floor(number)", 1, 1, rounded<floor_of>},
    {"join", "join(list, separator)", 2, 2, join},
    {"json", "json(value)", 1, 1, json},
    {"keys", "keys(map)", 1, 1, keys},
    {"last", "last(list)", 1, 1, last},
    {"length", "length(text, list or map)", 1, 1, length},
    {"lookup", "lookup(map, key, otherwise)", 3, 3, lookup},
    {"lower", "lower(text)", 1, 1, lower},
    {"max", "max(a, b, …)", 1, kMany, most},
    {"megabytes", "megabytes(size)", 1, 1, in_unit<Dimension::size, 1 << 20>},
    {"merge", "merge(map, map, …)", 1, kMany, merge},
    {"min", "min(a, b, …)", 1, kMany, least},
    {"number", "number(text)", 1, 1, number_of},
    {"range", "range(count) or range(from, to)", 1, 2, range},
    {"replace", "replace(text, from, to)", 3, 3, replace},
    {"round", "round(number)", 1, 1, rounded<round_of>},
    {"seconds", "seconds(duration)", 1, 1, in_unit<Dimension::duration, 1000>},
    {"sort", "sort(list)", 1, 1, sort},
    {"split", "split(text, separator)", 2, 2, split},
    {"starts_with", "starts_with(text, start)", 2, 2, starts_with},
    {"string", "string(value)", 1, 1, string_of},
    {"trim", "trim(text)", 1, 1, trim},
    {"upper", "upper(text)", 1, 1, upper},
    {"values", "values(map)", 1, 1, values},
};

}  // namespace

const Function* find_function(std::string_view name) {
  for (const Function& f : kFunctions) {
    if (f.name == name) return &f;
  }
  return nullptr;
}

std::vector<std::string> function_names() {
  std::vector<std::string> out;
  for (const Function& f : kFunctions) out.emplace_back(f.name);
  return out;
}

}  // namespace virga::architecture
