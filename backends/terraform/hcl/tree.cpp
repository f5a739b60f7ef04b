#include "backends/terraform/hcl/tree.h"

#include <algorithm>

namespace virga::hcl {
namespace {

Expr made(Expr::Kind kind, std::string_view text = {}, std::vector<Expr> parts = {}) {
  Expr e;
  e.kind = kind;
  e.text = text;
  e.parts = std::move(parts);
  return e;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool operator==(const Expr& a, const Expr& b) {
  return a.kind == b.kind && a.flag == b.flag && a.whole == b.whole && a.number == b.number && a.text == b.text &&
         a.parts == b.parts;
}

Expr null() { return {}; }
Expr boolean(bool flag) {
  Expr e = made(Expr::Kind::boolean);
  e.flag = flag;
  return e;
}
Expr integer(std::int64_t whole) {
  Expr e = made(Expr::Kind::integer);
  e.whole = whole;
  return e;
}
Expr real(double number) {
  Expr e = made(Expr::Kind::real);
  e.number = number;
  return e;
}
Expr string(std::string_view text) { return made(Expr::Kind::string, text); }
Expr joined(std::vector<Expr> parts) { return made(Expr::Kind::joined, {}, std::move(parts)); }
Expr list(std::vector<Expr> items) { return made(Expr::Kind::list, {}, std::move(items)); }
Expr object() { return made(Expr::Kind::object); }

void add(Expr& object, std::string_view key, Expr value) { add(object, string(key), std::move(value)); }
void add(Expr& object, Expr key, Expr value) {
  object.parts.push_back(std::move(key));
  object.parts.push_back(std::move(value));
}

Expr path(std::string_view dotted) {
  Expr e;
  for (bool first = true; !dotted.empty(); first = false) {
    const std::size_t dot = dotted.find('.');
    const std::string_view word = dotted.substr(0, dot);
    if (first) e = made(Expr::Kind::name, word);
    else if (is_digit(word.front())) e = index(std::move(e), integer(std::stoll(std::string(word))));
    else e = attribute(std::move(e), word);
    dotted.remove_prefix(dot == std::string_view::npos ? dotted.size() : dot + 1);
  }
  return e;
}

Expr attribute(Expr of, std::string_view name) {
  std::vector<Expr> parts;
  parts.push_back(std::move(of));
  return made(Expr::Kind::attribute, name, std::move(parts));
}
Expr index(Expr of, Expr at) {
  std::vector<Expr> parts;
  parts.push_back(std::move(of));
  parts.push_back(std::move(at));
  return made(Expr::Kind::index, {}, std::move(parts));
}
Expr call(std::string_view function, std::vector<Expr> arguments) {
  return made(Expr::Kind::call, function, std::move(arguments));
}
Expr conditional(Expr test, Expr then, Expr otherwise) {
  std::vector<Expr> parts;
  parts.push_back(std::move(test));
  parts.push_back(std::move(then));
  parts.push_back(std::move(otherwise));
  return made(Expr::Kind::conditional, {}, std::move(parts));
}
Expr binary(Expr left, std::string_view op, Expr right) {
  std::vector<Expr> parts;
  parts.push_back(std::move(left));
  parts.push_back(std::move(right));
  return made(Expr::Kind::binary, op, std::move(parts));
}

std::vector<std::string> words(const Expr& expression) {
  std::vector<std::string> out;
  const Expr* e = &expression;
  for (;; e = &e->parts.front()) {
    if (e->is(Expr::Kind::name)) {
      out.push_back(e->text);
      std::reverse(out.begin(), out.end());
      return out;
    }
    if (e->is(Expr::Kind::attribute)) {
      out.push_back(e->text);
    } else if (e->is(Expr::Kind::index) && e->parts[1].is(Expr::Kind::integer)) {
      out.push_back(std::to_string(e->parts[1].whole));
    } else if (e->is(Expr::Kind::index) && e->parts[1].is(Expr::Kind::string)) {
      out.push_back(e->parts[1].text);
    } else {
      return {};
    }
  }
}

const Item* Body::argument(std::string_view name) const {
  const auto at = std::find_if(items.begin(), items.end(), [&](const Item& i) { return !i.is_block && i.name == name; });
  return at == items.end() ? nullptr : &*at;
}

const Item* Body::block(std::string_view name) const {
  const auto at = std::find_if(items.begin(), items.end(), [&](const Item& i) { return i.is_block && i.name == name; });
  return at == items.end() ? nullptr : &*at;
}

Item& Body::set(std::string_view name, Expr value) {
  Item item;
  item.name = name;
  item.value = std::move(value);
  items.push_back(std::move(item));
  return items.back();
}

Item& Body::add(std::string_view type, std::vector<std::string> labels) {
  Item item;
  item.name = type;
  item.is_block = true;
  item.labels = std::move(labels);
  items.push_back(std::move(item));
  return items.back();
}

bool is_identifier(std::string_view word) {
  if (word.empty() || !is_letter(word.front())) return false;
  return std::all_of(word.begin(), word.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

}  // namespace virga::hcl
