#include "backends/terraform/given/values.h"

#include "backends/terraform/hcl/parse.h"
#include "backends/terraform/hcl/print.h"
#include "compiler/cloud/dump.h"
#include "compiler/source/source_map.h"

#include <algorithm>
#include <cmath>

namespace virga::terraform::given {
namespace {

using cloud::Value;
using Kind = hcl::Expr::Kind;

bool is_number(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The words of a path that dots can write: `a.b[0].c`, but not `a.b["c"]`.
std::vector<std::string> plain_words(const hcl::Expr& e) {
  for (const hcl::Expr* at = &e; !at->parts.empty(); at = &at->parts.front()) {
    if (at->is(Kind::index) && !at->parts[1].is(Kind::integer)) return {};
  }
  std::vector<std::string> words = hcl::words(e);
  const bool plain =
      std::all_of(words.begin(), words.end(), [](const std::string& w) { return hcl::is_identifier(w) || is_number(w); });
  return plain ? words : std::vector<std::string>();
}

std::string dotted(const std::vector<std::string>& words, std::size_t from = 0) {
  std::string out;
  for (std::size_t i = from; i < words.size(); ++i) out += (out.empty() ? "" : ".") + words[i];
  return out;
}

Value kept(const hcl::Expr& e) { return Box<cloud::Call>(cloud::Call{std::string(kExpression), hcl::print(e)}); }

/// Nothing for what is no reference to something that the stack has.
std::optional<Value> reference(const hcl::Expr& e, const Names& names) {
  const std::vector<std::string> words = plain_words(e);
  if (words.size() == 2 && words[0] == "var" && names.variables.contains(words[1]))
    return cloud::Parameter{id_from(words[1])};
  if (words.size() > 3 && words[0] == "data" && words[2] == "current") {
    for (const Known& known : names.table().known) {
      if (known.function.empty() && known.type == words[1] && known.path == dotted(words, 3)) return known.pseudo;
    }
  }
  if (words.size() < 3) return std::nullopt;
  const std::string id = names.id_of({words[0], words[1]});
  if (id.empty()) return std::nullopt;
  const std::string attribute = dotted(words, 2);
  if (const Type* type = names.find(id)->type) {
    if (type->ref == attribute) return cloud::Ref{id};
    for (const Pair& p : type->attributes) {
      if (p.second == attribute) return cloud::GetAtt{id, std::string(p.first)};
    }
  }
  return cloud::GetAtt{id, attribute};
}

/// Keys that a template would take for functions.
bool means_a_function(std::string_view key) { return key == "Ref" || key == "Condition" || key.starts_with("Fn::"); }

std::optional<Value> said(const hcl::Expr& e, const Names& names) {
  if (e.is(Kind::real)) return whole(e.number);
  if (std::optional<Value> plain = scalar(e)) return plain;
  switch (e.kind) {
    case Kind::null: return Value();
    case Kind::unary:
      if (e.text == "-" && e.parts[0].is(Kind::integer)) return -e.parts[0].whole;
      return std::nullopt;
    case Kind::joined: {
      cloud::Values parts;
      for (const hcl::Expr& part : e.parts) {
        std::optional<Value> one = part.string() != nullptr ? Value(part.text) : reference(part, names);
        if (!one) return std::nullopt;
        parts.push_back(std::move(*one));
      }
      return cloud::concat(std::move(parts));
    }
    case Kind::list: {
      cloud::Values items;
      for (const hcl::Expr& item : e.parts) items.push_back(to_value(item, names));
      return items;
    }
    case Kind::object: {
      cloud::Object object;
      for (std::size_t i = 0; i + 1 < e.parts.size(); i += 2) {
        const std::string* key = e.parts[i].string();
        if (key == nullptr || means_a_function(*key) || object.find(*key) != nullptr) return std::nullopt;
        object.set(*key, to_value(e.parts[i + 1], names));
      }
      return object;
    }
    default: return reference(e, names);
  }
}

hcl::Expr to_reference(const std::string& id, std::string_view attribute, const Names& names,
                       const std::function<void(std::string)>& unsaid) {
  const Named* known = names.find(id);
  if (known == nullptr) {
    unsaid("a reference to `" + id + "`");
    return hcl::null();
  }
  return hcl::path(known->address.text() + "." + std::string(attribute));
}

}  // namespace

Value whole(double number) {
  constexpr double kExact = 9007199254740992;  // above it a double no longer holds each whole number
  if (std::trunc(number) == number && std::fabs(number) < kExact) return static_cast<std::int64_t>(number);
  return number;
}

void make_whole(Value& value) {
  if (const auto* number = value.get<double>()) value = whole(*number);
  if (auto* list = value.get<cloud::Values>()) std::for_each(list->begin(), list->end(), make_whole);
  if (auto* object = value.get<cloud::Object>()) {
    for (cloud::Member& m : object->members) make_whole(m.value);
  }
}

Value to_value(const hcl::Expr& e, const Names& names) {
  std::optional<Value> value = said(e, names);
  return value ? std::move(*value) : kept(e);
}

hcl::Expr to_expr(const Value& value, const Names& names, const std::function<void(std::string)>& unsaid) {
  if (value.get<cloud::Null>() != nullptr) return hcl::null();
  if (std::optional<hcl::Expr> plain = scalar(value)) return std::move(*plain);
  if (const auto* list = value.get<cloud::Values>()) {
    std::vector<hcl::Expr> items;
    for (const Value& item : *list) items.push_back(to_expr(item, names, unsaid));
    return hcl::list(std::move(items));
  }
  if (const auto* object = value.get<cloud::Object>()) {
    hcl::Expr out = hcl::object();
    for (const cloud::Member& m : object->members) hcl::add(out, m.key, to_expr(m.value, names, unsaid));
    return out;
  }
  if (const auto* p = value.get<cloud::Parameter>()) return hcl::path("var." + name_from(p->name));
  if (const auto* ref = value.get<cloud::Ref>()) {
    const Named* known = names.find(ref->resource);
    if (known == nullptr || known->type == nullptr || known->type->ref.empty()) {
      unsaid("`" + ref->resource + "` as a whole");
      return hcl::null();
    }
    return to_reference(ref->resource, known->type->ref, names, unsaid);
  }
  if (const auto* g = value.get<cloud::GetAtt>()) {
    const Named* known = names.find(g->resource);
    std::string_view attribute = g->attribute;
    if (known != nullptr && known->type != nullptr) {
      for (const Pair& p : known->type->attributes) {
        if (p.first != attribute) continue;
        attribute = p.second;
        break;
      }
    }
    if (attribute.find('{') != std::string_view::npos) {
      unsaid("`" + g->attribute + "` of `" + g->resource + "`");
      return hcl::null();
    }
    return to_reference(g->resource, attribute, names, unsaid);
  }
  if (const auto* text = value.get<Box<cloud::Concat>>()) {
    std::vector<hcl::Expr> parts;
    for (const Value& part : (*text)->parts) parts.push_back(to_expr(part, names, unsaid));
    return hcl::joined(std::move(parts));
  }
  if (const auto* pseudo = value.get<cloud::Pseudo>()) {
    for (const Known& known : names.table().known) {
      if (known.function.empty() && known.pseudo == *pseudo)
        return hcl::path("data." + std::string(known.type) + ".current." + std::string(known.path));
    }
    unsaid("`" + std::string(cloud::to_text(*pseudo)) + "`");
    return hcl::null();
  }
  const auto* call = value.get<Box<cloud::Call>>();
  const std::string* text = call == nullptr ? nullptr : (*call)->argument.get<std::string>();
  if (text != nullptr && (*call)->function == kExpression) {
    SourceMap sources;
    diag::Sink wrong;
    hcl::Expr e = hcl::parse_expression(sources.add("expression", *text), wrong);
    if (!wrong.has_errors()) return e;
    unsaid("the expression `" + *text + "`, which is none,");
    return hcl::null();
  }
  unsaid(call == nullptr ? "a choice" : "the function `" + (*call)->function + "`");
  return hcl::null();
}

// ---- the same, told apart by nothing but the writing

namespace {

hcl::Expr normal(const hcl::Expr& e) {
  if (e.is(Kind::parens)) {
    hcl::Expr inner = normal(e.parts[0]);
    const bool binds = inner.is(Kind::binary) || inner.is(Kind::conditional) || inner.is(Kind::unary);
    if (!binds) return inner;
  }
  if (e.is(Kind::joined) && e.parts.size() == 1) return normal(e.parts[0]);
  if (e.is(Kind::unary) && e.text == "-" && e.parts[0].is(Kind::integer)) return hcl::integer(-e.parts[0].whole);
  if (const std::vector<std::string> words = plain_words(e); !words.empty()) return hcl::path(dotted(words));
  if (e.is(Kind::real)) {
    const Value number = whole(e.number);
    if (const auto* n = number.get<std::int64_t>()) return hcl::integer(*n);
  }
  hcl::Expr out = e;
  for (hcl::Expr& part : out.parts) part = normal(part);
  return out;
}

using Blocks = std::vector<const hcl::Item*>;

std::map<std::string, Blocks> blocks_of(const hcl::Body& body) {
  std::map<std::string, Blocks> out;
  for (const hcl::Item& item : body.items) {
    if (!item.is_block) continue;
    std::string header = item.name;
    for (const std::string& label : item.labels) header += " " + hcl::quoted(label);
    out[header].push_back(&item);
  }
  return out;
}

}  // namespace

bool same(const hcl::Body& a, const hcl::Body& b) {
  const auto arguments = [](const hcl::Body& body) {
    return std::count_if(body.items.begin(), body.items.end(), [](const hcl::Item& i) { return !i.is_block; });
  };
  if (arguments(a) != arguments(b)) return false;
  for (const hcl::Item& item : a.items) {
    const hcl::Item* other = item.is_block ? nullptr : b.argument(item.name);
    if (!item.is_block && (other == nullptr || !(normal(item.value) == normal(other->value)))) return false;
  }
  const auto left = blocks_of(a), right = blocks_of(b);
  if (left.size() != right.size()) return false;
  for (const auto& [header, blocks] : left) {
    const auto found = right.find(header);
    if (found == right.end() || found->second.size() != blocks.size()) return false;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (!same(blocks[i]->body, found->second[i]->body)) return false;
    }
  }
  return true;
}

}  // namespace virga::terraform::given
