// Values of a stack → expressions.
#include "backends/terraform/emit.h"
#include "backends/terraform/functions.h"
#include "backends/terraform/given/values.h"
#include "backends/terraform/names.h"
#include "compiler/cloud/dump.h"

#include <algorithm>

namespace virga::terraform {

using cloud::Value;

namespace {

/// A text within a text is the same as its parts.
void append(std::vector<hcl::Expr>& parts, hcl::Expr part) {
  if (part.is(hcl::Expr::Kind::joined)) {
    for (hcl::Expr& inner : part.parts) append(parts, std::move(inner));
  } else if (part.string() != nullptr && !parts.empty() && parts.back().string() != nullptr) {
    parts.back().text += part.text;
  } else {
    parts.push_back(std::move(part));
  }
}

}  // namespace

hcl::Expr Emitter::expression(const Value& value, const Place& place) {
  if (given_ != nullptr)
    return given::to_expr(value, *given_, [&](const std::string& what) { unsaid(what + " at `" + place.where + "`"); });
  if (value.get<cloud::Null>() != nullptr) {
    if (!place.json) unsaid("an empty value at `" + place.where + "`");
    return hcl::null();
  }
  if (std::optional<hcl::Expr> plain = scalar(value)) return std::move(*plain);
  if (const auto* list = value.get<cloud::Values>()) {
    std::vector<hcl::Expr> items;
    for (const Value& item : *list) items.push_back(expression(item, place));
    return hcl::list(std::move(items));
  }
  if (const auto* object = value.get<cloud::Object>()) {
    hcl::Expr out = hcl::object();
    for (const cloud::Member& m : object->members) hcl::add(out, m.key, expression(m.value, place));
    return out;
  }
  if (const auto* ref = value.get<cloud::Ref>()) return reference(ref->resource, nullptr);
  if (const auto* att = value.get<cloud::GetAtt>()) return reference(att->resource, &att->attribute);
  if (const auto* p = value.get<cloud::Parameter>()) {
    // A secret in the text of a template would be seen by everybody who may look at the stack.
    if (!inside_ || !is_secret(p->name)) return hcl::path("var." + to_variable(p->name));
    handed_.insert(p->name);
    return engine_reference(p->name, nullptr);
  }
  if (const auto* pseudo = value.get<cloud::Pseudo>()) {
    if (*pseudo == cloud::Pseudo::no_value && !place.json) return hcl::null();
    hcl::Expr said = known(cloud::to_text(*pseudo));
    if (said.is(hcl::Expr::Kind::null)) unsaid("`" + std::string(cloud::to_text(*pseudo)) + "` at `" + place.where + "`");
    return said;
  }
  if (const auto* text = value.get<Box<cloud::Concat>>()) {
    std::vector<hcl::Expr> parts;
    for (const Value& part : (*text)->parts) append(parts, expression(part, place));
    return inside_ ? engine_text(std::move(parts)) : hcl::joined(std::move(parts));
  }
  if (engine_speaks(value)) {
    unsaid("a choice or a calculation with what the stack in the configuration makes, at `" + place.where + "`");
    return hcl::null();
  }
  if (const auto* choice = value.get<Box<cloud::If>>()) {
    return hcl::conditional(hcl::path("local." + to_name((*choice)->condition)), expression((*choice)->then, place),
                            expression((*choice)->otherwise, place));
  }
  return function(**value.get<Box<cloud::Call>>(), place);
}

hcl::Expr Emitter::reference(const std::string& resource, const std::string* attribute) {
  if (inside_ && nests(resource)) return engine_reference(resource, attribute);
  const cloud::Resource* target = stack_.find(resource);
  const Type* type = target == nullptr ? nullptr : table_.find(*target);
  const auto nothing = [&] {
    unsaid((attribute == nullptr ? "what `Ref` gives" : "the output `" + *attribute + "`") + " of `" +
           (target == nullptr ? resource : target->type) + "`");
    return hcl::null();
  };
  if (type == nullptr || nests(resource)) return nothing();
  std::string_view name = type->ref;
  if (attribute != nullptr) {
    const auto found =
        std::find_if(type->attributes.begin(), type->attributes.end(), [&](const Pair& p) { return p.first == *attribute; });
    if (found == type->attributes.end()) return nothing();
    name = found->second;
    if (type->terraform.empty()) return hcl::path("local." + to_name(resource));
  }
  if (name.empty() || type->terraform.empty()) return nothing();
  std::vector<hcl::Expr> parts;
  for (const Piece& piece : pieces_of(name)) {
    if (piece.kind == Piece::Kind::words) parts.push_back(hcl::string(piece.text));
    else if (piece.kind == Piece::Kind::known) parts.push_back(known(piece.text));
    else parts.push_back(hcl::path(std::string(type->terraform) + "." + to_name(resource) + "." + std::string(piece.text)));
  }
  if (parts.size() == 1) return std::move(parts.front());
  return hcl::joined(std::move(parts));
}

/// What the engine knows by itself, by the name that dumps give it; null when the provider does not know it.
hcl::Expr Emitter::known(std::string_view name) {
  const auto found = std::find_if(table_.known.begin(), table_.known.end(), [&](const Known& k) {
    return (k.function.empty() ? cloud::to_text(k.pseudo) : k.function) == name;
  });
  if (found == table_.known.end()) return hcl::null();
  known_.insert(&*found);
  return hcl::path("data." + std::string(found->type) + ".current." + std::string(found->path));
}

/// Operators bind differently; brackets say how without a doubt.
hcl::Expr Emitter::operand(const Value& value, const Place& place) {
  hcl::Expr e = expression(value, place);
  if (!e.is(hcl::Expr::Kind::binary) && !e.is(hcl::Expr::Kind::conditional)) return e;
  hcl::Expr out;
  out.kind = hcl::Expr::Kind::parens;
  out.parts.push_back(std::move(e));
  return out;
}

hcl::Expr Emitter::function(const cloud::Call& call, const Place& place) {
  const auto* list = call.argument.get<cloud::Values>();
  if (const auto* text = call.argument.get<std::string>(); text != nullptr && text->empty()) {
    hcl::Expr said = this->known(call.function);
    if (!said.is(hcl::Expr::Kind::null)) return said;
  }
  const Function* known = find_function(call.function);
  if (known != nullptr && known->form == Form::condition && call.argument.get<std::string>() != nullptr)
    return hcl::path("local." + to_name(*call.argument.get<std::string>()));
  if (known != nullptr && list != nullptr && list->size() >= known->least && list->size() <= known->most) {
    if (known->form == Form::calculation) return calculation(*list, place);
    if (known->form == Form::index) {
      if (list->front().get<std::int64_t>() != nullptr)
        return hcl::index(expression(list->back(), place), expression(list->front(), place));
    } else if (known->form == Form::negation) {
      hcl::Expr out;
      out.kind = hcl::Expr::Kind::unary;
      out.text = "!";
      out.parts.push_back(operand(list->front(), place));
      return out;
    } else if (known->form == Form::call) {
      std::vector<hcl::Expr> arguments;
      for (const Value& v : *list) arguments.push_back(expression(v, place));
      return hcl::call(known->theirs, std::move(arguments));
    } else if (known->form == Form::operation) {
      hcl::Expr out = operand(list->front(), place);
      for (std::size_t i = 1; i < list->size(); ++i)
        out = hcl::binary(std::move(out), known->theirs, operand((*list)[i], place));
      return out;
    }
  }
  unsaid("the function `" + call.function + "` at `" + place.where + "`");
  return hcl::null();
}

hcl::Expr Emitter::calculation(const cloud::Values& arguments, const Place& place) {
  const auto* formula = arguments[0].get<std::string>();
  const auto* digits = arguments[1].get<std::int64_t>();
  const auto* operands = arguments[2].get<cloud::Values>();
  if (formula != nullptr && digits != nullptr && operands != nullptr) {
    std::vector<hcl::Expr> values;
    for (const Value& v : *operands) values.push_back(expression(v, place));
    if (std::optional<hcl::Expr> out = calculate(*formula, *digits, values)) return std::move(*out);
  }
  unsaid("the calculation at `" + place.where + "`");
  return hcl::null();
}

}  // namespace virga::terraform
