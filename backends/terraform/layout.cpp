#include "backends/terraform/layout.h"

#include "backends/terraform/names.h"
#include "compiler/cloud/references.h"

#include <algorithm>

namespace virga::terraform {

std::optional<hcl::Expr> scalar(const cloud::Value& value) {
  if (const bool* b = value.get<bool>()) return hcl::boolean(*b);
  if (const auto* n = value.get<std::int64_t>()) return hcl::integer(*n);
  if (const auto* n = value.get<double>()) return hcl::real(*n);
  if (const auto* s = value.get<std::string>()) return hcl::string(*s);
  return std::nullopt;
}

std::optional<cloud::Value> scalar(const hcl::Expr& e) {
  switch (e.kind) {
    case hcl::Expr::Kind::boolean: return cloud::Value(e.flag);
    case hcl::Expr::Kind::integer: return cloud::Value(e.whole);
    case hcl::Expr::Kind::real: return cloud::Value(e.number);
    case hcl::Expr::Kind::string: return cloud::Value(e.text);
    default: return std::nullopt;
  }
}

hcl::Expr to_expr(const Literal& literal) {
  switch (literal.kind) {
    case Literal::Kind::text: return hcl::string(literal.text);
    case Literal::Kind::number: return hcl::real(literal.number);
    case Literal::Kind::boolean: return hcl::boolean(literal.text == "true");
    case Literal::Kind::block: break;
  }
  return {};
}

cloud::Value to_value(const Literal& literal) {
  switch (literal.kind) {
    case Literal::Kind::text: return literal.text;
    case Literal::Kind::number: return literal.number;
    case Literal::Kind::boolean: return literal.text == "true";
    case Literal::Kind::block: break;
  }
  return {};
}

std::string referred_resource(const cloud::Value& value) {
  if (const auto* ref = value.get<cloud::Ref>()) return ref->resource;
  const auto* att = value.get<cloud::GetAtt>();
  return att == nullptr ? "" : att->resource;
}

bool mentions(const cloud::Resource& resource, std::string_view other) {
  bool found = false;
  cloud::for_each_value(resource.properties,
                        [&](const cloud::Value& value) { found = found || referred_resource(value) == other; });
  return found;
}

std::string name_of_copy(std::string_view stack, std::string_view id) {
  std::string out;
  for (const char c : std::string(stack) + (stack.empty() ? "" : "-") + to_name(id) + "-last") {
    const char kept = c == '_' ? '-' : c;
    if (kept != '-' || (!out.empty() && out.back() != '-')) out += kept;
  }
  return out;
}

std::string with_id(std::string_view text, const std::string& id) {
  constexpr std::string_view kHole = "{id}";
  std::string out(text);
  const std::size_t at = out.find(kHole);
  if (at != std::string::npos) out.replace(at, kHole.size(), id);
  return out;
}

hcl::Body& enter(hcl::Body& body, const std::vector<std::string>& around) {
  hcl::Body* at = &body;
  for (const std::string& name : around) {
    const auto found =
        std::find_if(at->items.begin(), at->items.end(), [&](const hcl::Item& i) { return i.is_block && i.name == name; });
    at = found != at->items.end() ? &found->body : &at->add(name).body;
  }
  return *at;
}

void add_always(hcl::Body& body, std::span<const Always> all, const std::string& id) {
  for (const Always& a : all) {
    if (a.value.kind == Literal::Kind::block) {
      if (body.block(a.argument) == nullptr) body.add(a.argument);
      continue;
    }
    const auto [around, name] = split_path(a.argument);
    hcl::Body& in = enter(body, around);
    if (in.argument(name) == nullptr)
      in.set(name, a.value.kind == Literal::Kind::text ? hcl::string(with_id(a.value.text, id)) : to_expr(a.value));
  }
}

std::vector<Piece> pieces_of(std::string_view attribute) {
  if (attribute.find('{') == std::string_view::npos) return {{Piece::Kind::attribute, attribute}};
  std::vector<Piece> out;
  while (!attribute.empty()) {
    const std::size_t open = attribute.find('{');
    if (open != 0) out.push_back({Piece::Kind::words, attribute.substr(0, open)});
    if (open == std::string_view::npos) break;
    const std::size_t close = attribute.find('}', open);
    const std::string_view name = attribute.substr(open + 1, close - open - 1);
    if (name.starts_with('@')) out.push_back({Piece::Kind::known, name.substr(1)});
    else out.push_back({Piece::Kind::attribute, name});
    attribute.remove_prefix(close + 1);
  }
  return out;
}

std::pair<std::vector<std::string>, std::string> split_path(std::string_view path) {
  std::vector<std::string> around;
  while (true) {
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos) return {around, std::string(path)};
    around.emplace_back(path.substr(0, dot));
    path.remove_prefix(dot + 1);
  }
}

}  // namespace virga::terraform
