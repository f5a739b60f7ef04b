// Expressions → values of a stack.
#include "backends/terraform/functions.h"
#include "backends/terraform/given/values.h"
#include "backends/terraform/hcl/print.h"
#include "backends/terraform/names.h"
#include "backends/terraform/read.h"
#include "compiler/cloud/dump.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>
#include <charconv>

namespace virga::terraform {

using cloud::Value;
using Kind = hcl::Expr::Kind;

Value Reader::unknown(const hcl::Expr& expression) {
  std::string text = hcl::print(expression);
  constexpr std::size_t kShort = 60;
  if (text.size() > kShort) text = text.substr(0, kShort) + "…";
  sink_.report(expression.span, diag::codes::TemplateExpression, text);
  return {};
}

Value Reader::value(const hcl::Expr& e, bool json) {
  if (given_ != nullptr) return given::to_value(e, *given_);
  if (std::optional<Value> plain = scalar(e)) return std::move(*plain);
  switch (e.kind) {
    case Kind::null: return json ? Value() : Value(cloud::Pseudo::no_value);
    case Kind::joined: {
      cloud::Values parts;
      std::vector<hcl::Expr> rest(e.parts.rbegin(), e.parts.rend());
      while (!rest.empty()) {
        if (std::optional<Value> whole = worded(parts, rest)) {
          parts.push_back(std::move(*whole));
          continue;
        }
        parts.push_back(value(rest.back(), json));
        rest.pop_back();
      }
      return cloud::concat(std::move(parts));
    }
    case Kind::list: {
      cloud::Values items;
      for (const hcl::Expr& item : e.parts) items.push_back(value(item, json));
      return items;
    }
    case Kind::object: {
      if (inside_) {
        if (std::optional<Value> said = engine_value(e)) return std::move(*said);
      }
      cloud::Object object;
      for (std::size_t i = 0; i + 1 < e.parts.size(); i += 2) {
        const std::string* key = e.parts[i].string();
        if (key == nullptr) return unknown(e.parts[i]);
        object.set(*key, value(e.parts[i + 1], json));
      }
      return object;
    }
    case Kind::parens: return value(e.parts[0], json);
    case Kind::attribute:
    case Kind::name: return path(e);
    case Kind::index: {
      if (!hcl::words(e).empty()) return path(e);
      if (!e.parts[1].is(Kind::integer)) return unknown(e);
      return Box<cloud::Call>(cloud::Call{"Fn::Select", cloud::Values{e.parts[1].whole, value(e.parts[0], json)}});
    }
    case Kind::conditional: {
      const std::vector<std::string> test = hcl::words(e.parts[0]);
      if (test.size() != 2 || test[0] != "local") return unknown(e.parts[0]);
      return Box<cloud::If>(cloud::If{to_id(test[1]), value(e.parts[1], json), value(e.parts[2], json)});
    }
    case Kind::call: return call(e, json);
    case Kind::binary: return chain(e);
    case Kind::unary:
      if (e.text == "!") return Box<cloud::Call>(cloud::Call{"Fn::Not", cloud::Values{value(e.parts[0])}});
      return unknown(e);
    default: return unknown(e);
  }
}

/// An output that is an attribute with words around it, such as `${….arn}:*`. `rest`: what follows, backwards; the words
/// before stand at the end of `before`. Takes what belongs to it.
std::optional<Value> Reader::worded(cloud::Values& before, std::vector<hcl::Expr>& rest) {
  for (const Type& type : table_.types) {
    for (const Pair& p : type.attributes) {
      const std::vector<Piece> pieces = pieces_of(p.second);
      if (pieces.size() < 2) continue;
      std::string* last = before.empty() ? nullptr : before.back().get<std::string>();
      std::size_t taken = 0;
      std::string id;
      bool fits = true;
      for (std::size_t i = 0; fits && i < pieces.size(); ++i) {
        const hcl::Expr* next = taken < rest.size() ? &rest[rest.size() - 1 - taken] : nullptr;
        if (pieces[i].kind == Piece::Kind::words && i == 0) {
          fits = last != nullptr && last->ends_with(pieces[i].text);
        } else if (pieces[i].kind == Piece::Kind::words) {
          const bool end = i + 1 == pieces.size();
          fits = next != nullptr && next->string() != nullptr &&
                 (end ? next->text.starts_with(pieces[i].text) : next->text == pieces[i].text);
          taken += end ? 0 : 1;
        } else if (pieces[i].kind == Piece::Kind::known) {
          const std::optional<Value> said = next == nullptr ? std::nullopt : known(hcl::words(*next));
          const auto* pseudo = said ? said->get<cloud::Pseudo>() : nullptr;
          fits = pseudo != nullptr && cloud::to_text(*pseudo) == pieces[i].text;
          ++taken;
        } else {
          const std::vector<std::string> words = next == nullptr ? std::vector<std::string>() : hcl::words(*next);
          fits = words.size() == 3 && words[0] == type.terraform && words[2] == pieces[i].text &&
                 resources_.contains({words[0], words[1]}) && (id.empty() || id == words[1]);
          if (fits) id = words[1];
          ++taken;
        }
      }
      if (!fits || id.empty()) continue;
      if (pieces.front().kind == Piece::Kind::words) last->resize(last->size() - pieces.front().text.size());
      rest.resize(rest.size() - taken);
      if (pieces.back().kind == Piece::Kind::words) rest.back().text.erase(0, pieces.back().text.size());
      return cloud::GetAtt{to_id(id), std::string(p.first)};
    }
  }
  return std::nullopt;
}

std::optional<Value> Reader::known(const std::vector<std::string>& words) const {
  if (words.size() <= 3 || words[0] != "data" || words[2] != "current") return std::nullopt;
  std::string rest = words[3];
  for (std::size_t i = 4; i < words.size(); ++i) rest += "." + words[i];
  for (const Known& known : table_.known) {
    if (known.type != words[1]) continue;
    const Value whole =
        known.function.empty() ? Value(known.pseudo) : Value(Box<cloud::Call>(cloud::Call{std::string(known.function), ""}));
    if (known.path == rest) return whole;
    // One of several: `names[0]`.
    const std::string before = std::string(known.path) + ".";
    std::int64_t index = 0;
    const auto [end, error] =
        std::from_chars(rest.data() + std::min(before.size(), rest.size()), rest.data() + rest.size(), index);
    const bool one =
        !known.function.empty() && rest.starts_with(before) && error == std::errc() && end == rest.data() + rest.size();
    if (one) return Value(Box<cloud::Call>(cloud::Call{"Fn::Select", cloud::Values{index, whole}}));
  }
  return std::nullopt;
}

/// `var.x`, `local.x`, `data.….current.…` and attributes of resources.
Value Reader::path(const hcl::Expr& e) {
  const std::vector<std::string> words = hcl::words(e);
  if (words.size() == 2 && words[0] == "var") return cloud::Parameter{from_variable(words[1])};
  if (words.size() == 2 && words[0] == "local") {
    const auto found = locals_.find(words[1]);
    if (found == locals_.end()) return unknown(e);
    const std::vector<std::string> meant = hcl::words(found->second->value);
    if (meant.size() != 3) return Box<cloud::Call>(cloud::Call{"Condition", to_id(words[1])});
    // A local value that names an attribute stands for a resource that Terraform does not have.
    for (const Type& type : table_.types) {
      if (!type.terraform.empty() || type.local_attribute != meant[2]) continue;
      return cloud::GetAtt{to_id(words[1]), std::string(type.attributes.front().first)};
    }
    return unknown(e);
  }
  if (std::optional<Value> said = known(words)) return std::move(*said);
  if (words.size() >= 3 && resources_.contains({words[0], words[1]})) {
    std::string attribute = words[2];
    for (std::size_t i = 3; i < words.size(); ++i) attribute += "." + words[i];
    if (const Type* type = type_of(words[0])) {
      if (type->ref == attribute) return cloud::Ref{to_id(words[1])};
      for (const Pair& p : type->attributes) {
        if (p.second == attribute) return cloud::GetAtt{to_id(words[1]), std::string(p.first)};
      }
    }
  }
  return unknown(e);
}

Value Reader::call(const hcl::Expr& e, bool json) {
  if (const std::optional<Calculation> c = calculation(e)) {
    cloud::Values values;
    for (const hcl::Expr& v : c->values) values.push_back(value(v, json));
    return Box<cloud::Call>(cloud::Call{"Fn::Calculate", cloud::Values{c->formula, c->digits, std::move(values)}});
  }
  for (const Function& f : functions()) {
    if (f.form != Form::call || f.theirs != e.text || e.parts.size() < f.least || e.parts.size() > f.most || e.flag)
      continue;
    cloud::Values arguments;
    for (const hcl::Expr& part : e.parts) arguments.push_back(value(part, json));
    return Box<cloud::Call>(cloud::Call{std::string(f.ours), std::move(arguments)});
  }
  return unknown(e);
}

/// `a && b && c` is one function of three.
Value Reader::chain(const hcl::Expr& e) {
  for (const Function& f : functions()) {
    if (f.form != Form::operation || f.theirs != e.text) continue;
    cloud::Values arguments;
    const hcl::Expr* left = &e;
    while (left->is(Kind::binary) && left->text == f.theirs && (f.most > 2 || left == &e)) {
      arguments.push_back(value(left->parts[1]));
      left = &left->parts[0];
    }
    arguments.push_back(value(*left));
    std::reverse(arguments.begin(), arguments.end());
    return Box<cloud::Call>(cloud::Call{std::string(f.ours), std::move(arguments)});
  }
  return unknown(e);
}

}  // namespace virga::terraform
