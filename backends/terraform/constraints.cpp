#include "backends/terraform/constraints.h"

#include "backends/terraform/names.h"
#include "compiler/cloud/dump.h"

#include <fmt/format.h>

namespace virga::terraform {
namespace {

using cloud::StackParameter;
using cloud::Value;
using Kind = hcl::Expr::Kind;

// The engines want the whole value to match a pattern, `regex` is content with a part.
constexpr std::string_view kOpen = "^(?:", kClose = ")$";

hcl::Expr variable(const StackParameter& p) { return hcl::path("var." + to_variable(p.name)); }

hcl::Item validation(hcl::Expr condition, const std::string& message) {
  hcl::Item item;
  item.name = "validation";
  item.is_block = true;
  item.body.set("condition", std::move(condition));
  item.body.set("error_message", hcl::string(message));
  return item;
}

std::optional<hcl::Expr> literal(const Value& v) {
  if (const auto* s = v.get<std::string>()) return hcl::string(*s);
  if (const auto* n = v.get<std::int64_t>()) return hcl::integer(*n);
  if (const auto* d = v.get<double>()) return hcl::real(*d);
  if (const auto* b = v.get<bool>()) return hcl::boolean(*b);
  return std::nullopt;
}

std::optional<Value> literal(const hcl::Expr& e) {
  if (const auto* s = e.string()) return Value(*s);
  if (e.is(Kind::integer)) return Value(e.whole);
  if (e.is(Kind::real)) return Value(e.number);
  if (e.is(Kind::boolean)) return Value(e.flag);
  return std::nullopt;
}

std::optional<double> number(const hcl::Expr& e) {
  if (e.is(Kind::integer)) return static_cast<double>(e.whole);
  if (e.is(Kind::real)) return e.number;
  return std::nullopt;
}

/// `length(x)` → `x`
const hcl::Expr* length_of(const hcl::Expr& e) {
  return e.is(Kind::call) && e.text == "length" && e.parts.size() == 1 ? &e.parts.front() : nullptr;
}

bool read_allowed(const hcl::Expr& call, StackParameter& p) {
  if (call.parts.size() != 2 || !call.parts[0].is(Kind::list) || !(call.parts[1] == variable(p)) || !p.allowed.empty())
    return false;
  for (const hcl::Expr& item : call.parts[0].parts) {
    const std::optional<Value> value = literal(item);
    if (!value) return false;
    p.allowed.push_back(*value);
  }
  return true;
}

bool read_pattern(const hcl::Expr& call, StackParameter& p) {
  if (call.parts.size() != 1 || !call.parts[0].is(Kind::call) || call.parts[0].text != "regex" ||
      call.parts[0].parts.size() != 2 || !(call.parts[0].parts[1] == variable(p)) || !p.pattern.empty())
    return false;
  const std::string* text = call.parts[0].parts[0].string();
  if (text == nullptr || !text->starts_with(kOpen) || !text->ends_with(kClose)) return false;
  p.pattern = text->substr(kOpen.size(), text->size() - kOpen.size() - kClose.size());
  return true;
}

bool read_bound(const hcl::Expr& condition, StackParameter& p) {
  const std::optional<double> bound = number(condition.parts[1]);
  if (!bound) return false;
  const hcl::Expr* length = length_of(condition.parts[0]);
  if (!((length != nullptr ? *length : condition.parts[0]) == variable(p))) return false;
  const auto once = [&](auto& member) {
    if (member) return false;
    member = static_cast<typename std::decay_t<decltype(member)>::value_type>(*bound);
    return true;
  };
  if (condition.text == ">=") return length != nullptr ? once(p.min_length) : once(p.min);
  if (condition.text == "<=") return length != nullptr ? once(p.max_length) : once(p.max);
  return false;
}

}  // namespace

std::vector<hcl::Item> validations(const StackParameter& p) {
  std::vector<hcl::Item> out;
  const std::string name = "The variable `" + to_variable(p.name) + "`";
  if (!p.allowed.empty()) {
    std::vector<hcl::Expr> items;
    std::string words;
    for (const Value& v : p.allowed) {
      if (std::optional<hcl::Expr> item = literal(v)) items.push_back(std::move(*item));
      words += (words.empty() ? "" : ", ") + (v.get<std::string>() != nullptr ? *v.get<std::string>() : cloud::to_text(v));
    }
    out.push_back(
        validation(hcl::call("contains", {hcl::list(std::move(items)), variable(p)}), name + " is one of " + words + "."));
  }
  if (!p.pattern.empty()) {
    const std::string whole = std::string(kOpen) + p.pattern + std::string(kClose);
    out.push_back(validation(hcl::call("can", {hcl::call("regex", {hcl::string(whole), variable(p)})}),
                             name + " matches " + p.pattern + "."));
  }
  const auto bound = [&](auto limit, const char* op, const char* word, bool length) {
    if (!limit) return;
    const double n = static_cast<double>(*limit);
    hcl::Expr subject = length ? hcl::call("length", {variable(p)}) : variable(p);
    out.push_back(validation(
        hcl::binary(std::move(subject), op, hcl::real(n)),
        fmt::format("{} {} at {} {}{}.", name, length ? "has" : "is", word, to_text(n), length ? " characters" : "")));
  };
  bound(p.min, ">=", "least", false);
  bound(p.max, "<=", "most", false);
  bound(p.min_length, ">=", "least", true);
  bound(p.max_length, "<=", "most", true);
  return out;
}

bool read_validation(const hcl::Item& block, StackParameter& p) {
  const hcl::Item* condition = block.body.argument("condition");
  if (condition == nullptr) return false;
  const hcl::Expr& e = condition->value;
  if (e.is(Kind::call) && e.text == "contains") return read_allowed(e, p);
  if (e.is(Kind::call) && e.text == "can") return read_pattern(e, p);
  return e.is(Kind::binary) && read_bound(e, p);
}

}  // namespace virga::terraform
